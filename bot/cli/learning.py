"""learn: add a phrasing, a name, a synonym, a word, or mark "not this"; replayed before it is written."""

from collections.abc import Callable, Mapping

import click

from bot.cli.root import ChineseGroup, settings_of
from bot.cli.storing import database_of
from bot.overlaying import State
from knowledge.learning import AddAlias, AddPhrasing, AddSynonym, AddWord, Change, NotThis

SHOWN = 20
APPLY = (
    click.option("--apply", "apply_it", is_flag=True, help="重放没有问题就写入；不加就只是预览"),
    click.option("--by", "author", default="", metavar="姓名", help="谁提的，写入时必填"),
    click.option("--reviewer", default="", metavar="姓名", help="谁审核的，写入时必填，不能是同一个人"),
)
ENTRY = click.argument("entry", metavar="条目编号")


def _with_review(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(APPLY):
        command = option(command)
    return command


@click.group(cls=ChineseGroup)
def learn() -> None:
    """教系统听懂：加问法、别名、俗话、词，或者标“不是这条”。

    先把标准题、全部问法、居民问过的话用改了以后的资料重问一遍；
    有一句本来答对的会变，就不能写入，并列出来。两个人才能写入。
    """


@learn.command()
@ENTRY
@click.argument("words", metavar="问法")
@_with_review
@click.pass_context
def phrasing(context: click.Context, entry: str, words: str, apply_it: bool, author: str, reviewer: str) -> None:
    """给一条资料加一个问法，如 guide:apply-dibao “屋里没得钱找国家要点钱”。"""
    _teach(context, AddPhrasing(entry, words), (author, reviewer) if apply_it else None)


@learn.command()
@ENTRY
@click.argument("name", metavar="别名")
@_with_review
@click.pass_context
def alias(context: click.Context, entry: str, name: str, apply_it: bool, author: str, reviewer: str) -> None:
    """给一条资料加一个别名。"""
    _teach(context, AddAlias(entry, name), (author, reviewer) if apply_it else None)


@learn.command()
@click.argument("said", metavar="说法")
@click.argument("standard", metavar="标准词")
@click.option("--kind", default="俗称", metavar="种类", help="俗称、旧名、简称、错字、方言，默认俗称")
@click.option("--origin", default="本市居民说法", metavar="出处", help="从哪里知道的")
@_with_review
@click.pass_context
def synonym(
    context: click.Context,
    said: str,
    standard: str,
    kind: str,
    origin: str,
    apply_it: bool,
    author: str,
    reviewer: str,
) -> None:
    """加一个同义词：居民说的“说法”就是“标准词”。"""
    _teach(context, AddSynonym(said, standard, kind, origin), (author, reviewer) if apply_it else None)


@learn.command()
@click.argument("said", metavar="词")
@click.option("--means", default="", metavar="标准词", help="这句土话是什么意思；不写就只当成一个词，不拆开")
@click.option("--origin", default="本市居民说法", metavar="出处", help="从哪里知道的")
@_with_review
@click.pass_context
def word(
    context: click.Context, said: str, means: str, origin: str, apply_it: bool, author: str, reviewer: str
) -> None:
    """加一个词或一句土话（方言）。"""
    change = AddSynonym(said, means, "方言", origin) if means else AddWord(said)
    _teach(context, change, (author, reviewer) if apply_it else None)


@learn.command(name="not-this")
@click.argument("words", metavar="说法")
@ENTRY
@click.option("--origin", default="工作人员标记", metavar="出处", help="为什么，如 居民说没用")
@_with_review
@click.pass_context
def not_this(
    context: click.Context, words: str, entry: str, origin: str, apply_it: bool, author: str, reviewer: str
) -> None:
    """标“不是这条”：这样问的，不再直接用这条回答。"""
    _teach(context, NotThis(words, entry, origin), (author, reviewer) if apply_it else None)


def _teach(context: click.Context, change: Change, people: tuple[str, str] | None) -> None:
    """Replay *change* and tell; with author and reviewer write it where nothing speaks against it."""
    from bot import assembly, overlaying, teaching
    from bot.replaying import NotReplayedError
    from knowledge.learning import NotLearnedError

    folder = settings_of(context).bot_data_dir
    _need_two(people)
    state = overlaying.current(folder)
    try:
        new = teaching.made(change, state.files, assembly.CATALOGS)
        replay = teaching.replay_now(change, state.files, folder, lambda words: click.echo(f"… {words}", err=True))
    except (NotLearnedError, NotReplayedError) as error:
        raise click.ClickException(f"没有写入：{error}") from None
    for line in teaching.told(replay, SHOWN):
        click.echo(line)
    if people is None:
        click.echo("这是预览，什么都没有写。看好了加 --apply --by 姓名 --reviewer 姓名 写入。")
    elif replay.refused:
        raise click.ClickException(f"没有写入：{replay.refused}。")
    else:
        _store(context, state, new.texts, (*people, new.what))


def _need_two(people: tuple[str, str] | None) -> None:
    if people is None:
        return
    author, reviewer = (name.strip() for name in people)
    if not author or not reviewer:
        raise click.ClickException("写入要写明 --by（谁提的）和 --reviewer（谁审核的）。")
    if author == reviewer:
        raise click.ClickException("没有写入：自己提的不能自己审核，--by 和 --reviewer 要是两个人。")


def _store(context: click.Context, state: State, changed: Mapping[str, str], said: tuple[str, str, str]) -> None:
    from bot import assembly, overlaying
    from storage.overlay import Act
    from storage.times import to_ms

    act = Act(said[0].strip(), said[1].strip(), to_ms(assembly.now()), said[2])
    try:
        with database_of(context, create=True) as connection:
            version = overlaying.store(connection, state, changed, act)
    except overlaying.NotStoredError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"已写入第 {version} 版，运行中的服务几秒内换上。")


COMMANDS = (learn,)
