"""Who may look at a ticket: its asker, the holder of its 查询码, the staff concerned."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from casework.limits_settings import Inner
from casework.ports import CodeMatches, HashCode
from casework.staff import CodeHolder, Resident, Right, Staff, may
from casework.tickets.case import (
    Desk,
    NoSuchTicket,
    NotAllowed,
    load,
    load_for_asker,
    load_for_staff,
    may_act_for,
    put_down,
)
from casework.tickets.events import CodeRenewed, IdentityLookedAt, Reclaimed
from casework.tickets.model import Asker, Kind, Ticket
from casework.tickets.transitions import TransitionRefused

_CODE = re.compile(r"\d{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class WrongCode:
    """The 查询码 does not fit, or there is no such ticket; *left* guesses remain to this person today.

    *locked*: too many people guessed at this ticket, whoever asks now waits until tomorrow.
    """

    left: int
    locked: bool = False


def read_as_asker(desk: Desk, number: str, by: Resident | CodeHolder) -> Ticket:
    """Return the ticket to its asker or to the holder of its 查询码."""
    return load_for_asker(desk, number, by)


def read_as_staff(desk: Desk, number: str, by: Staff) -> Ticket:
    """Return the ticket to staff of the leading or a helping unit, or of the whole city."""
    ticket = load(desk, number)
    if may_read(by, ticket):
        return ticket
    raise NotAllowed(f"{number}不归您的单位办理")


def may_read(by: Staff, ticket: Ticket) -> bool:
    """May this staff member see the ticket at all?"""
    return may_act_for(by, ticket.unit) or (by.unit != "" and by.unit in ticket.co_units)


def show_code(desk: Desk, number: str, code: str, matches: CodeMatches, by: Resident) -> CodeHolder | WrongCode:
    """Prove that *by* holds the 查询码. A wrong guess is noted; it is returned, not raised, so that
    the note is committed.

    Guesses of 24 hours are counted for each person, over all tickets, so that one guesser locks out
    nobody else; and for each ticket, with a much larger bound, so that many guessers find nothing.
    What is over a bound is not looked at and not counted.
    """
    since = desk.now - timedelta(hours=24)
    left = desk.inner[Inner.CODE_GUESSES] - desk.book.failed_guesses_by(by.openid, since)
    if left <= 0:
        return WrongCode(0)
    if desk.book.failed_guesses(number, since) >= desk.inner[Inner.CODE_GUESSES_TICKET]:
        return WrongCode(left, locked=True)
    asker = desk.book.asker(number)
    if asker is not None and asker.code_hash and matches(code, asker.code_hash):
        return CodeHolder(number)
    desk.book.note_failed_guess(number, by.openid, desk.now)
    return WrongCode(left - 1)


def reclaim(desk: Desk, holder: CodeHolder, by: Resident) -> Ticket:
    """Give a case whose openid was erased, or that never had one, back to the code's holder."""
    ticket, asker = load(desk, holder.number), desk.book.asker(holder.number)
    if asker is None:
        raise NoSuchTicket(holder.number)
    if asker.openid == by.openid:
        return ticket
    if asker.openid:
        raise TransitionRefused(f"{holder.number}已由登记人关注，您可以凭查询码查看进度")
    desk.book.save_asker(replace(asker, openid=by.openid))
    return put_down(desk, holder, ticket, Reclaimed())


def renew_code(desk: Desk, number: str, code: str, hash_code: HashCode, by: Staff) -> Ticket:
    """Give a ticket a new 查询码, handed in, for an asker who lost theirs; the old one is void."""
    ticket = load_for_staff(desk, number, by, Right.INTAKE)
    asker = desk.book.asker(number)
    if asker is None:
        raise TransitionRefused("诉求人信息已按规定删除")
    need_code(code)
    desk.book.save_asker(replace(asker, code_hash=hash_code(code)))
    desk.book.forget_guesses(number)
    return put_down(desk, by, ticket, CodeRenewed())


def need_code(code: str) -> None:
    """Refuse what is no 查询码."""
    if not _CODE.fullmatch(code):
        raise TransitionRefused("查询码应为四位数字")


def may_see_asker(by: Staff, ticket: Ticket) -> bool:
    """May this staff member look behind the mask? A 举报人 is kept from the handling unit."""
    if ticket.kind is Kind.REPORT:
        return may(by, Right.SEE_REPORTER)
    return may(by, Right.SEE_REPORTER) or (may(by, Right.HANDLE) and may_act_for(by, ticket.unit))


def look_at_asker(desk: Desk, number: str, why: str, by: Staff) -> Asker:
    """Return who asked, for a reason that is logged with the looker's name."""
    ticket = read_as_staff(desk, number, by)
    if not may_see_asker(by, ticket):
        raise NotAllowed("举报人信息对承办单位保密" if ticket.kind is Kind.REPORT else "您不能查看诉求人信息")
    if not why.strip():
        raise TransitionRefused("请写明查看诉求人信息的理由")
    asker = desk.book.asker(number)
    if asker is None:
        raise TransitionRefused("诉求人信息已按规定删除")
    put_down(desk, by, ticket, IdentityLookedAt(why.strip()))
    return asker
