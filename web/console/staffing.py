"""Accounts: add, disable, a new one-time password, end sessions; administrators only."""

from aiohttp import web

from casework.staff import RIGHTS, Right, Role
from web.console.account_ports import Account
from web.console.login import LOGIN_NAME
from web.console.pages import FormData, FormError, need, page
from web.console.parts import PARTS, ConsoleParts
from web.console.passwords import TooBusy, one_time_password

_WITH_UNIT = frozenset({Role.HANDLER, Role.LEADER})


async def show_staff(request: web.Request) -> web.StreamResponse:
    """Everybody, and the newest lines of the account log."""
    need(request, Right.STAFF)
    return await _page(request)


async def change_staff(request: web.Request) -> web.StreamResponse:
    """Do one thing to one account; what is shown once is shown here and nowhere else."""
    viewer, parts = need(request, Right.STAFF), request.config_dict[PARTS]
    form, by = FormData(await request.post()), viewer.account.login
    try:
        match request.match_info["act"]:
            case "add":
                told, password = await _add(parts, form, by)
            case "password":
                told, password = await _renew(parts, form, by)
            case "disable" | "enable" as act:
                told, password = await _switch(parts, form, by, active=act == "enable"), ""
            case "sign_out":
                told, password = await _sign_out(parts, form, by), ""
            case _:
                raise web.HTTPNotFound
    except (FormError, TooBusy) as error:
        return await _page(request, status=422, error=f"{error}。")
    return await _page(request, told=told, password=password)


async def _add(parts: ConsoleParts, form: FormData, by: str) -> tuple[str, str]:
    login = form.needed("login", "用户名", 32).lower()
    if not LOGIN_NAME.fullmatch(login):
        raise FormError("用户名应是2到32个小写字母、数字、点或横线，以字母或数字开头")
    name, role, unit = form.needed("name", "姓名", 30), form.choice("role", "角色", Role), form.text("unit", 60)
    if role in _WITH_UNIT and unit not in parts.directory.units:
        raise FormError(f"{role}要选择所在单位")
    password = one_time_password()
    account = Account(login, name, role, unit if role in _WITH_UNIT else "", must_change=True)
    if not await parts.staff.add(account, await parts.hasher.hash(password), by):
        raise FormError(f"用户名 {login} 已经有人用了")
    return f"已新增 {name}（{login}）。", password


async def _renew(parts: ConsoleParts, form: FormData, by: str) -> tuple[str, str]:
    account = await _found(parts, form)
    password = one_time_password()
    await parts.staff.set_password(account.login, await parts.hasher.hash(password), True, by)
    return f"{account.name}（{account.login}）的新一次性密码：原密码作废，各处登录已退出。", password


async def _switch(parts: ConsoleParts, form: FormData, by: str, *, active: bool) -> str:
    account = await _found(parts, form)
    if account.login == by and not active:
        raise FormError("不能停用自己的账号，请另一位管理员操作")
    await parts.staff.set_active(account.login, active, by)
    return f"已{'启用' if active else '停用'} {account.name}（{account.login}）。"


async def _sign_out(parts: ConsoleParts, form: FormData, by: str) -> str:
    account = await _found(parts, form)
    ended = await parts.sessions.end_all(account.login)
    await parts.staff.note(account.login, f"退出全部登录（{ended}处）", by)
    return f"{account.name}（{account.login}）的{ended}处登录已退出。"


async def _found(parts: ConsoleParts, form: FormData) -> Account:
    account = await parts.staff.get(form.text("login", 32))
    if account is None:
        raise FormError("没有这个账号")
    return account


async def _page(
    request: web.Request, *, status: int = 200, told: str = "", error: str = "", password: str = ""
) -> web.Response:
    parts = request.config_dict[PARTS]
    accounts = await parts.staff.everyone()
    return page(
        request,
        "staff.html",
        status=status,
        told=told,
        error=error,
        password=password,
        accounts=accounts,
        names={account.login: account.name for account in accounts},
        notes=await parts.staff.notes(),
        roles=[(role, "、".join(right.value for right in Right if right in RIGHTS[role])) for role in Role],
        units=tuple(parts.directory.units.values()),
        unit_of=parts.directory.name_of,
    )
