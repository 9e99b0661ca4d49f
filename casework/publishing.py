"""先审核后公开: a draft answer is written by one person, reviewed by another, then published; never directly.

高府办发〔2022〕20号三（一）: 先审核后公开，谁公开谁审核、谁审核谁负责; the secrecy check is ticked by
the reviewer and kept with both names and the time.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from casework.staff import Right, Staff, may


class State(StrEnum):
    """Where a draft stands; the value is what the console shows."""

    DRAFT = "草稿"
    SUBMITTED = "待审核"
    PUBLISHED = "已公开"
    WITHDRAWN = "已撤下"


class PublishingRefused(Exception):  # noqa: N818 - reads as the outcome it is
    """The rules forbid this; the text is the reason, in Chinese."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is to be published: one question with its answer. *bases* are (law, article), *sources* (name, address)."""

    title: str
    domain: str
    phrasings: tuple[str, ...]
    answer: str
    bases: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...]
    unit: str
    checked_on: date | None = None
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft. *questions* are the ids of the unresolved questions it answers; *remark* is why it
    came back or was withdrawn. *author* and *reviewer* are logins."""

    id: str
    content: Content
    author: str
    questions: tuple[str, ...] = ()
    state: State = State.DRAFT
    reviewer: str = ""
    reviewed_at: datetime | None = None
    secrecy_checked: bool = False
    remark: str = ""
    revision: int = 1


def begin(draft_id: str, content: Content, questions: tuple[str, ...], by: Staff) -> Draft:
    """Begin a draft."""
    _need(by, Right.DRAFT)
    return Draft(draft_id, content, by.login, questions)


def edit(draft: Draft, content: Content, by: Staff) -> Draft:
    """Change a draft, or begin again with what was withdrawn; its author only."""
    _need(by, Right.DRAFT)
    if draft.author != by.login:
        raise PublishingRefused("草稿只能由起草人修改；要改，请退回给起草人")
    if draft.state not in {State.DRAFT, State.WITHDRAWN}:
        raise PublishingRefused(f"现在是“{draft.state}”，不能修改")
    return replace(
        draft,
        revision=draft.revision + 1,
        content=content,
        state=State.DRAFT,
        reviewer="",
        reviewed_at=None,
        secrecy_checked=False,
    )


def submit(draft: Draft, by: Staff) -> Draft:
    """Hand a draft in for review; its author only."""
    _need(by, Right.DRAFT)
    _in(draft, State.DRAFT, "送审")
    if draft.author != by.login:
        raise PublishingRefused("草稿由起草人送审")
    return replace(draft, revision=draft.revision + 1, state=State.SUBMITTED, remark="")


def send_back(draft: Draft, remark: str, by: Staff) -> Draft:
    """Give a draft back with the reason."""
    _review(draft, by, "退回")
    return replace(draft, revision=draft.revision + 1, state=State.DRAFT, remark=_words(remark, "退回的理由"))


def publish(draft: Draft, secrecy_checked: bool, at: datetime, by: Staff) -> Draft:
    """Publish what another person wrote, after the secrecy check."""
    _review(draft, by, "公开")
    if not secrecy_checked:
        raise PublishingRefused("没有勾选保密审查，不能公开")
    return replace(
        draft,
        revision=draft.revision + 1,
        state=State.PUBLISHED,
        reviewer=by.login,
        reviewed_at=at,
        secrecy_checked=True,
        remark="",
    )


def withdraw(draft: Draft, remark: str, by: Staff) -> Draft:
    """Take something published back, with the reason; drafters and reviewers may, since a wrong answer must go fast."""
    if not (may(by, Right.DRAFT) or may(by, Right.REVIEW)):
        raise PublishingRefused(f"您的角色（{by.role}）不能撤下公开的内容")
    _in(draft, State.PUBLISHED, "撤下")
    return replace(draft, revision=draft.revision + 1, state=State.WITHDRAWN, remark=_words(remark, "撤下的理由"))


def _review(draft: Draft, by: Staff, what: str) -> None:
    _need(by, Right.REVIEW)
    _in(draft, State.SUBMITTED, what)
    if draft.author == by.login:
        raise PublishingRefused("自己起草的不能自己审核")


def _need(by: Staff, right: Right) -> None:
    if not may(by, right):
        raise PublishingRefused(f"您的角色（{by.role}）不能{right}")


def _in(draft: Draft, state: State, what: str) -> None:
    if draft.state is not state:
        raise PublishingRefused(f"现在是“{draft.state}”，不能{what}")


def _words(text: str, label: str) -> str:
    if not text.strip():
        raise PublishingRefused(f"请写明{label}")
    return text.strip()
