"""A notice for a village or a whole 镇: written by one person, approved by another, then given out three ways.

高府办发〔2022〕20号三（一）: 先审核后公开，谁公开谁审核、谁审核谁负责. Nothing of it is given out before.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from casework.staff import Right, Staff, may
from casework.village.outputs import ApprovedText, problems


class TextState(StrEnum):
    """Where a notice stands; the value is what the console shows."""

    DRAFT = "草稿"
    SUBMITTED = "待审核"
    APPROVED = "已通过"
    WITHDRAWN = "已作废"


class TextRefused(Exception):  # noqa: N818 - reads as the outcome it is
    """The rules forbid this; the text is the reason, in Chinese."""


@dataclass(frozen=True, slots=True)
class VillageText:
    """One notice. *village* is its path, empty for all of the *town*. *author* and *reviewer* are logins.

    *remark* is why it came back or was withdrawn.
    """

    id: str
    town: str
    village: str
    content: ApprovedText
    author: str
    state: TextState = TextState.DRAFT
    reviewer: str = ""
    reviewed_at: datetime | None = None
    secrecy_checked: bool = False
    remark: str = ""
    revision: int = 1

    @property
    def may_be_given_out(self) -> bool:
        """Was it approved, and not withdrawn since?"""
        return self.state is TextState.APPROVED


def begin(text_id: str, town: str, village: str, content: ApprovedText, by: Staff) -> VillageText:
    """Begin a notice."""
    _need(by, Right.VILLAGES)
    return VillageText(text_id, town, village, content, by.login)


def edit(text: VillageText, content: ApprovedText, by: Staff) -> VillageText:
    """Change a draft, or begin again with what was withdrawn; its author only."""
    _need(by, Right.VILLAGES)
    if text.author != by.login:
        raise TextRefused("通知稿只能由起草人修改；要改，请退回给起草人")
    if text.state not in {TextState.DRAFT, TextState.WITHDRAWN}:
        raise TextRefused(f"现在是“{text.state}”，不能修改")
    return replace(
        text,
        revision=text.revision + 1,
        content=content,
        state=TextState.DRAFT,
        reviewer="",
        reviewed_at=None,
        secrecy_checked=False,
    )


def submit(text: VillageText, by: Staff) -> VillageText:
    """Hand a notice in for review; its author only, and only without problems."""
    _need(by, Right.VILLAGES)
    _in(text, TextState.DRAFT, "送审")
    if text.author != by.login:
        raise TextRefused("通知稿由起草人送审")
    _sound(text)
    return replace(text, revision=text.revision + 1, state=TextState.SUBMITTED, remark="")


def send_back(text: VillageText, remark: str, by: Staff) -> VillageText:
    """Give a notice back with the reason."""
    _review(text, by, "退回")
    return replace(text, revision=text.revision + 1, state=TextState.DRAFT, remark=_words(remark, "退回的理由"))


def approve(text: VillageText, secrecy_checked: bool, at: datetime, by: Staff) -> VillageText:
    """Approve what another person wrote, after the secrecy check; from now on it may be given out."""
    _review(text, by, "通过")
    _sound(text)
    if not secrecy_checked:
        raise TextRefused("没有勾选保密审查，不能通过")
    return replace(
        text,
        revision=text.revision + 1,
        state=TextState.APPROVED,
        reviewer=by.login,
        reviewed_at=at,
        secrecy_checked=True,
        remark="",
    )


def withdraw(text: VillageText, remark: str, by: Staff) -> VillageText:
    """Take an approved notice back, with the reason; writers and reviewers may, since a wrong one must go fast."""
    if not (may(by, Right.VILLAGES) or may(by, Right.APPROVE_NOTICE)):
        raise TextRefused(f"您的角色（{by.role}）不能作废通知稿")
    _in(text, TextState.APPROVED, "作废")
    return replace(text, revision=text.revision + 1, state=TextState.WITHDRAWN, remark=_words(remark, "作废的理由"))


def _review(text: VillageText, by: Staff, what: str) -> None:
    _need(by, Right.APPROVE_NOTICE)
    _in(text, TextState.SUBMITTED, what)
    if text.author == by.login:
        raise TextRefused("自己起草的不能自己审核")


def _sound(text: VillageText) -> None:
    if wrong := problems(text.content):
        raise TextRefused(f"还有{len(wrong)}处要改：{wrong[0]}")


def _need(by: Staff, right: Right) -> None:
    if not may(by, right):
        raise TextRefused(f"您的角色（{by.role}）不能{right}")


def _in(text: VillageText, state: TextState, what: str) -> None:
    if text.state is not state:
        raise TextRefused(f"现在是“{text.state}”，不能{what}")


def _words(text: str, label: str) -> str:
    if not text.strip():
        raise TextRefused(f"请写明{label}")
    return text.strip()
