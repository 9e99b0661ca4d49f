"""catalog: bring tables in, take them out, and see what changed between two versions."""

from collections.abc import Mapping
from pathlib import Path

import click

from bot.cli.root import ChineseGroup, settings_of
from bot.cli.storing import database_of
from bot.overlaying import State

BY = click.option("--by", default="命令行", metavar="姓名", help="谁改的，记在版本里")
DOMAIN = click.option("--domain", default="", metavar="领域", help="26 个领域之一，如 社会救助")


@click.group(cls=ChineseGroup)
def catalog() -> None:
    """目录和知识的版本：导入、导出、比较、撤下。

    本市改的内容存在数据库里，不动随程序的 catalogs/；运行中的服务几秒内换上。
    """


@catalog.command(name="import")
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件")
@DOMAIN
@click.option("--apply", "apply_it", is_flag=True, help="写入；不加就只是预览")
@click.option("--keep-missing", is_flag=True, help="表里没有的事项保留，不算取消")
@click.option("--source", "address", default="", metavar="网址", help="这张表公布在哪里，写进“来源”")
@click.option("--reviewed-by", default="", metavar="姓名", help="本市审核人，写进“审核”；不写就是未经本市审核")
@click.option("--unit", default="", metavar="单位", help="新事项的责任单位，默认用本领域最多的那个")
@BY
@click.pass_context
def import_table(
    context: click.Context,
    source: Path,
    domain: str,
    apply_it: bool,
    keep_missing: bool,
    address: str,
    reviewed_by: str,
    unit: str,
    by: str,
) -> None:
    """导入公开目录表（XLSX、XLS、CSV），先看预览，加 --apply 才写入。

    认得合并单元格、“同上”、■□√、分成几列的公开对象和方式、几行表头、表下的注。
    """
    from bot import assembly, catalog_tables
    from documents.unpacking import SheetError
    from knowledge.importing.importer import NotImportedError
    from knowledge.importing.preview import Terms
    from knowledge.reading.common import NOT_REVIEWED

    _known_domain(domain)
    review = f"{reviewed_by} {assembly.now().date()}" if reviewed_by else NOT_REVIEWED
    terms = Terms(domain, address, review, unit, keep_missing)
    state, earlier = _state(context), _earlier(context)
    try:
        found = catalog_tables.preview(source, source.read_bytes(), terms, state, earlier)
    except (SheetError, NotImportedError) as error:
        raise click.ClickException(f"没有导入 {source.name}：{error}") from None
    for line in catalog_tables.told(found):
        click.echo(line)
    changed = {one.path: one.text for one in found.previews if one.changes_something}
    if not changed:
        click.echo("和现在的目录一样，没有要写的。")
    elif not apply_it:
        click.echo("这是预览，什么都没有写。看好了加 --apply 写入。")
    else:
        _store(context, state, changed, (by, reviewed_by, f"导入 {source.name}"))


@catalog.command()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default=None, help="写到哪里，.xlsx 或 .csv")
@DOMAIN
@click.pass_context
def export(context: click.Context, out: Path | None, domain: str) -> None:
    """导出公开目录，默认全部领域，每个领域一张表；改好可以再导入。"""
    from bot import catalog_tables

    _known_domain(domain)
    state = _state(context)
    target = out or Path(f"公开目录{'-' if domain else ''}{domain}.xlsx")
    domains = tuple(one for one in catalog_tables.domains_in(state) if domain in ("", one))
    if not domains:
        raise click.ClickException("没有这个领域的目录，没有导出。")
    if target.suffix == ".csv" and not domain:
        raise click.ClickException("CSV 一个文件只放一个领域，请加 --domain；全部领域用 .xlsx。")
    if target.suffix not in (".csv", ".xlsx"):
        raise click.ClickException("只导出 .xlsx 或 .csv，请改 --out 的扩展名。")
    one = target.suffix == ".csv"
    _write(target, catalog_tables.csv_file(state, domain) if one else catalog_tables.workbook(state, domains))
    click.echo(f"已导出 {len(domains)} 个领域到 {target}")


@catalog.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="目录")
@click.pass_context
def files(context: click.Context, folder: Path) -> None:
    """把本市改过的内容按原路径写成文件，供人审阅；撤下的只列出来。"""
    from knowledge.reading.files import overlay_fault

    state = _state(context)
    for path, content in state.files.items():
        if content is None:
            click.echo(f"已撤下 {path}")
            continue
        if fault := overlay_fault(path):
            raise click.ClickException(f"{path!r} 写不成文件：{fault}")
        _write(folder / path, content.encode("utf-8"))
        click.echo(f"{folder / path}")
    click.echo(f"第 {state.version} 版，{len(state.files)} 个文件。")


@catalog.command()
@click.argument("before", type=click.IntRange(0), metavar="旧版本")
@click.argument("after", type=click.IntRange(0), required=False, metavar="新版本")
@click.pass_context
def diff(context: click.Context, before: int, after: int | None) -> None:
    """比较两个版本，像变更通知一样说：新增、调整、取消。0 是随程序的内容，不写新版本就是现在。"""
    from bot.overlaying import state_of
    from knowledge.change_notice import notice

    with database_of(context) as connection:
        newest = state_of(connection).version
        if max(before, after or 0) > newest:
            raise click.ClickException(f"没有这个版本，最新是第 {newest} 版。")
        old, new = state_of(connection, before), state_of(connection, after)
    lines = notice(old.texts(), new.texts())
    click.echo(f"第 {old.version} 版到第 {new.version} 版：{'' if lines else '没有变化'}")
    for line in lines:
        click.echo(line)


@catalog.command()
@click.pass_context
def versions(context: click.Context) -> None:
    """列出每个版本：谁、什么时候、改了哪些文件、为什么。"""
    from storage import overlay
    from storage.times import from_ms

    with database_of(context) as connection:
        found = overlay.versions(connection)
    for one in found:
        reviewed = f"，审核 {one.act.reviewer}" if one.act.reviewer else "，未审核"
        when = from_ms(one.act.at_ms).strftime("%Y-%m-%d %H:%M")
        click.echo(f"第 {one.number} 版 {when} {one.act.author}{reviewed}：{one.act.note}（{'，'.join(one.paths)}）")
    click.echo(f"共 {len(found)} 版。")


@catalog.command()
@click.argument("paths", metavar="路径…", nargs=-1, required=True)
@click.option("--note", default="", metavar="原因", help="为什么撤下")
@BY
@click.pass_context
def withdraw(context: click.Context, paths: tuple[str, ...], note: str, by: str) -> None:
    """撤下文件（如 faq/xx.yaml），居民不再得到它的回答；随程序的文件也能撤。

    别处还用着的（如一件事里的指南）要一起撤，或者先改好。
    """
    state = _state(context)
    in_force = state.texts()
    for path in paths:
        if path not in in_force:
            raise click.ClickException(f"现在没有 {path} 这个文件。")
    _store(context, state, dict.fromkeys(paths), (by, "", note or f"撤下 {'，'.join(paths)}"))


@catalog.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件")
@click.option("--as", "path", required=True, metavar="路径", help="放在哪里，如 faq/xx.yaml")
@click.option("--reviewed-by", default="", metavar="姓名", help="本市审核人")
@BY
@click.pass_context
def put(context: click.Context, source: Path, path: str, reviewed_by: str, by: str) -> None:
    """放进一个文件，替换随程序的同名文件；格式同 catalogs/，有错就不写。"""
    try:
        text = source.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException(f"没有写入：{source.name} 不是 UTF-8 编码，请另存为 UTF-8。") from None
    _store(context, _state(context), {path: text}, (by, reviewed_by, f"放进 {source.name}"))


def _state(context: click.Context) -> State:
    from bot.overlaying import current

    return current(settings_of(context).bot_data_dir)


def _earlier(context: click.Context) -> dict[str, list[str]]:
    """Return every text each disclosure file ever had, the shipped one too."""
    from bot.overlaying import DATABASE, SHIPPED
    from storage import overlay

    texts = {path: [text] for path, text in SHIPPED.texts().items()}
    if (settings_of(context).bot_data_dir / DATABASE).is_file():
        with database_of(context) as connection:
            for path in overlay.files(connection):
                texts.setdefault(path, []).extend(one.content or "" for one in overlay.history(connection, path))
    return texts


def _store(context: click.Context, state: State, changed: Mapping[str, str | None], said: tuple[str, str, str]) -> None:
    from bot import assembly, overlaying
    from storage.overlay import Act
    from storage.times import to_ms

    act = Act(said[0], said[1], to_ms(assembly.now()), said[2])
    try:
        overlaying.examine(state, changed)
        with database_of(context, create=True) as connection:
            version = overlaying.store(connection, state, changed, act)
    except overlaying.NotStoredError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"已写入第 {version} 版，运行中的服务几秒内换上。")


def _write(target: Path, data: bytes) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    except OSError as error:
        raise click.ClickException(f"写不了 {target}：{error.strerror}") from None


def _known_domain(domain: str) -> None:
    from knowledge.reading.domains import DOMAINS

    if domain and domain not in DOMAINS.values():
        raise click.ClickException(f"没有“{domain}”这个领域，可选：{'、'.join(DOMAINS.values())}")


COMMANDS = (catalog,)
