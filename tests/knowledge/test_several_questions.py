"""Every question of a message is answered, asked back, or named as not known: none is lost."""

from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.clauses import clauses_in
from knowledge.model import Answer, Choice, Door, Unknown
from knowledge.text import tidy
from knowledge.usual import usual

ROOT = Path(__file__).parents[2]


def _told(base: KnowledgeBase, text: str) -> list[str]:
    told = []
    for item in base.understand(text).asked:
        match item.outcome:
            case Answer(match=found):
                told.append(found.entry_id)
            case Choice():
                told.append("choice")
            case Unknown():
                told.append("unknown")
    return told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("低保怎么申请？多大可以结婚？", ["guide:apply-dibao", "faq:marriage-age"]),
        ("低保怎么申请，多大可以结婚", ["guide:apply-dibao", "faq:marriage-age"]),
        ("低保怎么申请？高安市社保局电话多少？", ["guide:apply-dibao", "unknown"]),
        ("高安市社保局电话多少？低保怎么申请？", ["unknown", "guide:apply-dibao"]),
        ("结婚要带什么，还有能不能在外地领证", ["guide:marriage-registration"]),
        ("补贴怎么领？多大可以结婚？", ["choice", "faq:marriage-age"]),
    ],
)
def test_each_question_is_told_in_the_order_of_the_message(base: KnowledgeBase, text: str, told: list[str]) -> None:
    assert _told(base, text) == told


def test_a_story_around_the_questions_is_no_question(base: KnowledgeBase) -> None:
    told = _told(
        base,
        "你好，我想问下我妈72岁了，户口在农村，去年摔了腿现在走路不方便，我爸走得早，家里就靠我在外面打工，"
        "想问一下高龄津贴怎么领，还有残疾证去哪里办",
    )

    assert told == ["guide:old-age-allowance", "guide:disability-certificate"]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("身份证丢了怎么补，要多少钱，在哪办", 1),
        ("退休金什么时候发,发多少", 1),
        ("我家是农村的，想盖房子", 1),
        ("离婚要去哪里办，孩子归谁，房子怎么分", 3),
        ("1、残疾证怎么办 2、低保要什么条件 3、公租房怎么申请", 3),
    ],
)
def test_sides_stay_with_their_matter_and_matters_part(text: str, clauses: int) -> None:
    assert len(clauses_in(tidy(text), 120)) == clauses


def test_what_follows_without_its_matter_is_read_with_what_stood_before() -> None:
    _, second = clauses_in(tidy("办社保卡要带什么，多久能拿到，丢了去哪补"), 120)

    assert second.text == "丢了去哪补"
    assert second.context[0].startswith("办社保卡要带什么")


def test_small_words_that_mean_the_same_compare_as_the_same() -> None:
    assert usual("如何办护照呢") == usual("咋个办护照") == "怎么办护照"
    assert usual("能不能代办") == usual("可以代办吗")


@pytest.mark.parametrize("word", ["结婚", "生孩子", "贷款", "补贴", "疫苗", "残疾"])
def test_a_bare_word_asks_which_is_meant(base: KnowledgeBase, word: str) -> None:
    """It says hardly anything, and yet it is no chat and names no entry by itself."""
    understood = base.understand(word)
    assert understood.door is Door.QUESTION
    assert _told(base, word) == ["choice"]


def test_what_shares_only_small_words_is_not_offered(base: KnowledgeBase) -> None:
    assert _told(base, "庙里的钟坏了谁修") == ["unknown"]


@pytest.mark.parametrize(
    ("text", "entry"),
    [("低保申请书咋写", "guide:apply-dibao"), ("社保卡掉了那里可以补办", "guide:social-card-reissue")],
)
def test_a_question_with_a_matter_of_its_own_does_not_go_on_about_the_last_one(
    base: KnowledgeBase, text: str, entry: str
) -> None:
    understood = base.understand(text)
    assert _told(base, text) == [entry]
    assert understood.follows is None


@pytest.mark.parametrize("text", ["去哪个派出所", "我爸瘫在床上去不了", "小孩的呢", "那要是贷款没还完呢"])
def test_who_goes_along_or_another_case_goes_on_about_the_last_answer(base: KnowledgeBase, text: str) -> None:
    assert base.understand(text).follows is not None


@pytest.mark.parametrize("text", ["人呢", "你呢", "那跟妈妈姓可以吗", "身份证怎么补"])
def test_what_has_another_matter_or_none_does_not_go_on(base: KnowledgeBase, text: str) -> None:
    assert base.understand(text).follows is None
