"""The guard: what flips blocks, what helps does not."""

from knowledge.learning import AddPhrasing, AddSynonym, NotThis
from knowledge.replay import Case, Kind, Standing, Told, compared, own_cases, still_claimed
from tests.knowledge.entries import ENTRIES

HELD = {entry.id: entry for entry in ENTRIES}
CASE = Case("低保怎么申请", "guide:dibao", Kind.GOLDEN)
D, F, O, M, W = Standing.DIRECT, Standing.FIRST, Standing.OFFERED, Standing.MISSED, Standing.WRONG  # noqa: E741 - a table


def blocked(before: Standing, after: Standing) -> bool:
    """Does a case that goes from one standing to another block a change?"""
    return bool(compared([CASE], [Told(before, "前")], [Told(after, "后")]).refused)


def test_every_right_answer_that_is_lost_blocks_and_none_that_is_kept() -> None:
    lost = {(old, new) for old in Standing for new in Standing if blocked(old, new)}

    assert lost == {(D, O), (D, M), (D, W), (F, M), (F, W), (O, M), (O, W), (M, W)}


def test_a_flip_tells_the_text_and_what_is_said_before_and_after() -> None:
    (flip,) = compared([CASE], [Told(D, "答甲")], [Told(W, "答乙")]).flips

    assert (flip.text, flip.kind, flip.before, flip.after) == ("低保怎么申请", "标准题", "答甲", "答乙")


def test_what_the_change_is_for_is_counted_apart_and_must_not_get_worse() -> None:
    own = Case("冇得钱", "guide:dibao", Kind.OWN)

    better = compared([own, CASE], [Told(M, ""), Told(D, "")], [Told(F, ""), Told(D, "")])
    assert (better.own_before, better.own_after, better.cases, better.refused) == (0, 1, 1, "")
    assert compared([own], [Told(D, "")], [Told(M, "")]).refused


def test_a_synonyms_own_cases_are_phrasings_said_the_new_way() -> None:
    own = own_cases(AddSynonym("穷人钱", "低保", "方言", "测试"), HELD)

    assert own
    assert all("穷人钱" in case.text and case.entry_id == "guide:dibao" for case in own)


def test_what_residents_called_useful_outweighs_a_new_claim_on_the_same_words_and_silence_does_not() -> None:
    asked, useful = (Case("低保怎么申请", "guide:dibao", kind) for kind in (Kind.ASKED, Kind.USEFUL))

    for change in (NotThis("低保怎么申请？", "guide:dibao", "测试"), AddPhrasing("guide:card", "低保怎么申请")):
        assert not still_claimed(asked, change)
        assert still_claimed(useful, change)
        assert still_claimed(Case("别的话", "guide:dibao", Kind.ASKED), change)
