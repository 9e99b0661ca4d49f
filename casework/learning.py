"""Teaching the matcher takes two people: one proposes a change, another accepts it after the replay.

高府办发〔2022〕20号三（一）: 先审核后公开，谁审核谁负责. What the change is, is opaque here.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from casework.staff import Right, Staff, may


class State(StrEnum):
    """Where a proposal stands; the value is what the console shows."""

    WAITING = "待审核"
    ACCEPTED = "已采用"
    REJECTED = "不采用"


class LearningRefused(Exception):  # noqa: N818 - reads as the outcome it is
    """The rules forbid this; the text is the reason, in Chinese."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposed change: *change* as it is stored, *what* it says in Chinese. *author*, *reviewer* are logins."""

    id: str
    change: str
    what: str
    author: str
    made_at: datetime
    state: State = State.WAITING
    reviewer: str = ""
    settled_at: datetime | None = None
    remark: str = ""


def propose(proposal_id: str, change: str, what: str, at: datetime, by: Staff) -> Proposal:
    """Put a change up for review."""
    if not may(by, Right.DRAFT):
        raise LearningRefused(f"您的角色（{by.role}）不能{Right.DRAFT}")
    return Proposal(proposal_id, change, what, by.login, at)


def accept(proposal: Proposal, replayed: bool, refused: str, at: datetime, by: Staff) -> Proposal:
    """Accept what another person proposed; *replayed* on the knowledge in force, *refused* is what spoke against it."""
    _review(proposal, by)
    if not replayed:
        raise LearningRefused("还没有用现在的资料重放过，先点“重放”")
    if refused:
        raise LearningRefused(f"不能采用：{refused}")
    return replace(proposal, state=State.ACCEPTED, reviewer=by.login, settled_at=at)


def reject(proposal: Proposal, remark: str, at: datetime, by: Staff) -> Proposal:
    """Turn a proposal down with the reason; its author may take it back too."""
    if proposal.author != by.login:
        _review(proposal, by)
    _waiting(proposal)
    if not remark.strip():
        raise LearningRefused("请写明不采用的理由")
    return replace(proposal, state=State.REJECTED, reviewer=by.login, settled_at=at, remark=remark.strip())


def _review(proposal: Proposal, by: Staff) -> None:
    if not may(by, Right.REVIEW):
        raise LearningRefused(f"您的角色（{by.role}）不能{Right.REVIEW}")
    _waiting(proposal)
    if proposal.author == by.login:
        raise LearningRefused("自己提的不能自己审核")


def _waiting(proposal: Proposal) -> None:
    if proposal.state is not State.WAITING:
        raise LearningRefused(f"现在是“{proposal.state}”，不用再审")
