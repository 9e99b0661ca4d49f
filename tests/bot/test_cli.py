"""The command line as an operator meets it: Chinese, one sentence per fault, no stack trace."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from bot.__main__ import main
from bot.cli import commands
from bot.cli.root import cli
from bot.serve import DATABASE, open_database
from storage import residents
from storage.database import connect

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "WECHAT_APPID": "wx5117a1e570000000",
    "WECHAT_SECRET": "not-a-secret",
    "WECHAT_TOKEN": "AAAAA",
    "WECHAT_AES_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
}
# What may stand in Latin letters on a Chinese page: names the operator types, units of files, the product.
ENGLISH = re.compile(r"\b(Usage|Options?|Commands?|Arguments?|Show|this|message|and|exit|Error|Try|for help|required|"
                     r"default|INTEGER|TEXT|PATH|FILE|DIRECTORY|RANGE|invalid|missing)\b")  # fmt: skip


@dataclass(frozen=True)
class Result:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command in an empty folder with nothing set but what the test sets."""
    for name in [name for name in os.environ if name.startswith(("WECHAT_", "BOT_", "CONSOLE_"))]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def run(*args: str, **env: str) -> Result:
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as leaving:
            main(args)
        told = capsys.readouterr()
        return Result(int(leaving.value.code or 0), told.out, told.err)

    return run


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    """A data folder as ``serve`` leaves it."""
    folder = tmp_path / "data"
    database = open_database(folder)
    database.start()
    database.close()
    return folder


def every_command() -> list[tuple[str, ...]]:
    """All commands with their sub-commands."""
    commands.register(cli)
    found: list[tuple[str, ...]] = [()]
    todo: list[tuple[tuple[str, ...], click.Group]] = [((), cli)]
    while todo:
        path, group = todo.pop()
        for name, command in sorted(group.commands.items()):
            found.append((*path, name))
            if isinstance(command, click.Group):
                todo.append(((*path, name), command))
    return found


def test_the_promised_commands_are_there() -> None:
    names = {" ".join(path) for path in every_command()}
    promised = "demo serve ask check due gaps backup restore staff"
    assert set(promised.split()) | {"staff add", "staff disable", "staff list"} <= names


@pytest.mark.parametrize("path", every_command(), ids=" ".join)
@pytest.mark.parametrize("word", ["--help", "-h"])
def test_every_help_page_is_chinese(run: Run, path: tuple[str, ...], word: str) -> None:
    shown = run(*path, word)
    assert shown.code == 0
    assert shown.out.startswith("用法：")
    assert "显示本说明" in shown.out
    prose = re.sub(r"--?[\w-]+", "", shown.out)
    assert not ENGLISH.search(prose), ENGLISH.search(prose)


@pytest.mark.parametrize("missing", list(GOOD))
def test_serve_names_the_first_setting_that_is_missing(run: Run, missing: str) -> None:
    shown = run("serve", **{name: value for name, value in GOOD.items() if name != missing})
    assert shown.code != 0
    assert missing in shown.err
    assert len(shown.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WECHAT_TOKEN", "ab"),
        ("WECHAT_TOKEN", "有中文的"),
        ("WECHAT_AES_KEY", "short"),
        ("WECHAT_SECRET", "换\t行"),
        ("WECHAT_API_BASE", "http://api.example.com"),
        ("WECHAT_MODE", "compat"),
        ("BOT_PORT", "http"),
        ("BOT_PORT", "70000"),
        ("CONSOLE_PORT", "-1"),
        ("BOT_HOST", "not a host!"),
    ],
)
def test_serve_names_the_setting_that_is_wrong_and_not_its_value(run: Run, name: str, value: str) -> None:
    shown = run("serve", **{**GOOD, name: value})
    assert shown.code != 0
    assert name in shown.err
    assert value not in shown.err
    assert len(shown.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    "args",
    [
        ("no-such-command",),
        ("ask", "--no-such-option"),
        ("ask",),
        ("due", "--kind", "投诉"),
        ("due", "--kind", "吵架", "--received", "2026-11-24 09:00"),
        ("due", "--kind", "投诉", "--received", "昨天"),
        ("due", "--kind", "依申请公开", "--received", "2026-11-24", "--working-days", "x"),
        ("due", "--kind", "依申请公开", "--received", "2026-11-24", "--working-days", "0"),
        ("due", "--kind"),
        ("check", "--catalogs", "nowhere"),
        ("gaps",),
        ("gaps", "--most", "0"),
        ("gaps", "too", "much"),
        ("backup",),
        ("restore",),
        ("restore", "nowhere.sqlite3"),
        ("staff", "list"),
        ("staff", "add", "zhang", "--name", "张三甲", "--role", "皇帝"),
        ("staff", "no-such"),
        ("--config", "nowhere.toml", "due", "--kind", "投诉", "--received", "x"),
    ],
)
def test_what_is_typed_wrong_is_told_in_one_chinese_sentence(run: Run, args: tuple[str, ...]) -> None:
    shown = run(*args)
    assert shown.code != 0
    assert shown.out == ""
    assert re.search(r"[\u4e00-\u9fff]", shown.err)
    assert not ENGLISH.search(shown.err), shown.err
    assert len(shown.err.strip().splitlines()) == 1


def test_due_tells_the_date_and_every_day_with_its_reason(run: Run) -> None:
    shown = run("due", "--kind", "投诉", "--received", "2026-02-13 17:00", "--json")
    told = json.loads(shown.out)
    assert shown.code == 0
    assert set(told) >= {"due", "days", "provisional"}
    assert all(set(day) >= {"date", "counted", "why"} for day in told["days"])
    assert told["due"] >= "2026-02-21"
    assert told["due"] in run("due", "--kind", "投诉", "--received", "2026-02-13 17:00").out


def test_due_counts_working_days_when_asked(run: Run) -> None:
    args = ("due", "--kind", "依申请公开", "--received", "2026-11-24", "--json")
    fifteen = json.loads(run(*args, "--working-days", "15").out)
    assert fifteen["due"] == "2026-12-15"
    assert sum(day["counted"] for day in fifteen["days"]) == 15


def test_backup_and_restore_bring_everything_back(run: Run, installation: Path) -> None:
    env = {"BOT_DATA_DIR": str(installation)}
    connection = connect(installation / DATABASE)
    residents.touch(connection, "o-zhang", "message", 1)
    connection.close()
    made = run("backup", **env)
    assert made.code == 0
    assert "校验通过" in made.out
    (copy,) = (installation / "backups").iterdir()
    (installation / DATABASE).unlink()
    done = run("restore", str(copy), "--yes", **env)
    assert done.code == 0
    connection = connect(installation / DATABASE)
    assert connection.execute("SELECT openid FROM residents").fetchone()["openid"] == "o-zhang"
    connection.close()


def test_a_backup_goes_to_the_file_that_was_named_and_over_no_other(run: Run, installation: Path) -> None:
    env = {"BOT_DATA_DIR": str(installation)}
    letter = installation / "letter.txt"
    letter.write_text("信", "utf-8")
    assert run("backup", str(installation / "mine.sqlite3"), **env).code == 0
    refused = run("backup", str(letter), **env)
    assert refused.code != 0
    assert "letter.txt" in refused.err
    assert letter.read_text("utf-8") == "信"


def test_restore_refuses_a_damaged_file_and_a_database_in_use(run: Run, installation: Path) -> None:
    env = {"BOT_DATA_DIR": str(installation)}
    broken = installation / "broken.sqlite3"
    broken.write_bytes(b"x" * 9000)
    assert "备份" in run("restore", str(broken), "--yes", **env).err
    assert run("backup", str(installation / "good.sqlite3"), **env).code == 0
    user = connect(installation / DATABASE)
    user.execute("SELECT 1 FROM residents").fetchall()
    assert "serve" in run("restore", str(installation / "good.sqlite3"), "--yes", **env).err
    user.close()


def test_a_ruined_database_is_told_without_a_stack_trace(run: Run, installation: Path) -> None:
    (installation / DATABASE).write_bytes(b"x" * 9000)
    shown = run("gaps", BOT_DATA_DIR=str(installation))
    assert shown.code == 1
    assert "损坏" in shown.err


def test_gaps_lists_what_waits(run: Run, installation: Path) -> None:
    assert "共 0 条" in run("gaps", BOT_DATA_DIR=str(installation)).out


def test_commands_work_while_somebody_else_writes(run: Run, installation: Path) -> None:
    """``serve`` holds the write lock for moments only; a command waits for it."""
    other = sqlite3.connect(installation / DATABASE, isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("BEGIN")
    other.execute("SELECT 1 FROM residents").fetchall()
    assert run("gaps", BOT_DATA_DIR=str(installation)).code == 0
    assert run("backup", BOT_DATA_DIR=str(installation)).code == 0
    other.close()


def test_check_ends_with_one_for_an_error_and_names_its_place(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "catalogs" / "faq" / "x.yaml"
    bad.parent.mkdir(parents=True)
    bad.write_text("名称: 没写完\n", "utf-8")
    shown = run("check", "--catalogs", str(tmp_path / "catalogs"))
    assert shown.code == 1
    assert re.search(r"faq/x\.yaml:\d+: \S+: ", shown.out)


def test_ask_answers_lines_as_a_process_and_names_a_bad_one(tmp_path: Path) -> None:
    """As an outside check runs it: UTF-8 through pipes, whatever the locale says."""
    lines = [{"id": "1", "text": "低保怎么申请"}, {"id": "2", "who": "a", "text": "你好"}]
    text = "\n".join([*(json.dumps(line, ensure_ascii=False) for line in lines), "{坏"]) + "\n"
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "BOT_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--jsonl"],
        input=text.encode(),
        capture_output=True,
        cwd=tmp_path,
        env=env,
        timeout=60,
        check=False,
    )
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [(line["id"], line["outcome"]) for line in answers] == [("1", "answer"), ("2", "chat")]
    assert done.returncode != 0
    assert "第3行不对" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
