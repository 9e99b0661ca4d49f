"""Who may paste for a village: binding, 换人, 解除, and what is written down about each.

An event names a binding by its id and an actor as ``staff:login``, ``admin:id`` or
``system:part``, never by an openid.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from casework.village.codes import IssuedCode

Ending = Literal["换人", "解除", "换村", "取消关注"]
_LONGEST_GROUP = 30


@dataclass(frozen=True, slots=True)
class Admin:
    """One account's right to paste for one village; *group* is the group's name, empty until told.

    A village may have several admins (one a group); an account has one village at a time.
    """

    id: str
    openid: str
    village: str
    since: datetime
    group: str = ""
    last_used: datetime | None = None
    ended: datetime | None = None
    ending: Ending | None = None

    @property
    def active(self) -> bool:
        """May this account paste for the village now?"""
        return self.ended is None


@dataclass(frozen=True, slots=True)
class AdminBound:
    """An account became admin of a village."""

    admin: str
    village: str
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class AdminEnded:
    """An account is no longer admin; *ending* says why."""

    admin: str
    village: str
    at: datetime
    actor: str
    ending: Ending


@dataclass(frozen=True, slots=True)
class GroupNamed:
    """The admin told the name of the group."""

    admin: str
    village: str
    at: datetime
    actor: str
    group: str


AdminEvent = AdminBound | AdminEnded | GroupNamed


@dataclass(frozen=True, slots=True)
class Change:
    """Rows to store and events to append, together."""

    admins: tuple[Admin, ...]
    events: tuple[AdminEvent, ...]


@dataclass(frozen=True, slots=True)
class AlreadyAdmin:
    """The account is admin of this village already; the code stays unused."""

    admin: Admin


def admin_of(openid: str, admins: Sequence[Admin]) -> Admin | None:
    """The active binding of an account."""
    return next((admin for admin in admins if admin.openid == openid and admin.active), None)


def bind(new_id: str, openid: str, code: IssuedCode, at: datetime, admins: Sequence[Admin]) -> Change | AlreadyAdmin:
    """Make the account admin of the code's village.

    Its binding to another village ends (换村), and so does the binding the code replaces (换人).
    *admins* are the account's bindings and those of the village.
    """
    mine = admin_of(openid, admins)
    if mine and mine.village == code.village and mine.id != code.replaces:
        return AlreadyAdmin(mine)
    actor = f"admin:{new_id}"
    old = [admin for admin in admins if admin.active and admin.id == code.replaces and admin.village == code.village]
    group = old[0].group if old else ""
    new = Admin(new_id, openid, code.village, at, group)
    endings = [_end(admin, "换人", at, f"staff:{code.issued_by}") for admin in old]
    if mine and mine not in old:
        endings.append(_end(mine, "换村", at, actor))
    return Change(
        (*(admin for admin, _ in endings), new),
        (*(event for _, event in endings), AdminBound(new_id, code.village, at, actor)),
    )


def release(admin: Admin, at: datetime, actor: str, ending: Ending = "解除") -> Change:
    """End a binding, by staff, by the admin, or because the account unfollowed; a second time changes nothing."""
    if not admin.active:
        return Change((), ())
    ended, event = _end(admin, ending, at, actor)
    return Change((ended,), (event,))


def erase(admin: Admin) -> Admin:
    """The row without the account, for somebody who unfollowed; the log stays readable."""
    return replace(admin, openid="")


def name_group(admin: Admin, group: str, at: datetime) -> Change:
    """Put the group's name down, at most 30 characters of one line."""
    named = " ".join(group.split())[:_LONGEST_GROUP]
    if not named or named == admin.group or not admin.active:
        return Change((), ())
    event = GroupNamed(admin.id, admin.village, at, f"admin:{admin.id}", named)
    return Change((replace(admin, group=named),), (event,))


def used(admin: Admin, at: datetime) -> Admin:
    """The binding with the moment it was last used for a paste; times never run back."""
    return admin if admin.last_used and admin.last_used >= at else replace(admin, last_used=at)


def _end(admin: Admin, ending: Ending, at: datetime, actor: str) -> tuple[Admin, AdminEnded]:
    return replace(admin, ended=at, ending=ending), AdminEnded(admin.id, admin.village, at, actor, ending)
