"""Codes, admins and nicknames as they are kept: whole, erasable, and never raw."""

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from casework.china_time import SHANGHAI
from casework.village.admins import Change, admin_of, bind, name_group, release, used
from casework.village.codes import IssuedCode, issue
from casework.village.duties import Publication, Settings
from casework.village.duty_items import Frequency
from casework.village.gathering import Gathering
from casework.village.outputs import ApprovedText, Fact
from casework.village.texts import VillageText
from storage import residents
from storage.database import connect
from storage.migrations import migrate
from storage.times import to_ms
from storage.village_admins import StoredAdmins, forget
from storage.village_codes import StoredCodes, hash_code
from storage.village_pastes import MOST_KEPT, NAMES_FOR, HeldGatherings, Memory, StoredAliases
from storage.village_publications import StoredPublications, StoredRules
from storage.village_texts import StoredTexts

NOON = datetime(2026, 11, 24, 12, tzinfo=SHANGHAI)
VILLAGE = "八景镇/虎山社区"
CODE = issue("K7MPW-3XHDA", VILLAGE, NOON, "zhiban1", hash_code)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    connection = connect(":memory:")
    migrate(connection)
    yield connection
    connection.close()


def bound(db: sqlite3.Connection, openid: str = "o-zhou", village: str = VILLAGE) -> StoredAdmins:
    """A register with one more admin."""
    book = StoredAdmins(db)
    code = IssuedCode("hash", village, NOON, "zhiban1")
    change = bind(f"admin-{openid[2:]}", openid, code, NOON, book.of_account(openid))
    assert isinstance(change, Change)
    book.put_down(change)
    return book


def test_a_code_is_found_by_its_hash_and_by_no_other(db: sqlite3.Connection) -> None:
    book = StoredCodes(db)
    book.add(CODE)
    assert book.find(hash_code("K7MPW3XHDA")) == CODE
    assert book.find(hash_code("K7MPW3XHDC")) is None
    assert book.issued() == [CODE]


def test_a_used_and_a_withdrawn_code_come_back_as_they_were(db: sqlite3.Connection) -> None:
    book = StoredCodes(db)
    book.add(CODE)
    changed = IssuedCode(CODE.hashed, VILLAGE, NOON, "zhiban1", "", NOON, NOON + timedelta(hours=1))
    book.save(changed)
    assert book.find(CODE.hashed) == changed


def test_the_same_code_is_not_put_down_twice(db: sqlite3.Connection) -> None:
    book = StoredCodes(db)
    book.add(CODE)
    with pytest.raises(sqlite3.IntegrityError):
        book.add(CODE)


def test_wrong_tries_are_counted_for_each_account(db: sqlite3.Connection) -> None:
    book = StoredCodes(db)
    for minutes in (0, 30, 90):
        book.note_wrong_try("o-zhou", NOON + timedelta(minutes=minutes))
    assert len(book.wrong_tries("o-zhou", NOON + timedelta(minutes=30))) == 2
    assert book.wrong_tries("o-wu", NOON) == []


def test_an_admin_comes_back_as_they_were(db: sqlite3.Connection) -> None:
    book = bound(db)
    (admin,) = book.of_account("o-zhou")
    book.put_down(name_group(admin, "虎山一组群", NOON))
    (named,) = book.of_village(VILLAGE)
    book.save(used(named, NOON + timedelta(hours=1)))
    book.put_down(release(named, NOON + timedelta(days=1), "staff:zhiban1"))
    (ended,) = book.of_town("八景镇")
    assert (ended.group, ended.active, ended.ending) == ("虎山一组群", False, "解除")
    assert admin_of("o-zhou", book.everyone()) is None


def test_the_log_names_bindings_and_never_accounts(db: sqlite3.Connection) -> None:
    book = bound(db)
    book.put_down(release(book.of_account("o-zhou")[0], NOON, "staff:zhiban1"))
    rows = [tuple(row) for row in db.execute("SELECT * FROM village_events")]
    assert [row[4:] for row in rows] == [("AdminBound", ""), ("AdminEnded", "解除")]
    assert "o-zhou" not in str([row[1:] for row in rows])


def test_the_register_of_a_town_holds_no_other_town(db: sqlite3.Connection) -> None:
    bound(db)
    bound(db, "o-wu", "瑞州街道/瑞州社区")
    assert [admin.village for admin in StoredAdmins(db).of_town("瑞州街道")] == ["瑞州街道/瑞州社区"]


def test_forgetting_an_account_releases_it_and_keeps_the_log(db: sqlite3.Connection) -> None:
    bound(db)
    StoredCodes(db).note_wrong_try("o-zhou", NOON)
    forget(db, "o-zhou", to_ms(NOON))
    (admin,) = StoredAdmins(db).everyone()
    assert (admin.openid, admin.ending) == ("", "取消关注")
    assert db.execute("SELECT count(*) FROM village_events").fetchone()[0] == 2
    assert StoredCodes(db).wrong_tries("o-zhou", NOON) == []


def test_erasing_a_person_erases_the_admin_too(db: sqlite3.Connection) -> None:
    bound(db)
    residents.touch(db, "o-zhou", "message", to_ms(NOON))
    residents.erase(db, "o-zhou", to_ms(NOON))
    dump = [row for row in db.iterdump() if "o-zhou" in row]
    assert dump == []


def test_what_was_pasted_stays_in_memory(db: sqlite3.Connection) -> None:
    held = HeldGatherings(db, Memory())
    gathering = Gathering(NOON, NOON, texts=("钱三甲: 低保怎么申请",))
    held.hold("o-zhou", gathering)
    assert held.of_account("o-zhou") == gathering
    assert "低保" not in "\n".join(db.iterdump())
    assert held.closed(NOON) == []
    assert held.closed(NOON + timedelta(seconds=20)) == ["o-zhou"]


def test_a_paste_is_gone_with_its_account(db: sqlite3.Connection) -> None:
    memory = Memory()
    held = HeldGatherings(db, memory)
    held.hold("o-zhou", Gathering(NOON, NOON, texts=("钱三甲: 低保怎么申请",)))
    forget(db, "o-zhou", to_ms(NOON))
    assert held.of_account("o-zhou") is None
    assert not memory.gatherings


def test_only_an_unanswered_paste_counts_as_lost_and_once(db: sqlite3.Connection) -> None:
    held = HeldGatherings(db, Memory())
    held.hold("o-zhou", Gathering(NOON, NOON, texts=("甲: 话",)))
    held.hold("o-wu", Gathering(NOON, NOON, texts=("甲: 话",), answered=1))
    after = HeldGatherings(db, Memory())
    assert after.lost(NOON + timedelta(seconds=30)) == []
    assert after.lost(NOON + timedelta(minutes=5)) == ["o-zhou"]
    assert after.lost(NOON + timedelta(minutes=5)) == []


def test_memory_holds_few_pastes_and_nicknames_for_half_an_hour(db: sqlite3.Connection) -> None:
    memory = Memory()
    aliases = StoredAliases(db, memory)
    for number in range(MOST_KEPT + 5):
        aliases.remember(f"o-{number}", ("钱三甲",), NOON)
    assert len(memory.askers) == MOST_KEPT
    assert aliases.last("o-0", NOON) == ()
    assert aliases.last("o-9", NOON + NAMES_FOR - timedelta(seconds=1)) == ("钱三甲",)
    assert aliases.last("o-9", NOON + NAMES_FOR) == ()
    assert memory.is_due(NOON + NAMES_FOR)
    aliases.forget_old(NOON + NAMES_FOR)
    assert not memory.askers


def test_a_resident_is_asked_once_and_their_village_is_kept(db: sqlite3.Connection) -> None:
    residents.touch(db, "o-wu", "follow", to_ms(NOON))
    known = residents.StoredResidents(db, NOON)
    assert known.home("o-wu") == ""
    assert known.ask_once("o-wu", VILLAGE)
    assert not known.ask_once("o-wu", VILLAGE)
    known.settle("o-wu", VILLAGE)
    assert known.home("o-wu") == VILLAGE
    assert known.home("o-nobody") == ""


def published(village: str, item: str = "C03", day: date = date(2026, 11, 24), number: int = 1) -> Publication:
    return Publication(item, village, day, "公开栏", "", f"p{number}", "admin:a1", NOON)


def test_what_was_published_comes_back_newest_first_and_the_last_of_each_item_for_a_town(
    db: sqlite3.Connection,
) -> None:
    book = StoredPublications(db)
    older, newer = published("八景镇/上保村", day=date(2026, 10, 1)), published("八景镇/上保村", number=2)
    other = published(VILLAGE, "S01", number=3)
    for one in (older, newer, other):
        book.add(one)
    assert book.of_village("八景镇/上保村") == [newer, older]
    assert book.of_town("八景镇") == {"八景镇/上保村": [newer], VILLAGE: [other]}
    assert book.of_town("瑞州街道") == {}


def test_what_was_taken_back_is_kept_with_who_did_it_and_counts_no_more(db: sqlite3.Connection) -> None:
    book = StoredPublications(db)
    book.add(published(VILLAGE))
    book.take_back("p1", NOON, "staff:zhen1")
    assert book.get("p1") is None
    assert [tuple(row) for row in db.execute("SELECT withdrawn_by FROM village_publications")] == [("staff:zhen1",)]


def test_what_the_town_settled_comes_back_as_it_was(db: sqlite3.Connection) -> None:
    book = StoredRules(db)
    settled = Settings(date(2026, 1, 1), True, {"C12": Frequency.QUARTERLY})
    book.put("八景镇/上保村", Settings(date(2025, 1, 1)))
    book.put("八景镇/上保村", settled)
    assert book.of_village("八景镇/上保村") == settled
    assert book.of_town("八景镇") == {"八景镇/上保村": settled}
    assert book.of_village(VILLAGE) is None


def test_a_notice_comes_back_whole_and_the_same_revision_is_not_saved_twice(db: sqlite3.Connection) -> None:
    content = ApprovedText("标题", (Fact("时间", "今天"),), ("一句。",), "示例", date(2026, 11, 24), "示例镇")
    book, text = StoredTexts(db), VillageText("n1", "八景镇", "", content, "zhen1")
    book.save(text, "起草", "zhen1", NOON)
    assert book.get("n1") == text
    assert book.of_towns(("八景镇", "瑞州街道")) == [text]
    assert book.of_towns(()) == []
    assert [step.type for step in book.steps("n1")] == ["起草"]
    with pytest.raises(sqlite3.IntegrityError):
        book.save(text, "修改", "zhen1", NOON)
