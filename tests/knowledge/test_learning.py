"""What staff teach: the files it makes, what is refused, and that "not this" is heeded."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from knowledge.base import KnowledgeBase
from knowledge.learning import (
    AddAlias,
    AddPhrasing,
    AddSynonym,
    AddWord,
    Change,
    NotLearnedError,
    NotThis,
    changed,
    described,
)
from knowledge.library import Library, LibraryError, load, texts
from knowledge.model import Answer, Choice, Outcome, Unknown
from knowledge.reading.pairs import FILE, MarkedPair
from knowledge.text_edits import EditError, with_list_item
from knowledge.why import explained, printed
from tests.knowledge.entries import ENTRIES, SYNONYMS

CATALOGS = Path(__file__).parents[1] / "fixtures" / "catalogs"
DIBAO = "guide:apply-dibao"


@pytest.fixture(scope="module")
def library() -> Library:
    return load(CATALOGS)


@pytest.fixture(scope="module")
def held() -> dict[str, str]:
    return texts(CATALOGS)


@pytest.mark.parametrize(
    "change",
    [
        AddPhrasing(DIBAO, "屋里冇得钱找国家要点钱"),
        AddPhrasing("disclosure:20-001", "吃低保的名单贴在哪"),
        AddPhrasing("faq:marriage-age", "好大年纪能扯证: #1"),
        AddAlias(DIBAO, "低保金"),
        AddSynonym("劳保卡", "社会保障卡", "俗称", "本市居民说法"),
        AddSynonym("农合", "社会保障卡", "俗称", "本市居民说法"),
        AddWord("劳保卡"),
        NotThis("老人补贴", DIBAO, "居民说没用"),
    ],
)
def test_a_change_makes_files_that_load_and_says_only_that_much_more(
    change: Change, library: Library, held: dict[str, str]
) -> None:
    new = changed(change, held, library.entries)
    after = load(CATALOGS, new)

    (path,) = new
    gone = [line for line in held.get(path, "").splitlines() if line not in new[path].splitlines()]
    assert len(gone) <= 1, "at most the line that was added to"
    match change:
        case AddPhrasing(entry_id, words):
            assert after.entries[entry_id].phrasings == (*library.entries[entry_id].phrasings, words)
        case AddAlias(entry_id, name):
            assert after.entries[entry_id].aliases == (*library.entries[entry_id].aliases, name)
        case AddSynonym(said, standard, _, _):
            assert [one.standard for one in after.lexicon if one.said == said] == [standard]
        case AddWord(word):
            assert after.words == (*library.words, word)
        case NotThis(words, entry_id, origin):
            assert after.not_this == (MarkedPair(words, entry_id, origin),)
    assert described(change, library.entries)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (AddPhrasing("guide:none", "随便问问"), "没有“guide:none”"),
        (AddPhrasing(DIBAO, "低保怎么申请？"), "已经是这条的问法"),
        (AddPhrasing("faq:marriage-age", "低保怎么申请"), "申请最低生活保障"),
        (AddPhrasing(DIBAO, "我电话13800000000，低保咋办"), "个人信息"),
        (AddPhrasing(DIBAO, "低保；怎么办"), "分号"),
        (AddPhrasing(DIBAO, "=HYPERLINK(1)"), "开头"),
        (AddPhrasing(DIBAO, "一\n二"), "换行"),
        (AddPhrasing(DIBAO, "长" * 61), "2 到 60 个字"),
        (AddAlias(DIBAO, "低保"), "已经是这条的名称"),
        (AddSynonym("农合", "城乡居民医保", "旧名", "通行说法"), "已经有了"),
        (AddSynonym("农合", "农合", "旧名", "通行说法"), "一样"),
        (AddSynonym("劳保卡", "社会保障卡", "外号", "通行说法"), "种类只能是"),
        (AddWord("低保"), "已经在词表里"),
    ],
)
def test_what_cannot_be_taught_is_refused_with_the_reason(
    change: Change, why: str, library: Library, held: dict[str, str]
) -> None:
    with pytest.raises(NotLearnedError, match=why):
        changed(change, held, library.entries)


def test_a_pair_is_marked_once(library: Library, held: dict[str, str]) -> None:
    mark = NotThis("老人补贴", DIBAO, "居民说没用")
    once = changed(mark, held, library.entries)

    with pytest.raises(NotLearnedError, match="标过了"):
        changed(mark, {**held, **once}, library.entries)
    twice = changed(NotThis("老人津贴", DIBAO, "居民说没用"), {**held, **once}, library.entries)
    assert len(load(CATALOGS, twice).not_this) == 2


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("问法: [甲]  # 说明\n", "问法: [甲, 新的]  # 说明\n"),
        ("问法: []\n名称: 乙\n", "问法: [新的]\n名称: 乙\n"),
        ("问法:\n  - 甲  # 说明\n  # 末尾\n名称: 乙\n", "问法:\n  - 甲  # 说明\n  - 新的\n  # 末尾\n名称: 乙\n"),
        ("名称: 乙\n问法:\n- 甲", "名称: 乙\n问法:\n- 甲\n- 新的"),
        ("问法: [甲,\n  乙,\n]\n", "问法: [甲,\n  乙, 新的\n]\n"),
    ],
)
def test_a_list_grows_where_it_stands_and_comments_stay(text: str, after: str) -> None:
    assert with_list_item(text, "问法", "新的") == after


@pytest.mark.parametrize("text", ["问法: 甲\n", "名称: 乙\n", "问法: [甲 # 说明\n ]\n", "- 甲\n", "问法: [", ""])
def test_what_cannot_be_added_to_safely_is_left_to_people(text: str) -> None:
    with pytest.raises(EditError):
        with_list_item(text, "问法", "新的")


@settings(max_examples=60)
@given(st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=30))
def test_any_words_come_back_from_the_file_as_they_went_in(words: str) -> None:
    for text in ("问法: [甲]\n名称: 乙\n", "问法:\n  - 甲\n名称: 乙\n"):
        try:
            with_list_item(text, "问法", words)  # checks itself that the list is the old one and the words
        except EditError:
            pytest.fail(f"{words!r} was refused")


def heads(outcome: Outcome) -> list[str]:
    match outcome:
        case Answer(match=found):
            return [found.entry_id]
        case Choice(options=options):
            return [one.entry_id for one in options]
        case Unknown():
            return []


@cache
def base_with(*pairs: MarkedPair) -> KnowledgeBase:
    """The invented entries with marks on them."""
    return KnowledgeBase.build(ENTRIES, SYNONYMS, (), "v-test", not_this=pairs)


def test_what_is_marked_is_not_answered_with_that_entry_nor_is_what_is_nearly_the_same() -> None:
    plain, marked = base_with(), base_with(MarkedPair("低保的钱哪天到卡上", "guide:dibao", "居民说没用"))

    for words in ("低保的钱哪天到卡上", "低保的钱哪天到卡里", "你好，低保的钱哪天到卡上？"):
        assert "guide:dibao" in heads(plain.look_up(words))
        assert "guide:dibao" not in heads(marked.look_up(words))
        assert not any("guide:dibao" in heads(asked.outcome) for asked in marked.understand(words).asked)


def test_a_mark_takes_nothing_from_what_is_the_entrys_own() -> None:
    plain, marked = base_with(), base_with(MarkedPair("低保的钱哪天到卡上", "guide:dibao", "居民说没用"))

    for entry in ENTRIES:
        for phrasing in entry.phrasings:
            assert marked.look_up(phrasing) == plain.look_up(phrasing)


def test_a_mark_of_an_entry_that_is_gone_says_nothing() -> None:
    assert base_with(MarkedPair("低保怎么申请", "guide:gone", "测试")).look_up("低保怎么申请") == base_with().look_up(
        "低保怎么申请"
    )


def test_a_broken_list_of_marks_names_its_line() -> None:
    with pytest.raises(LibraryError, match=rf"{FILE}:2"):
        load(CATALOGS, {FILE: "说法,不是,出处\n老人补贴,,测试\n"})


def test_the_same_text_and_version_are_explained_the_same() -> None:
    words = "低保要带什么？我妈能不能代办，路灯坏了没人修"
    again = KnowledgeBase.build(ENTRIES, SYNONYMS, (), "v-test")

    assert explained(again, words) == explained(base_with(), words)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("社保卡丢了怎么补", ["问事", "直接答", "第二名", "才直接答", "v-test", "用词相似"]),
        ("家里煤气泄漏了", ["危险：", "119"]),
        ("路灯坏了三天没人修", ["要办事", "求助"]),
        ("你好", ["闲聊", "打招呼"]),
        ("", ["原话"]),
        ("zzzz", ["原话"]),
    ],
)
def test_an_explanation_says_in_chinese_what_decided(words: str, wanted: list[str]) -> None:
    told = "\n".join(printed(explained(base_with(), words)))

    assert [one for one in wanted if one not in told] == []
