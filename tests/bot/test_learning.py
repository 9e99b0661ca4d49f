"""Learning under guard, as an operator and as the console does it, on real catalogs and in a real child process."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import assembly
from bot.cli import commands
from bot.cli.root import cli
from bot.lessons import StoredLessons
from bot.replaying import GOLDEN, Job, NotReplayedError, golden, replayed, replayed_aside
from bot.serve import open_database
from casework.china_time import SHANGHAI
from casework.learning import LearningRefused, State
from casework.staff import Role, Staff
from handlers.services import AskedQuestion
from knowledge.learning import AddPhrasing, AddSynonym, Change, NotLearnedError, NotThis, changed
from knowledge.library import texts
from knowledge.model import Answer
from knowledge.replay import Case, Kind, Replay, Told, compared, own_cases, phrasing_cases, standings
from storage import learning, overlay
from storage.database import Database
from storage.overlay import Act
from storage.questions import StoredQuestions

ROOT = Path(__file__).parents[2]
FIXTURE = ROOT / "tests" / "fixtures" / "catalogs"
DIBAO = "guide:apply-dibao"
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=SHANGHAI)
AUTHOR, REVIEWER = Staff("zhiban1", Role.DUTY), Staff("shenhe1", Role.REVIEWER)


def silent(words: str) -> None:
    """Hear how far a replay is."""


@dataclass(frozen=True)
class Shipped:
    """The shipped knowledge with a part of what a replay asks it, already asked."""

    holder: assembly.Holder
    cases: list[Case]
    told: list[Told]

    def replayed(self, change: Change) -> Replay:
        """Weigh *change* on all golden questions and one phrasing in twelve."""
        entries = self.holder.library.entries
        new = changed(change, texts(assembly.CATALOGS), entries)
        after = assembly.load_knowledge(assembly.CATALOGS, None, new)
        own = list(own_cases(change, entries))
        before = [*standings(self.holder.base, own), *self.told]
        return compared([*own, *self.cases], before, standings(after.base, [*own, *self.cases]))


@pytest.fixture(scope="module")
def shipped() -> Shipped:
    holder = assembly.load_knowledge()
    cases = [*golden(assembly.CATALOGS), *list(phrasing_cases(holder.library.entries.values()))[::12]]
    return Shipped(holder, cases, standings(holder.base, cases))


def bot(data: Path, *words: str) -> tuple[int, str]:
    commands.register(cli)
    done = CliRunner().invoke(cli, words, env={"BOT_DATA_DIR": str(data)})
    return done.exit_code, done.output


def test_the_shipped_replay_set_is_the_golden_set() -> None:
    assert (assembly.CATALOGS / GOLDEN).read_bytes() == (ROOT / "tests" / "golden" / "questions.jsonl").read_bytes()


def test_a_poisoned_synonym_is_refused_with_what_would_flip(shipped: Shipped) -> None:
    told = shipped.replayed(AddSynonym("低保", "护照", "俗称", "测试"))

    assert told.refused
    assert told.first_after < told.first_before
    assert any("护照" in flip.before or "低保" in flip.before for flip in told.flips)


def test_a_true_synonym_mends_its_own_and_loses_nothing(shipped: Shipped) -> None:
    told = shipped.replayed(AddSynonym("吃劳保", "退休", "俗称", "测试"))

    assert told.refused == ""
    assert told.own_after > told.own_before
    assert told.first_after >= told.first_before


def test_a_new_phrasing_on_one_entry_takes_no_answer_from_another(shipped: Shipped) -> None:
    told = shipped.replayed(AddPhrasing(DIBAO, "屋里冇得钱找国家要点钱"))

    assert (told.refused, told.own_after) == ("", 1)
    assert told.asked_back <= 3


def test_what_residents_called_useful_blocks_a_mark_against_it() -> None:
    useful = Case("低保怎么申请呀", DIBAO, Kind.USEFUL)
    job = Job(FIXTURE, None, {}, learning.packed(NotThis("低保怎么申请呀", DIBAO, "测试")), (useful,))

    assert [flip.text for flip in replayed(job, silent).flips if flip.kind == Kind.USEFUL] == ["低保怎么申请呀"]


async def test_a_replay_that_takes_too_long_has_no_result() -> None:
    job = Job(FIXTURE, None, {}, learning.packed(AddPhrasing(DIBAO, "屋里冇得钱找国家要点钱")))

    with pytest.raises(NotReplayedError, match="没有跑完"):
        await replayed_aside(job, silent, longest=0.05)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("phrasing", DIBAO, "低保怎么申请", "--apply"), "--by"),
        (("phrasing", DIBAO, "好办", "--apply", "--by", "张三甲", "--reviewer", " 张三甲 "), "自己提的不能自己审核"),
        (("phrasing", "guide:none", "随便问问"), "没有“guide:none”"),
        (("synonym", "低保", "最低生活保障"), "已经有了"),
    ],
)
def test_the_command_says_why_it_writes_nothing(tmp_path: Path, words: tuple[str, ...], why: str) -> None:
    code, told = bot(tmp_path, "learn", *words)

    assert code == 1
    assert why in told
    assert list(tmp_path.iterdir()) == []


def test_an_operator_teaches_a_phrasing_and_two_names_stand_in_the_version(tmp_path: Path) -> None:
    code, told = bot(
        tmp_path,
        "learn",
        "phrasing",
        DIBAO,
        "屋里冇得钱找国家要点钱",
        "--apply",
        "--by",
        "张三甲",
        "--reviewer",
        "李四乙",
    )

    assert code == 0, told
    assert "没有一句答对的会变错" in told
    assert "张三甲，审核 李四乙" in bot(tmp_path, "catalog", "versions")[1]
    assert "问法：增加“屋里冇得钱找国家要点钱”" in bot(tmp_path, "catalog", "diff", "0")[1]


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    made = open_database(tmp_path)
    made.start()
    yield made
    made.close()


@pytest.fixture
async def lessons(database: Database, tmp_path: Path) -> AsyncIterator[StoredLessons]:
    made = StoredLessons(database, FIXTURE, tmp_path / "cache", lambda: NOW)
    yield made
    await made.close()


async def test_a_proposal_is_replayed_aside_accepted_by_another_and_in_force(
    lessons: StoredLessons, database: Database
) -> None:
    made = await lessons.propose(AddPhrasing(DIBAO, "屋里冇得钱找国家要点钱"), AUTHOR)
    with pytest.raises(LearningRefused, match="还没有用现在的资料重放"):
        await lessons.accept(made.id, REVIEWER)
    await lessons.settled()
    found = await lessons.get(made.id)
    assert found is not None
    assert found.replay is not None, found
    assert found.replay.refused == ""
    with pytest.raises(LearningRefused, match="不能"):
        await lessons.accept(made.id, AUTHOR)

    await lessons.accept(made.id, REVIEWER)

    files = await database.read(overlay.files)
    base = assembly.load_knowledge(FIXTURE, None, files).base
    answer = base.look_up("屋里冇得钱找国家要点钱")
    assert isinstance(answer, Answer)
    assert answer.match.entry_id == DIBAO
    (version,) = await database.read(overlay.versions)
    assert (version.act.author, version.act.reviewer) == ("zhiban1", "shenhe1")
    assert (await lessons.everything())[0].state is State.ACCEPTED


async def test_knowledge_that_changed_meanwhile_asks_for_another_replay(
    lessons: StoredLessons, database: Database
) -> None:
    made = await lessons.propose(NotThis("老人补贴", DIBAO, "居民说没用"), AUTHOR)
    await lessons.settled()
    act = Act("王五丙", "", 1, "别的改动")
    await database.write(lambda connection: overlay.put(connection, {"faq/gone.yaml": None}, act))

    with pytest.raises(LearningRefused, match="重放"):
        await lessons.accept(made.id, REVIEWER)
    assert list(await database.read(overlay.files)) == ["faq/gone.yaml"]


async def test_a_change_that_cannot_be_made_is_no_proposal(lessons: StoredLessons) -> None:
    with pytest.raises(NotLearnedError):
        await lessons.propose(AddPhrasing("guide:none", "随便问问"), AUTHOR)
    assert await lessons.everything() == []


async def test_only_undisputed_answers_are_replayed(database: Database) -> None:
    def question(name: str, outcome: str = "answer", entry: str = DIBAO, unresolved: str = "") -> AskedQuestion:
        due = date(2026, 11, 25) if unresolved else None
        return AskedQuestion(name, "oTEST", f"问{name}", NOW, outcome, entry, (), "v1", "", "", unresolved, due)

    def work(connection) -> tuple[Case, ...]:
        log = StoredQuestions(connection)
        for one in (question("甲"), question("乙"), question("丙"), question("丁", unresolved="没解决")):
            log.add(one)
        log.add(question("戊", outcome="unknown", entry=""))
        log.rate("乙", True)
        log.rate("丙", False)
        return learning.asked(connection)

    found = await database.write(work)

    assert {(case.text, case.kind) for case in found} == {("问甲", Kind.ASKED), ("问乙", Kind.USEFUL)}
