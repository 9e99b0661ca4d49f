"""What an operator may write, and the one sentence that says what is wrong."""

from pathlib import Path

import pytest

from bot.account import SettingsError
from bot.settings import load_settings, require_wechat

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
RIGHT = {
    "WECHAT_APPID": "wx0123456789abcdef",
    "WECHAT_SECRET": 'it\'s a "secret" with ~ and space',
    "WECHAT_TOKEN": "abc",
    "WECHAT_AES_KEY": KEY,
}


def toml(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "minwen.toml"
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return path


def complaint(env: dict[str, str]) -> str:
    with pytest.raises(SettingsError) as error:
        require_wechat(load_settings(env))
    return str(error.value)


def test_nothing_is_needed_to_ask():
    """WECHAT_* may be absent, and the defaults listen on this machine only."""
    settings = load_settings({})

    assert (settings.bot_host, settings.bot_port) == ("127.0.0.1", 8080)
    assert (settings.console_host, settings.console_port) == ("127.0.0.1", 8081)
    assert settings.bot_data_dir == Path("data")
    assert settings.wechat_api_base == "https://api.weixin.qq.com"


def test_a_complete_account_is_read():
    """The key is decoded to the 32 bytes AES needs."""
    account = require_wechat(load_settings(RIGHT))

    assert account.mode == "safe"
    assert account.token == b"abc"
    assert account.secret == RIGHT["WECHAT_SECRET"]
    assert len(account.aes_key) == 32


@pytest.mark.parametrize("last", "AEBGZ9")
def test_the_unused_bits_of_the_key_are_not_checked(last):
    """43 characters carry two bits more than 32 bytes; the platform draws them at random."""
    account = require_wechat(load_settings({**RIGHT, "WECHAT_AES_KEY": "A" * 42 + last}))

    assert len(account.aes_key) == 32


@pytest.mark.parametrize("name", sorted(RIGHT))
@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_value_is_named(name, value):
    """In one sentence."""
    env = {**RIGHT, name: value} if value is not None else {k: v for k, v in RIGHT.items() if k != name}

    said = complaint(env)

    assert name in said
    assert said.count("。") == 1
    assert said.endswith("。")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WECHAT_APPID", "wx 1"),
        ("WECHAT_SECRET", "密码"),
        ("WECHAT_SECRET", "a\nb"),
        ("WECHAT_SECRET", "a\x7f"),
        ("WECHAT_TOKEN", "ab"),
        ("WECHAT_TOKEN", "a" * 33),
        ("WECHAT_TOKEN", "abc-d"),
        ("WECHAT_TOKEN", "abc\n"),
        ("WECHAT_TOKEN", "ａｂｃ"),
        ("WECHAT_AES_KEY", KEY + "="),
        ("WECHAT_AES_KEY", KEY[:-1]),
        ("WECHAT_AES_KEY", KEY[:-1] + "+"),
        ("WECHAT_API_BASE", "http://api.weixin.qq.com"),
        ("WECHAT_API_BASE", "http://127.0.0.1.evil.example"),
        ("WECHAT_API_BASE", "http://127.0.0.1@evil.example"),
        ("WECHAT_API_BASE", "ftp://127.0.0.1"),
        ("WECHAT_API_BASE", "https://"),
        ("WECHAT_API_BASE", "https://host:99999"),
        ("WECHAT_API_BASE", "https://host/?a=1"),
        ("WECHAT_MODE", "compat"),
        ("BOT_PORT", "-1"),
        ("BOT_PORT", "65536"),
        ("BOT_PORT", "八千"),
        ("CONSOLE_PORT", "1.5"),
        ("BOT_HOST", "a b"),
        ("BOT_TRUSTED_PROXIES", "10.0.0.1, proxy"),
        ("BOT_ACCOUNT_NAME", "长" * 65),
    ],
)
def test_a_malformed_value_is_named_and_never_shown(name, value):
    """One sentence with the name; a secret stays out of it."""
    said = complaint({**RIGHT, name: value})

    assert name in said
    assert said.count("。") == 1
    assert value not in said


@pytest.mark.parametrize(
    "base",
    [
        "https://api.weixin.qq.com/",
        "http://127.0.0.1:9000",
        "http://localhost:1",
        "http://[::1]:9000",
        "https://h/p",
    ],
)
def test_http_is_for_this_machine_only(base):
    """A simulator on loopback needs no certificate."""
    assert require_wechat(load_settings({**RIGHT, "WECHAT_API_BASE": base})).api_base == base.rstrip("/")


def test_plain_mode_needs_no_key():
    """A test account has none."""
    env = {k: v for k, v in RIGHT.items() if k != "WECHAT_AES_KEY"}

    assert require_wechat(load_settings({**env, "WECHAT_MODE": "plain"})).aes_key == b""


def test_the_environment_wins_over_the_file(tmp_path):
    """Same names, in either case."""
    path = toml(tmp_path, 'BOT_PORT = 1\nconsole_port = 2\nBOT_TRUSTED_PROXIES = ["10.0.0.1"]\n', 0o644)

    settings = load_settings({"BOT_PORT": "3", "BOT_CONFIG": str(path)})

    assert (settings.bot_port, settings.console_port) == (3, 2)
    assert [str(address) for address in settings.bot_trusted_proxies] == ["10.0.0.1"]
    assert len(load_settings({"BOT_TRUSTED_PROXIES": "10.0.0.1, ::1"}).bot_trusted_proxies) == 2


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("BOT_PROT = 1", "BOT_PROT"),
        ("BOT_PORT = 1\nbot_port = 2", "两遍"),
        ('WECHAT_TOKEN = "abc\n', "1 行"),
        ("WECHAT_TOKEN = 123456", "WECHAT_TOKEN"),
        ("[wechat]\nx = 1", "WECHAT"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path, text, word):
    """A misspelt key would otherwise be silently without effect."""
    with pytest.raises(SettingsError) as error:
        load_settings({}, toml(tmp_path, text))

    assert word in str(error.value)
    assert "abc" not in str(error.value)
    assert "123456" not in str(error.value)


def test_a_named_file_must_be_there():
    """A typing error in BOT_CONFIG must not start the bot with defaults."""
    assert "BOT_CONFIG" in complaint({**RIGHT, "BOT_CONFIG": "/nowhere/minwen.toml"})


def test_secrets_in_a_file_others_can_read_are_refused(tmp_path):
    """In the TOML as well as in a file of their own."""
    path = toml(tmp_path, 'WECHAT_TOKEN = "abc"', 0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        load_settings({}, path)

    secret = tmp_path / "secret"
    secret.write_text("s3cret\n")
    secret.chmod(0o640)
    env = {k: v for k, v in RIGHT.items() if k != "WECHAT_SECRET"}
    assert "WECHAT_SECRET_FILE" in complaint({**env, "WECHAT_SECRET_FILE": str(secret)})

    secret.chmod(0o600)
    assert require_wechat(load_settings({**env, "WECHAT_SECRET_FILE": str(secret)})).secret == "s3cret"


def test_a_secret_given_twice_is_refused_unless_the_environment_overrules_the_file(tmp_path):
    """Which of two would count is not for the operator to guess."""
    assert "只能写一个" in complaint({**RIGHT, "WECHAT_TOKEN_FILE": "/nowhere"})

    path = toml(tmp_path, 'WECHAT_TOKEN_FILE = "/nowhere"')
    assert require_wechat(load_settings(RIGHT, path)).token == b"abc"


def test_no_secret_shows_when_settings_are_printed():
    """A traceback or a log line may print them."""
    settings = load_settings(RIGHT)

    shown = repr(settings) + repr(require_wechat(settings))

    assert not any(secret in shown for secret in (RIGHT["WECHAT_SECRET"], KEY, "'abc'"))
