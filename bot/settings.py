"""The settings of one installation: environment over an optional TOML file, refused with one sentence.

The names are the operators' contract: the environment variable ``BOT_PORT`` and the TOML key
``BOT_PORT`` (or ``bot_port``) are the same setting. The message edge's ``WECHAT_*`` values are kept
as written and judged by `require_wechat` only, because `ask`, `check` and `staff` run without them.
No sentence of a `SettingsError` ever shows a secret's value.
"""

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Annotated

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
)

from bot.account import SettingsError, WeChatAccount, make_account
from bot.local_rules import RuleSetting, inner_of, rules_of
from bot.short_notice import NoticeTemplate, make_template
from casework.limits import LimitRule
from casework.limits_settings import InnerLimits

__all__ = ["Settings", "SettingsError", "WeChatAccount", "load_settings", "require_wechat"]

_SECRETS = ("wechat_secret", "wechat_token", "wechat_aes_key")
_TABLES = frozenset({"rules", "limits"})  # of the TOML file only
_DEFAULT_CONFIG = Path("minwen.toml")
_SECRET_FILE_LIMIT = 4096  # bytes; every secret is far shorter

_RULES = {
    "BOT_HOST": "应为要监听的地址或主机名",
    "BOT_PORT": "应为 0–65535 的整数",
    "BOT_DATA_DIR": "应为一个目录的路径",
    "BOT_TRUSTED_PROXIES": "应为 IP 地址，多个用逗号隔开",
    "BOT_ACCOUNT_NAME": "应为 1–64 个字的公众号名称",
    "BOT_OPERATOR": "应为 1–200 个字的运营单位名称",
    "CONSOLE_HOST": "应为要监听的地址或主机名",
    "CONSOLE_PORT": "应为 0–65535 的整数",
    "CONSOLE_HTTPS": "应为 true（工作人员用 https 打开工作台）或 false",
    "RULES": '应为 [rules."咨询"] 这样的表，可写 days、unit、rollover、cutoff、basis',
    "LIMITS": "应为 [limits] 表，每项是正整数",
    "CONSOLE_HOSTS": "应为打开工作台用的域名，多个用逗号隔开",
    "WECHAT_NOTICE_FIELDS": "应为“编号=character_string1,进展=phrase2”这样的对应，或者 TOML 的表",
    "WECHAT_NOTICE_LASTING": "应为 true（长期订阅的模板）或 false（一次性订阅）",
    "WECHAT_NOTICE_ARTICLE": "应为 https 开头的文章网址",
}


def _listed(value: object) -> object:
    """Accept ``a, b`` from the environment where TOML has a list."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def _paired(value: object) -> object:
    """Accept ``编号=character_string1, 进展=phrase2`` from the environment where TOML may have a table."""
    if not isinstance(value, str):
        return value
    pairs = (part.partition("=") for part in re.split(r"[,，]", value) if part.strip())
    return {what.strip(): field.strip() for what, _, field in pairs}


Host = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.:_-]{1,255}$")]
Port = Annotated[int, Field(ge=0, le=65535)]
Addresses = Annotated[tuple[IPv4Address | IPv6Address, ...], BeforeValidator(_listed)]

Names = Annotated[tuple[Host, ...], BeforeValidator(_listed)]


def _name_of(length: int) -> StringConstraints:
    return StringConstraints(pattern=rf"^[^\x00-\x1f]{{1,{length}}}$", strip_whitespace=True)


class Settings(BaseModel):
    """Everything an operator can set; port 0 means any free port.

    *bot_trusted_proxies* are the only peers whose forwarded-for headers count.
    *bot_operator* is who processes personal data, as the privacy notice names it. *console_https*
    says that staff reach the console by https, *console_hosts* by which names besides addresses.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    wechat_appid: str | None = None
    wechat_secret: SecretStr | None = None
    wechat_token: SecretStr | None = None
    wechat_aes_key: SecretStr | None = None
    wechat_secret_file: Path | None = None
    wechat_token_file: Path | None = None
    wechat_aes_key_file: Path | None = None
    wechat_api_base: str = "https://api.weixin.qq.com"
    wechat_mode: str = "safe"
    wechat_notice_template: str | None = None
    wechat_notice_fields: Annotated[dict[str, str] | None, BeforeValidator(_paired)] = None
    wechat_notice_lasting: bool = False
    wechat_notice_article: Annotated[str, StringConstraints(pattern=r"^https://[!-~]{1,500}$")] | None = None
    bot_host: Host = "127.0.0.1"
    bot_port: Port = 8080
    bot_data_dir: Path = Path("data")
    bot_trusted_proxies: Addresses = ()
    bot_account_name: Annotated[str, _name_of(64)] = "本公众号"
    bot_operator: Annotated[str, _name_of(200)] = "本号的运营单位（名称待核）"
    console_host: Host = "127.0.0.1"
    console_port: Port = 8081
    console_https: bool = False
    console_hosts: Names = ()
    rules: dict[str, RuleSetting] = {}
    limits: dict[str, int] = {}

    def notice_template(self) -> NoticeTemplate | None:
        """Return the template of 订阅通知, None where the city set none."""
        fields = self.wechat_notice_fields or {}
        return make_template(self.wechat_notice_template or "", fields, self.wechat_notice_lasting)

    def limit_rules(self) -> Mapping[str, LimitRule]:
        """Return the legal limits as this city counts them."""
        return rules_of(self.rules)

    def inner_limits(self) -> InnerLimits:
        """Return the inner limits; unconfirmed ones are example values."""
        return inner_of(self.limits)


def load_settings(env: Mapping[str, str], toml: Path | None = None) -> Settings:
    """Read the settings; ``WECHAT_*`` may be absent.

    The file is *toml*, else the one ``BOT_CONFIG`` names, else ``./minwen.toml`` if there is one.
    An empty environment variable counts as not set.

    Raises:
        SettingsError: a value, a key or the file itself is wrong.
    """
    given = {key: env[key.upper()] for key in Settings.model_fields if key not in _TABLES and env.get(key.upper())}
    path = toml or _config_path(env)
    filed = _read_toml(path) if path else {}
    for secret in _SECRETS:
        pair = {secret, f"{secret}_file"}
        if pair & given.keys():
            filed = {key: value for key, value in filed.items() if key not in pair}
    try:
        settings = Settings.model_validate({**filed, **given})
        settings.limit_rules()
        settings.inner_limits()
        settings.notice_template()
        return settings
    except ValidationError as error:
        raise SettingsError(_sentence(error)) from None


def require_wechat(settings: Settings) -> WeChatAccount:
    """Return the account `serve` answers for, judged by the platform's own rules.

    Plain mode needs no ``WECHAT_AES_KEY``: a platform test account has none.

    Raises:
        SettingsError: something is missing or malformed.
    """
    return make_account(
        appid=settings.wechat_appid,
        secret=_secret(settings, "wechat_secret"),
        token=_secret(settings, "wechat_token"),
        aes_key=_secret(settings, "wechat_aes_key"),
        api_base=settings.wechat_api_base,
        mode=settings.wechat_mode,
    )


def _config_path(env: Mapping[str, str]) -> Path | None:
    named = env.get("BOT_CONFIG")
    if named:
        return Path(named)
    return _DEFAULT_CONFIG if _DEFAULT_CONFIG.is_file() else None


def _read_toml(path: Path) -> dict[str, object]:
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(f"BOT_CONFIG 指的配置文件 {path} 打不开：{_trouble(error)}。") from None
    except ValueError as error:
        raise SettingsError(f"配置文件 {path} 不是有效的 TOML（{_place(error)}）。") from None
    lowered = {key.lower(): value for key, value in values.items()}
    if len(lowered) < len(values):
        raise SettingsError(f"配置文件 {path} 里有一项设置写了两遍（大写和小写算同一项）。")
    if any(secret in lowered for secret in _SECRETS):
        _refuse_readable_by_others(path, f"配置文件 {path}")
    return lowered


def _place(error: ValueError) -> str:
    """Where a TOML error is, without its quotation of the line: that may be a secret."""
    place = re.search(r"at line (\d+), column (\d+)", str(error))
    return f"第 {place[1]} 行第 {place[2]} 列" if place else "编码或结尾有误"


def _trouble(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "没有这个文件"
        case PermissionError():
            return "没有读取权限"
        case _:
            return "读取失败"


def _secret(settings: Settings, key: str) -> str | None:
    value: SecretStr | None = getattr(settings, key)
    path: Path | None = getattr(settings, f"{key}_file")
    name = key.upper()
    if value is not None and path is not None:
        raise SettingsError(f"{name} 和 {name}_FILE 只能写一个。")
    if path is None:
        return value.get_secret_value() if value is not None else None
    _refuse_readable_by_others(path, f"{name}_FILE 指的文件 {path}")
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(_SECRET_FILE_LIMIT).removesuffix("\n")
    except (OSError, ValueError):
        raise SettingsError(f"{name}_FILE 指的文件 {path} 读不出文字。") from None


def _refuse_readable_by_others(path: Path, what: str) -> None:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise SettingsError(f"{what} 打不开：{_trouble(error)}。") from None
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SettingsError(f"{what} 含有密钥，却允许其他用户访问，请先执行 chmod 600。")


def _sentence(error: ValidationError) -> str:
    """Say the first mistake in one Chinese sentence, without the value."""
    first = error.errors(include_url=False, include_input=False)[0]
    name = str(first["loc"][0]).upper()
    if first["type"] == "extra_forbidden":
        return f"配置文件里的 {name} 不是认识的设置，请检查拼写。"
    return f"{name} 的值不对：{_RULES.get(name, '应为带引号的文字')}。"
