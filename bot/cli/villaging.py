"""village code, parse, list, release: the people who carry questions between a village group and the account."""

import secrets
import sys
from collections.abc import Sequence
from difflib import SequenceMatcher

import click

from bot.cli.root import ChineseGroup, settings_of
from bot.cli.storing import database_of
from casework.village.admins import Admin
from casework.village.places import Found, NotFound, Several, Village, find_village

SHOWN_ID = 8
BY = "命令行"
NEAR = 0.7
MOST_NEAR = 5


@click.group(cls=ChineseGroup)
def village() -> None:
    """村群管理员：发绑定码、列登记表、解除；试读一段群聊。"""


@village.command()
@click.argument("name", metavar="镇/村")
@click.option("--replaces", default="", metavar="编号", help="换人：新人绑定后，这个编号的管理员就停用（编号看 list）")
@click.pass_context
def code(context: click.Context, name: str, replaces: str) -> None:
    """发一个绑定码：发给公众号，就成了这个村的村群管理员。7天有效，只用一次。"""
    from bot import assembly
    from casework.village.codes import issue, make_code
    from casework.village.log import LogLine
    from storage.village_admins import StoredAdmins
    from storage.village_codes import StoredCodes, hash_code
    from storage.village_publications import StoredLog

    found = _found(name, _places(context))
    made = make_code(secrets.randbelow)
    with database_of(context, create=True) as connection:
        old = _one(StoredAdmins(connection).of_village(found.path), replaces) if replaces else None
        now = assembly.now()
        row = issue(made, found.path, now, BY, hash_code, old.id if old else "")
        StoredCodes(connection).add(row)
        replaced = f"换下{old.id[:SHOWN_ID]}" if old else ""
        StoredLog(connection).note(LogLine(found.path, now, "system:cli", "CodeIssued", replaced))
    click.echo(made)
    click.echo(f"{found.path} 的绑定码，{row.valid_until:%Y-%m-%d %H:%M} 前发给公众号有效，只能用一次。", err=True)


@village.command()
@click.option("--jsonl", is_flag=True, help='从标准输入逐行读 {"id","text"}，逐行输出 JSON')
@click.pass_context
def parse(context: click.Context, jsonl: bool) -> None:
    """试读贴来的群聊：问了什么、谁问的、回什么卡片。不需要数据库，不发送任何消息。"""
    from bot import assembly, overlaying
    from bot.villages import words_of
    from handlers.village_answers import BadLineError, parse_lines, read_paste

    data = settings_of(context).bot_data_dir
    holder = assembly.load_knowledge(
        assembly.CATALOGS, data / "cache" if data.is_dir() else None, overlaying.current(data).files
    )
    words, today = words_of(holder.library), assembly.now().date()
    if not jsonl:
        click.echo(read_paste(sys.stdin.read(), holder.base, today, words=words).pages[0])
        return
    try:
        for line in parse_lines(sys.stdin, holder.base, today, words=words):
            click.echo(line)
    except BadLineError as bad:
        raise click.ClickException(str(bad)) from None


@village.command(name="list")
@click.argument("town", metavar="[镇街]", required=False, default="")
@click.option("--all", "everything", is_flag=True, help="已经解除的也列出来")
@click.pass_context
def list_admins(context: click.Context, town: str, everything: bool) -> None:
    """按镇列出村群和管理员：群名、什么时候绑定、最近什么时候用过。"""
    from storage.village_admins import StoredAdmins

    with database_of(context) as connection:
        book = StoredAdmins(connection)
        found = [one for one in (book.of_town(town) if town else book.everyone()) if everything or one.active]
    last_town = ""
    for admin in found:
        here = admin.village.partition("/")[0]
        if here != last_town:
            click.echo(f"{here}：")
            last_town = here
        click.echo(f"  {_line(admin)}")
    click.echo(f"共 {len(found)} 个。")


@village.command()
@click.argument("number", metavar="编号")
@click.pass_context
def release(context: click.Context, number: str) -> None:
    """解除一个管理员，编号看 list。"""
    from bot import assembly
    from casework.village.admins import release as released
    from storage.village_admins import StoredAdmins

    with database_of(context) as connection:
        book = StoredAdmins(connection)
        admin = _one(book.everyone(), number)
        book.put_down(released(admin, assembly.now(), f"staff:{BY}"))
    click.echo(f"已解除 {admin.village} 的管理员 {admin.id[:SHOWN_ID]}。")


def _places(context: click.Context) -> Sequence[Village]:
    from bot import assembly, overlaying
    from bot.villages import places_of
    from knowledge.library import load

    return places_of(load(assembly.CATALOGS, overlaying.current(settings_of(context).bot_data_dir).files))


def _found(name: str, places: Sequence[Village]) -> Village:
    """Return the village meant, or refuse with the names that are near."""
    match find_village(name, places):
        case Found(village=found):
            return found
        case Several(villages=several):
            raise click.ClickException(f"有几个{name}，请写明镇：{'、'.join(one.path for one in several)}。")
        case NotFound():
            near = _near(name, places)
            raise click.ClickException(f"没有“{name}”这个村（社区）。{near}")


def _near(name: str, places: Sequence[Village]) -> str:
    """Say which names are near, those of the same town first."""
    town, _, last = name.replace("／", "/").rpartition("/")

    def likeness(place: Village) -> float:
        same_signs = sum(one == other for one, other in zip(place.name, last, strict=False))
        nearby = 0.3 if place.town == town else 0.0
        return SequenceMatcher(None, place.name, last).ratio() + 0.1 * same_signs + nearby

    close = sorted((one for one in places if likeness(one) >= NEAR), key=likeness, reverse=True)
    shown = "、".join(one.path for one in close[:MOST_NEAR])
    return f"名字相近的：{shown}。" if shown else "请照“八景镇/上保村”这样写。"


def _one(admins: Sequence[Admin], number: str) -> Admin:
    """Return the active admin whose id begins so."""
    found = [one for one in admins if one.active and number and one.id.startswith(number.lower())]
    if len(found) != 1:
        why = "有几个编号这样开头，请多写几位" if found else f"没有正在用的管理员 {number}"
        raise click.ClickException(f"{why}，编号看 village list。")
    return found[0]


def _line(admin: Admin) -> str:
    used = f"{admin.last_used:%Y-%m-%d}" if admin.last_used else "没用过"
    state = "" if admin.active else f"，{admin.ended:%Y-%m-%d} {admin.ending}"
    group = admin.group or "群名没填"
    return f"{admin.id[:SHOWN_ID]} {admin.village} {group}，{admin.since:%Y-%m-%d} 绑定，最近使用 {used}{state}"


COMMANDS = (village,)
