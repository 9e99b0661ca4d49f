"""staff, gaps, backup, restore: what needs BOT_DATA_DIR; all of it works while serve runs."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot.cli.root import ChineseHelp, settings_of


@contextmanager
def database_of(context: click.Context, *, create: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the installation's database in one transaction; *create* makes one where there is none yet."""
    from bot.serve import DATABASE
    from storage.database import connect, transaction
    from storage.migrations import migrate

    folder = settings_of(context).bot_data_dir
    if not create and not (folder / DATABASE).is_file():
        raise click.ClickException(
            f"BOT_DATA_DIR（{folder}）里还没有数据库，先运行一次 serve 或 demo，或者设对 BOT_DATA_DIR。"
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    connection = connect(folder / DATABASE)
    try:
        migrate(connection)
        with transaction(connection):
            yield connection
    finally:
        connection.close()


@click.command(cls=ChineseHelp)
@click.option("--most", default=100, type=click.IntRange(1, 10_000), metavar="N", help="最多列几条，默认 100")
@click.pass_context
def gaps(context: click.Context, most: int) -> None:
    """列出没答上来的问题：哪天该答、差点答成什么、当时的知识版本。"""
    from storage.questions import StoredQuestions

    with database_of(context) as connection:
        found = StoredQuestions(connection).gaps(most)
    for gap in found:
        near = "，".join(f"{entry} {score:.2f}" for entry, score in gap.runners_up[:3]) or "没有相近的"
        joined = f"，已转诉求 {gap.ticket_id}" if gap.ticket_id else ""
        click.echo(f"{gap.due_date} {gap.words}（{gap.why}{joined}；相近：{near}；版本 {gap.version[:12]}）")
    click.echo(f"共 {len(found)} 条。")


@click.command(cls=ChineseHelp)
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False), required=False, metavar="文件")
@click.pass_context
def backup(context: click.Context, target: Path | None) -> None:
    """备份数据库到一个文件，运行中也可以备份。默认放在 BOT_DATA_DIR/backups/。"""
    from bot import assembly
    from bot.serve import DATABASE
    from storage import backups

    folder = settings_of(context).bot_data_dir
    if not (folder / DATABASE).is_file():
        raise click.ClickException(f"BOT_DATA_DIR（{folder}）里没有数据库，没有可备份的。")
    try:
        target = target or backups.default_target(folder, assembly.now().date().isoformat())
        made = backups.backup(folder / DATABASE, target)
    except backups.BackupError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"已备份到 {made.path}，{made.tickets} 件诉求，校验通过。")


@click.command(cls=ChineseHelp)
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件")
@click.option("--yes", is_flag=True, help="不再询问，直接恢复")
@click.pass_context
def restore(context: click.Context, source: Path, yes: bool) -> None:
    """用备份文件恢复数据库。先停 serve；原来的数据库会改名保留。

    备份之后取消关注的人，恢复后会再删一遍。
    """
    from bot.serve import DATABASE
    from storage import backups

    folder = settings_of(context).bot_data_dir
    if not yes:
        click.confirm("恢复会换掉现在的数据库，确定吗", abort=True)
    try:
        done = backups.restore(source, folder / DATABASE)
    except backups.BackupError as error:
        raise click.ClickException(str(error)) from None
    kept = f"原来的数据库留在 {done.previous}。" if done.previous else ""
    click.echo(f"已恢复，{done.tickets} 件诉求，校验通过；{_forgotten(done.erased)}{kept}")


def _forgotten(erased: int | None) -> str:
    if erased is None:
        return "原来的数据库读不出来，备份之后取消关注的人没能再删一遍，请人工核对。"
    return f"又删除了 {erased} 位已取消关注的人的信息。"


COMMANDS = (gaps, backup, restore)
