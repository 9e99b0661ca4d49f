"""staff add, disable, list, password: accounts of the console."""

import click

from bot.cli.root import ChineseGroup
from bot.cli.storing import database_of
from casework.staff import Role

ROLES = tuple(role.value for role in Role)


@click.group(cls=ChineseGroup)
def staff() -> None:
    """管理工作台的人员账号，运行中也可以用。"""


@staff.command()
@click.argument("login", metavar="用户名")
@click.option("--name", required=True, metavar="姓名", help="工作台上显示的姓名")
@click.option("--role", required=True, type=click.Choice(ROLES), help="角色")
@click.option("--unit", default="", metavar="代码", help="单位代码（catalogs/units/units.csv），全市的角色不填")
@click.pass_context
def add(context: click.Context, login: str, name: str, role: str, unit: str) -> None:
    """新增一个账号，打印一次性密码；第一次登录要改密码。"""
    from bot import assembly
    from storage import staff as accounts
    from storage.times import to_ms
    from web.console.login import LOGIN_NAME
    from web.console.passwords import hash_password, one_time_password

    login = login.lower()
    if not LOGIN_NAME.fullmatch(login):
        raise click.ClickException(f"用户名 {login} 不合规：用小写字母、数字、点、横线，2 到 32 个。")
    if unit and unit not in assembly.load_directory().units:
        raise click.ClickException(f"没有单位代码 {unit}，请看 catalogs/units/units.csv。")
    if Role(role) in (Role.HANDLER, Role.LEADER) and not unit:
        raise click.ClickException(f"{role}要写明单位：--unit 代码。")
    password = one_time_password()
    hashed = hash_password(password)
    with database_of(context, create=True) as connection:
        free = accounts.add(connection, login, name, Role(role), unit, hashed, True)
        if free:
            accounts.note(connection, to_ms(assembly.now()), "命令行", login, f"新增账号（{role}）")
    if not free:
        raise click.ClickException(f"用户名 {login} 已经有人用了。")
    click.echo(f"已新增 {name}（{role}），用户名 {login}")
    click.echo(f"一次性密码：{password}")


@staff.command()
@click.argument("login", metavar="用户名")
@click.pass_context
def disable(context: click.Context, login: str) -> None:
    """停用一个账号，正在登录的马上退出。"""
    from storage import staff as accounts

    with database_of(context) as connection:
        changed = accounts.disable(connection, login)
    if not changed:
        raise click.ClickException(f"没有正在使用的账号 {login}。")
    click.echo(f"已停用 {login}。")


@staff.command(name="list")
@click.pass_context
def list_staff(context: click.Context) -> None:
    """列出所有账号。"""
    from storage import staff as accounts

    with database_of(context) as connection:
        everyone = accounts.everyone(connection)
    for account in everyone:
        state = "使用中" if account.active else "已停用"
        unit = f" 单位 {account.unit}" if account.unit else ""
        click.echo(f"{account.login} {account.name} {account.role.value}{unit} {state}")
    click.echo(f"共 {len(everyone)} 个账号。")


@staff.command()
@click.argument("login", metavar="用户名")
@click.pass_context
def password(context: click.Context, login: str) -> None:
    """重新发一个一次性密码，原来的登录马上失效。"""
    from storage import staff as accounts
    from web.console.passwords import hash_password, one_time_password

    fresh = one_time_password()
    hashed = hash_password(fresh)
    with database_of(context) as connection:
        if accounts.get(connection, login) is None:
            raise click.ClickException(f"没有账号 {login}。")
        accounts.set_password(connection, login, hashed, True)
    click.echo(f"一次性密码：{fresh}")


COMMANDS = (staff,)
