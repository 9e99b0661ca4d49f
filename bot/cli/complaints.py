"""What went wrong on the command line, in one Chinese sentence and never as a stack trace."""

import errno
import re
import sqlite3

import click
from click.exceptions import NoArgsIsHelpError

SEE_HELP = "用 --help 看说明。"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_WHY = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOSPC: "磁盘满了",
    errno.EROFS: "磁盘是只读的",
    errno.ENOENT: "没有这个文件或目录",
    errno.EEXIST: "这里要一个目录，现在是文件",
    errno.ENOTDIR: "这里要一个目录，现在是文件",
    errno.EISDIR: "这里要一个文件，现在是目录",
}


def in_chinese(error: click.ClickException) -> str:
    """Say click's own complaints in Chinese; ours are Chinese already."""
    match error:
        case NoArgsIsHelpError():
            return error.message
        case click.MissingParameter(param=click.Parameter() as param):
            return f"缺少 {_named(param)}，{SEE_HELP}"
        case click.NoSuchOption(option_name=name):
            return f"没有 {name} 这个选项，{SEE_HELP}"
        case click.BadOptionUsage(option_name=name):
            return f"{name} 后面要写内容，{SEE_HELP}"
        case click.BadParameter(param=click.Parameter() as param):
            return f"{_named(param)} 的值不对{_wanted(param.type)}，{SEE_HELP}"
        case click.UsageError(message=message) if message.startswith("No such command"):
            return f"没有这个命令：{message.split(chr(39))[1]}，用 --help 看有哪些。"
        case click.UsageError(message=message) if message.startswith("Got unexpected extra argument"):
            return f"多写了内容{message[message.find('(') :].rstrip('.')}，{SEE_HELP}"
        case _:
            return error.message if _CHINESE.search(error.message) else f"命令写得不对，{SEE_HELP}"


def about_database(error: sqlite3.Error) -> str:
    """Say what is wrong with the database."""
    told = str(error)
    if "locked" in told or "busy" in told:
        return "数据库正忙，过一会儿再试。"
    if "not a database" in told or "malformed" in told:
        return "数据库文件已损坏，或者不是民问的数据库。可以用 restore 恢复一个备份。"
    if "full" in told:
        return "磁盘满了，数据库写不进去。"
    return f"数据库用不了（{told}）。"


def about_file(error: OSError) -> str:
    """Say what is wrong with a file or folder."""
    return f"{error.filename or '读写'}：{_WHY.get(error.errno or 0, '读写失败')}。"


def _named(param: click.Parameter) -> str:
    return param.opts[-1] if isinstance(param, click.Option) else param.human_readable_name


def _wanted(kind: object) -> str:
    match kind:
        case click.IntRange(min=least, max=most):
            return f"（要 {least} 到 {most} 的整数）"
        case click.Choice(choices=choices):
            return f"（只能写 {'、'.join(map(str, choices))}）"
        case click.Path(file_okay=False):
            return "（没有这个目录）"
        case click.Path():
            return "（没有这个文件，或者它是目录）"
        case _:
            return ""
