"""The documentation keeps up with the code: names that operators and residents rely on are written down."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from bot import settings
from bot.cli import commands
from bot.cli.root import ChineseGroup
from bot.errcodes import Unknown, failure
from bot.metrics import Metrics
from bot.settings import Settings
from casework.limits_settings import Inner, InnerLimits
from handlers.commands import Command
from tools.readme_command import BLOCK

ROOT = Path(__file__).resolve().parent.parent
OPERATORS = ROOT / "docs" / "运维手册.md"
STAFF = ROOT / "docs" / "工作人员手册.md"
PROTOCOL = ROOT / "docs" / "wechat.md"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TABLES = {"rules", "limits"}  # tables of the TOML file, not environment variables

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| `([A-Z_]+)` \| ([^|]+) \|", re.MULTILINE)
_CITED = re.compile(r"wechat\.md (\d+\.\d+)")


def every_command() -> Iterator[str]:
    """Each command as it is typed, sub-commands with their group."""
    root = ChineseGroup("bot")
    commands.register(root)
    for name, command in root.commands.items():
        if isinstance(command, click.Group):
            yield from (f"{name} {below}" for below in command.commands)
        else:
            yield name


def relative_links(page: Path) -> list[str]:
    """The targets of *page* that stand in this repository, code blocks left out."""
    text = _FENCE.sub("", page.read_text("utf-8"))
    targets = (target.partition("#")[0] for target in _LINK.findall(text))
    return [target for target in targets if target and "://" not in target and not target.startswith("mailto:")]


@pytest.mark.parametrize("command", list(every_command()))
def test_every_command_is_in_the_operators_manual(command: str) -> None:
    assert f"python -m bot {command}" in OPERATORS.read_text("utf-8")


def test_every_setting_is_in_the_operators_manual_with_its_default() -> None:
    documented = {name: default.strip().strip("`") for name, default in _ROW.findall(OPERATORS.read_text("utf-8"))}
    shipped = {
        name.upper(): shown(field.default) for name, field in Settings.model_fields.items() if name not in TABLES
    }

    assert documented == shipped | {"BOT_CONFIG": "minwen.toml"}


def shown(default: object) -> str:
    """A default as the manual writes it."""
    match default:
        case None:
            return "无"
        case ():
            return "空"
        case bool():
            return str(default).lower()
        case _:
            return str(default)


def test_every_environment_variable_the_settings_read_is_in_the_operators_manual() -> None:
    read = set(re.findall(r'"((?:WECHAT|BOT|CONSOLE)_[A-Z_]+)"', Path(settings.__file__).read_text("utf-8")))

    assert {name for name in read if f"`{name}`" not in OPERATORS.read_text("utf-8")} == set()


def test_every_table_of_the_configuration_file_is_in_the_operators_manual() -> None:
    text = OPERATORS.read_text("utf-8")

    assert [name for name in TABLES if f"[{name}" not in text] == []
    assert [inner.value for inner in Inner if f"| `{inner.value}` |" not in text] == []


def test_the_operators_manual_gives_the_example_values_in_force() -> None:
    text = OPERATORS.read_text("utf-8")
    limits = InnerLimits()

    missing = [inner for inner in Inner if not re.search(row_of(inner, limits), text)]
    assert missing == []


def row_of(inner: Inner, limits: InnerLimits) -> str:
    """The start of the manual's row on one inner limit."""
    setting = limits.settings[inner]
    return rf"\| `{inner.value}` \| {re.escape(setting.label)} \| {setting.value} ?{re.escape(setting.counts)}"


def test_every_figure_for_prometheus_is_in_the_operators_manual() -> None:
    names = {metric.name for metric in Metrics().registry.collect()}
    text = OPERATORS.read_text("utf-8")

    assert {name for name in names if name not in text} == set()


@pytest.mark.parametrize("command", list(Command))
def test_every_word_always_understood_is_in_the_staff_manual(command: Command) -> None:
    assert f"| `{command.value}` |" in STAFF.read_text("utf-8")


def test_every_errcode_with_a_meaning_is_in_the_protocol_notes() -> None:
    known = [code for code in (-1, *range(40_000, 100_000)) if not isinstance(failure(code, ""), Unknown)]
    documented = set(re.findall(r"-?\d+", PROTOCOL.read_text("utf-8")))

    assert [code for code in known if str(code) not in documented] == []


def test_every_section_of_the_protocol_notes_that_code_cites_exists() -> None:
    sources = [
        path
        for package in ("bot", "handlers", "storage", "web", "casework", "knowledge")
        for path in (ROOT / package).rglob("*.py")
    ]
    cited = {number for path in sources for number in _CITED.findall(path.read_text("utf-8"))}

    assert cited
    assert {number for number in cited if f"\n### {number} " not in PROTOCOL.read_text("utf-8")} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_relative_link_is_dead(page: Path) -> None:
    dead = [target for target in relative_links(page) if not (page.parent / unquote(target)).exists()]

    assert dead == []


def test_the_first_two_code_blocks_of_the_readme_are_one_line_each() -> None:
    blocks = BLOCK.findall((ROOT / "README.md").read_text("utf-8"))

    assert [len(block.splitlines()) for block in blocks[:2]] == [1, 1]


def test_decisions_are_numbered_without_a_double() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md")]

    assert all(number.isdigit() for number in numbers)
    assert len(set(numbers)) == len(numbers)
