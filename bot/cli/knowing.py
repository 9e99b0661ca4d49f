"""ask, check, due: what needs neither WeChat nor a database."""

import json
import sys
from pathlib import Path

import click

from bot.cli.root import ChineseHelp, settings_of


@click.command(cls=ChineseHelp)
@click.argument("question", required=False, metavar="问题")
@click.option("--jsonl", is_flag=True, help='从标准输入逐行读 {"id","text"}，逐行输出 JSON')
@click.option("--explain", is_flag=True, help="说明为什么这样答")
@click.pass_context
def ask(context: click.Context, question: str | None, jsonl: bool, explain: bool) -> None:
    """在命令行里问一句，看居民会读到什么。不需要数据库，不发送任何消息。"""
    from bot import asking, assembly, overlaying
    from bot.calendars import Calendars
    from knowledge import why

    if not question and not jsonl:
        raise click.UsageError("请写上要问的话，例如：python -m bot ask “低保怎么申请”")
    settings = settings_of(context)
    cache = settings.bot_data_dir / "cache" if settings.bot_data_dir.is_dir() else None
    holder = assembly.load_knowledge(assembly.CATALOGS, cache, overlaying.current(settings.bot_data_dir).files)
    desk = asking.Desk(assembly.make_parts(settings, holder, Calendars()), assembly.now())
    if jsonl:
        try:
            for line in asking.ask_lines(desk, sys.stdin):
                click.echo(line)
        except asking.BadLine as bad:
            raise click.ClickException(str(bad)) from None
        return
    question = question or ""
    click.echo(desk.ask(asking.Asked("1", question, "1", None))["reply"])
    if explain:
        for line in why.printed(why.explained(holder.base, question)):
            click.echo(line)


@click.command(cls=ChineseHelp)
@click.option(
    "--catalogs",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=None,
    metavar="目录",
    help="要检查的目录，默认随程序的 catalogs/",
)
@click.option("--full", is_flag=True, help="待补、待核的也逐条列出来")
@click.pass_context
def check(context: click.Context, catalogs: Path | None, full: bool) -> None:
    """检查 catalogs/ 里的知识文件，连同本市改过的，逐条说出文件、行号、字段和问题。

    有错误时退出码为 1；只剩待补、待核时为 0。
    """
    from bot import assembly, overlaying
    from knowledge.library import run_check

    # A folder that was named is checked as it stands; the installation's own knowledge with what the city changed.
    changed = {} if catalogs else overlaying.current(settings_of(context).bot_data_dir).files
    sys.exit(run_check(catalogs or assembly.CATALOGS, sys.stdout, assembly.now().date(), changed, full=full))


@click.command(cls=ChineseHelp)
@click.option("--kind", required=True, metavar="类型", help="咨询、求助、建议、投诉、举报，或 依申请公开")
@click.option("--received", required=True, metavar="时间", help="收到的时间（北京时间），如 “2026-02-13 17:00”")
@click.option(
    "--working-days", type=click.IntRange(1, 1000), default=None, metavar="N", help="按 N 个工作日算（依申请公开）"
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON，带逐日理由")
def due(kind: str, received: str, working_days: int | None, as_json: bool) -> None:
    """算一件事最晚哪天答复，以及为什么是这一天。"""
    from bot.calendars import combined
    from casework.due_report import DueRequestError, due_report, parse_received

    try:
        report = due_report(kind, parse_received(received), combined({}), working_days)
    except DueRequestError as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False))
        return
    click.echo(f"最晚 {report['due']}（当天24点前）")
    for day in report["days"]:
        click.echo(f"  {day['date']} {'计入' if day['counted'] else '不计'}：{day['why']}")
    if report["provisional"]:
        click.echo("其中有的年份放假安排还没公布，到时可能调整。")


COMMANDS = (ask, check, due)
