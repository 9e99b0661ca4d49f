"""The knowledge base: look up, understand, browse, explain, cache."""

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.model import Answer, Asked, Choice, Context, Door, Facet, Outcome, Unknown
from tests.knowledge.entries import ENTRIES, SYNONYMS


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return KnowledgeBase.build(ENTRIES, SYNONYMS, (), "v-test")


def entries_of(outcome: Outcome) -> list[str]:
    match outcome:
        case Answer(match=found):
            return [found.entry_id]
        case Choice(options=options):
            return [option.entry_id for option in options]
        case Unknown():
            return []


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("低保怎么申请", "guide:dibao"),
        ("社保卡掉了那里可以补办", "guide:social-card-lost"),
        ("护照", "guide:passport"),
        ("護照去哪裡辦", "guide:passport"),
        ("户口怎么迁出去", "guide:hukou-out"),
        ("户口怎么迁进来", "guide:hukou-in"),
    ],
)
def test_everyday_words_lead_to_the_right_entry(base: KnowledgeBase, question: str, entry: str) -> None:
    assert entries_of(base.look_up(question))[0] == entry


def test_what_is_not_held_is_unknown(base: KnowledgeBase) -> None:
    assert isinstance(base.look_up("世界杯谁赢了"), Unknown)


def test_words_about_publishing_prefer_the_catalog_row(base: KnowledgeBase) -> None:
    assert entries_of(base.look_up("低保审核信息公示在哪看"))[0] == "disclosure:20-006"
    assert entries_of(base.look_up("低保找谁申请"))[0] == "guide:dibao"


def test_several_questions_are_each_answered(base: KnowledgeBase) -> None:
    asked = base.understand("社保卡丢了怎么补？护照去哪里办？").asked

    assert [entries_of(item.outcome)[0] for item in asked] == ["guide:social-card-lost", "guide:passport"]


def test_several_sides_of_one_matter_are_one_question(base: KnowledgeBase) -> None:
    asked = base.understand("护照去哪里办？要带什么？多少钱？").asked

    assert [entries_of(item.outcome) for item in asked] == [["guide:passport"]]


@pytest.mark.parametrize(
    ("follow_up", "facet"),
    [
        ("那要多久", Facet.TIME),
        ("在哪办", Facet.PLACE),
        ("我妈不会写字咋办", Facet.PROXY),
        ("要带什么", Facet.MATERIALS),
    ],
)
def test_a_follow_up_goes_on_about_the_last_answer(base: KnowledgeBase, follow_up: str, facet: Facet) -> None:
    understood = base.understand(follow_up, Context("guide:dibao"))

    assert understood.door is Door.QUESTION
    match understood.asked:
        case (Asked(facet=asked, outcome=Answer(match=found)),):
            assert (asked, found.entry_id) == (facet, "guide:dibao")
        case _:
            pytest.fail(f"not understood: {understood}")


def test_a_new_matter_is_no_follow_up(base: KnowledgeBase) -> None:
    understood = base.understand("护照去哪里办", Context("guide:dibao"))

    assert entries_of(understood.asked[0].outcome) == ["guide:passport"]


def test_a_greeting_is_chat_and_never_a_search_result(base: KnowledgeBase) -> None:
    understood = base.understand("你好")

    assert understood.door is Door.CHAT
    assert understood.asked == ()


def test_a_demand_keeps_its_kind_and_a_proposed_office(base: KnowledgeBase) -> None:
    understood = base.understand("路灯坏了怎么没人修")

    assert (understood.door, understood.demand) == (Door.DEMAND, "求助")
    assert understood.unit == "城市管理局"


def test_danger_with_a_question_is_still_answered(base: KnowledgeBase) -> None:
    understood = base.understand("煤气泄漏怎么预防")

    assert understood.danger is not None
    assert understood.danger.asks
    assert entries_of(understood.asked[0].outcome)[0] == "guide:gas"


@pytest.mark.parametrize("text", ["", "   ", "？", "\u200b", "😀😀", "a" * 5000, "低保" * 2000])
def test_any_message_is_understood_as_something(base: KnowledgeBase, text: str) -> None:
    understood = base.understand(text)

    assert understood.door is Door.CHAT or understood.asked


def test_the_same_text_and_version_always_give_the_same_result(base: KnowledgeBase) -> None:
    again = KnowledgeBase.build(ENTRIES, SYNONYMS, (), "v-test")

    for text in ("低保怎么申请", "社保卡", "户口", "残疾证"):
        assert again.understand(text) == base.understand(text)


def test_a_cached_index_decides_as_the_one_built(base: KnowledgeBase, tmp_path: Path) -> None:
    KnowledgeBase.build(ENTRIES, SYNONYMS, (), "v-test", tmp_path)
    cached = KnowledgeBase.build(ENTRIES, SYNONYMS, (), "v-test", tmp_path)

    assert len(list(tmp_path.glob("index-*.npz"))) == 1
    assert cached.understand("社保卡掉了那里可以补办") == base.understand("社保卡掉了那里可以补办")


def test_a_broken_cache_is_built_anew(tmp_path: Path) -> None:
    KnowledgeBase.build(ENTRIES, SYNONYMS, (), "v-test", tmp_path)
    (held,) = tmp_path.glob("index-*.npz")
    held.write_bytes(b"PK\x03\x04 broken")

    assert entries_of(KnowledgeBase.build(ENTRIES, SYNONYMS, (), "v-test", tmp_path).look_up("护照"))


def test_entries_are_browsed_by_type_and_domain(base: KnowledgeBase) -> None:
    assert base.domains() == ("社会保险", "社会救助", "户籍管理", "市政服务", "其他")
    assert [entry.id for entry in base.entries("disclosure")] == ["disclosure:20-006"]
    assert [entry.id for entry in base.entries("guide", "社会救助")] == ["guide:dibao"]
    assert base.entry("guide:passport") is not None
    assert base.entry("guide:none") is None


def test_every_decision_can_be_explained(base: KnowledgeBase) -> None:
    told = base.explain("社保卡丢了怎么补")

    assert told.version == "v-test"
    assert told.normalised == "社会保障卡丢了怎么补"
    assert dict(told.features)["cosine"] > 0
    assert told.runner_up


def test_an_empty_knowledge_base_says_unknown() -> None:
    assert isinstance(KnowledgeBase.build((), (), (), "v0").look_up("低保"), Unknown)


def test_entries_may_come_as_a_mapping() -> None:
    base = KnowledgeBase.build({entry.id: entry for entry in ENTRIES[:2]}, (), (), "v1")

    assert base.entry("guide:dibao") == replace(ENTRIES[0])
