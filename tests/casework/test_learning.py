"""Teaching takes two people and a replay without loss."""

from datetime import datetime

import pytest

from casework.china_time import SHANGHAI
from casework.learning import LearningRefused, Proposal, State, accept, propose, reject
from casework.staff import RIGHTS, Right, Role, Staff

AT = datetime(2026, 11, 24, 9, 30, tzinfo=SHANGHAI)
AUTHOR, REVIEWER = Staff("a", Role.DUTY), Staff("b", Role.REVIEWER)


def proposal() -> Proposal:
    """One that waits."""
    return propose("p1", "{}", "加一个问法", AT, AUTHOR)


def test_another_person_accepts_what_was_replayed_without_loss() -> None:
    done = accept(proposal(), True, "", AT, REVIEWER)

    assert (done.state, done.author, done.reviewer, done.settled_at) == (State.ACCEPTED, "a", "b", AT)


@pytest.mark.parametrize(
    ("replayed", "refused", "why"), [(False, "", "还没有用现在的资料重放"), (True, "有 3 个本来答对的会变", "3 个")]
)
def test_without_a_clean_replay_nobody_accepts(replayed: bool, refused: str, why: str) -> None:
    with pytest.raises(LearningRefused, match=why):
        accept(proposal(), replayed, refused, AT, REVIEWER)


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_only_who_reviews_and_is_not_the_author_accepts(role: Role) -> None:
    with pytest.raises(LearningRefused):
        accept(proposal(), True, "", AT, Staff("a", role))
    if Right.REVIEW not in RIGHTS[role]:
        with pytest.raises(LearningRefused):
            accept(proposal(), True, "", AT, Staff("c", role))


def test_only_who_drafts_proposes() -> None:
    with pytest.raises(LearningRefused):
        propose("p1", "{}", "加一个问法", AT, REVIEWER)


def test_a_proposal_is_settled_once_and_turned_down_with_a_reason() -> None:
    done = accept(proposal(), True, "", AT, REVIEWER)

    for step in (lambda: accept(done, True, "", AT, REVIEWER), lambda: reject(done, "晚了", AT, REVIEWER)):
        with pytest.raises(LearningRefused, match="已采用"):
            step()
    with pytest.raises(LearningRefused, match="理由"):
        reject(proposal(), " ", AT, REVIEWER)
    assert reject(proposal(), "写错了", AT, AUTHOR).state is State.REJECTED, "an author may take it back"
    with pytest.raises(LearningRefused):
        reject(proposal(), "不行", AT, Staff("c", Role.DUTY))
