"""calendar import: take over the yearly holiday notice and recount every open case."""

from pathlib import Path

import click

from bot.cli.root import ChineseGroup, settings_of
from bot.cli.storing import database_of


@click.group(cls=ChineseGroup)
def calendar() -> None:
    """工作日历：国务院公布下一年放假安排以后，在这里导入。"""


@calendar.command(name="import")
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="文件")
@click.pass_context
def import_notice(context: click.Context, source: Path) -> None:
    """导入一年的放假安排（格式同 catalogs/calendar/），没办完的诉求重新算期限。

    运行中也可以导入，几秒内生效；期限变了的会告诉居民。
    """
    from bot import assembly, calendars
    from bot.parts import make_desk
    from casework.tickets.desk import recompute_open
    from casework.tickets.timing_events import DueRecomputed
    from casework.workdays import CalendarError
    from storage import keyvalue

    try:
        text = source.read_text("utf-8-sig")
        year, days = calendars.notice_of(text, source.name)
    except (CalendarError, UnicodeDecodeError) as error:
        raise click.ClickException(f"没有导入：{error}") from None
    settings = settings_of(context)
    with database_of(context, create=True) as connection:
        keyvalue.put(connection, f"{calendars.IMPORTED}{year}", text)
        in_force = calendars.combined(calendars.imported_years(connection))
        desk = make_desk(connection, assembly.now(), in_force, settings.limit_rules(), settings.inner_limits())
        moved = recompute_open(desk, f"{year}年放假安排公布")
        logged = [(ticket.number, desk.book.history(ticket.number)[-1].event) for ticket in moved]
        told = [(number, event) for number, event in logged if isinstance(event, DueRecomputed)]
    click.echo(f"已导入{year}年放假安排，{len(days)}天；重新算了{len(moved)}件诉求的期限。")
    for number, event in told:
        click.echo(f"  {number} 期限由 {event.old} 改为 {event.new}")


COMMANDS = (calendar,)
