"""Open questions that ask the same stand together, those that only share a matter do not."""

from functools import cache

from hypothesis import given, settings, strategies as st

from knowledge.base import KnowledgeBase
from tests.knowledge.entries import ENTRIES, SYNONYMS


@cache
def base() -> KnowledgeBase:
    """The invented entries."""
    return KnowledgeBase.build(ENTRIES, SYNONYMS, (), "v-test")


def together(*texts: str) -> set[tuple[str, ...]]:
    """The groups of *texts*."""
    return {tuple(texts[place] for place in group) for group in base().alike(texts)}


def test_the_same_question_in_other_words_is_one_gap() -> None:
    pigs = ("猪得病死了有没有补贴", "请问猪得病死了有补贴吗", "猪病死了有补贴没")

    assert together(*pigs, "建材市场搬到哪里去了") == {pigs, ("建材市场搬到哪里去了",)}


def test_a_shared_matter_or_shared_little_words_are_not_the_same_question() -> None:
    texts = ("社保卡丢了怎么补", "社保卡上的钱能不能取现", "建材市场在哪", "菜市场的摊位费是多少")

    assert len(together(*texts)) == len(texts)


def test_everyday_words_and_official_terms_meet() -> None:
    texts = ("社保卡异地能不能用", "社会保障卡异地能不能用")

    assert together(*texts) == {texts}


@settings(max_examples=30)
@given(st.lists(st.text(max_size=12), max_size=8))
def test_every_question_stands_in_one_group_and_the_first_leads(texts: list[str]) -> None:
    groups = base().alike(texts)

    assert sorted(place for group in groups for place in group) == list(range(len(texts)))
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)
    assert all(list(group) == sorted(group) for group in groups)
