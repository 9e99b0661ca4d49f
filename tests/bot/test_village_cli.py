"""The commands about village groups: a code is printed once, the register shows no account."""

import io
import json
import sqlite3
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.serve import DATABASE
from casework.village.codes import normalise
from storage.database import connect
from storage.migrations import migrate
from storage.village_codes import StoredCodes, hash_code
from storage.village_publications import StoredLog

VILLAGE = "八景镇/上保村"
PASTE = "钱三甲: 低保怎么申请\n孙四乙: 收到\n钱三甲: 要本人去吗"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder that the commands use."""
    monkeypatch.setenv("BOT_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    """Run a command and return its code and what it printed."""
    with pytest.raises(SystemExit) as leaving:
        main(("village", *args))
    told = capsys.readouterr()
    return int(leaving.value.code or 0), told.out, told.err


def opened(folder: Path) -> sqlite3.Connection:
    connection = connect(folder / DATABASE)
    migrate(connection)
    return connection


def put_admin(folder: Path, key: str = "abcdef0123456789") -> None:
    """An admin with an account that must not be shown."""
    connection = opened(folder)
    connection.execute(
        "INSERT INTO village_admins VALUES (?, 'o-secret', '八景镇', ?, 1795492800000, '上保一组群', 0, 0, '')",
        (key, VILLAGE),
    )
    connection.close()


def test_a_code_stands_on_a_line_of_its_own_and_is_kept_as_a_hash(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "code", VILLAGE)
    (line,) = out.splitlines()
    assert code == 0
    connection = opened(folder)
    found = StoredCodes(connection).find(hash_code(normalise(line)))
    assert found is not None
    assert found.village == VILLAGE
    assert line not in "\n".join(connection.iterdump())
    (noted,) = StoredLog(connection).lines(VILLAGE)
    assert (noted.actor, noted.type) == ("system:cli", "CodeIssued")
    connection.close()


def test_two_codes_are_not_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "code", VILLAGE)[1] != run(capsys, "code", VILLAGE)[1]


@pytest.mark.parametrize(("name", "told"), [("八景镇/上堡村", "八景镇/上保村"), ("没有这个", "八景镇/上保村")])
def test_an_unknown_village_is_one_sentence_with_what_is_near(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, told: str
) -> None:
    code, out, err = run(capsys, "code", name)
    assert code != 0
    assert out == ""
    assert told in err
    assert "Traceback" not in err


def test_the_register_shows_group_and_dates_but_no_account(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put_admin(folder)
    _, out, _ = run(capsys, "list")
    assert "八景镇：" in out
    assert "上保一组群" in out
    assert "没用过" in out
    assert "o-secret" not in out


def test_a_binding_is_released_by_its_number_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put_admin(folder)
    assert run(capsys, "release", "abcdef")[0] == 0
    code, _, err = run(capsys, "release", "abcdef")
    assert code != 0
    assert "没有正在用的管理员" in err
    assert "共 0 个" in run(capsys, "list")[1]
    assert "解除" in run(capsys, "list", "八景镇", "--all")[1]


def test_a_code_that_replaces_names_a_binding_of_the_village(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put_admin(folder)
    assert run(capsys, "code", VILLAGE, "--replaces", "abcdef")[0] == 0
    assert run(capsys, "code", VILLAGE, "--replaces", "fff")[0] != 0


def test_pastes_are_read_line_by_line_without_a_database(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps({"id": "a", "text": PASTE}) + "\n"))
    _, out, _ = run(capsys, "parse", "--jsonl")
    (line,) = [json.loads(one) for one in out.splitlines()]
    assert line["id"] == "a"
    assert [one["asker"] for one in line["questions"]] == ["钱三甲"]
    assert "钱三甲" not in line["card"]
    assert not (folder / DATABASE).exists()
