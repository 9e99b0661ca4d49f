"""A holiday notice that comes late: read, checked, and every open case recounted with both dates told."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.calendars import combined
from bot.parts import hash_code, make_desk
from bot.serve import DATABASE, open_database
from bot.settings import Settings
from casework.china_time import SHANGHAI
from casework.staff import Resident
from casework.tickets.desk import Opening, open_ticket
from casework.tickets.model import Kind, TextKind
from casework.tickets.timing_events import DueRecomputed
from storage.database import connect, transaction
from storage.tickets import StoredTickets

HEAD = "日期,类型,名称,来源,状态\n"
NOTICE = HEAD + "".join(f"2027-02-{day:02d},放假,春节,测试用的通知,已确认\n" for day in range(5, 12))
ZHANG = Resident("oTEST-zhangsanjia_000000000A")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An installation with one complaint of 1 February 2027, whose date is provisional."""
    open_database(tmp_path).close()
    connection = connect(tmp_path / DATABASE)
    settings = Settings()
    with transaction(connection):
        desk = make_desk(
            connection,
            datetime(2027, 2, 1, 9, tzinfo=SHANGHAI),
            combined({}),
            settings.limit_rules(),
            settings.inner_limits(),
        )
        opening = Opening(Kind.COMPLAIN, ((TextKind.DEMAND, "路灯坏了"),), openid=ZHANG.openid)
        assert open_ticket(desk, opening, "0417", hash_code, ZHANG).due.provisional
    connection.close()
    return tmp_path


def imported(data: Path, text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    file = data / "2027.csv"
    file.write_text(text, "utf-8")
    monkeypatch.setenv("BOT_DATA_DIR", str(data))
    with pytest.raises(SystemExit):
        main(["calendar", "import", str(file)])
    told = capsys.readouterr()
    return told.out + told.err


def test_old_and_new_date_are_logged_told_and_owed_once(data: Path, capsys, monkeypatch) -> None:
    told = imported(data, NOTICE, capsys, monkeypatch)
    assert "GA20270201-0001 期限由 2027-02-09 改为 2027-02-12" in told

    connection = connect(data / DATABASE)
    log = [one.event for one in StoredTickets(connection).history("GA20270201-0001")]
    (event,) = [one for one in log if isinstance(one, DueRecomputed)]
    assert (event.old.isoformat(), event.new.isoformat(), event.provisional) == ("2027-02-09", "2027-02-12", False)
    (owed,) = connection.execute("SELECT body FROM outbox").fetchall()
    assert owed["body"].startswith("您登记的 GA20270201-0001 期限改了。新的期限：2027年2月12日")
    connection.close()

    again = imported(data, NOTICE, capsys, monkeypatch)
    assert "重新算了0件" in again


def test_a_notice_that_is_not_confirmed_changes_nothing(data: Path, capsys, monkeypatch) -> None:
    told = imported(data, NOTICE.replace("已确认", "待核"), capsys, monkeypatch)
    assert "没有导入" in told
    connection = connect(data / DATABASE)
    assert connection.execute("SELECT count(*) FROM outbox").fetchone()[0] == 0
    connection.close()
