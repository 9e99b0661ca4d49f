"""本周: what a village asked in seven days, where the admin's tickets stand, and what is due to be published."""

from datetime import date, timedelta

from casework.china_time import day_of
from casework.tickets.model import Source, TextKind, Ticket
from casework.tickets.status import plain_status
from casework.village.admins import Admin
from casework.village.duties import DueBy, Overdue, owed
from handlers import wording
from handlers.services import Said, Services
from handlers.turn import Reply, Turn
from handlers.village_card import shorten
from handlers.village_marking import standings_of

_WEEK = timedelta(days=7)
_ASKS = frozenset({"本周", "这周", "本周情况", "这周情况", "本周小结", "周报"})
MOST_TICKETS = 8


def asks_week(words: str) -> bool:
    """Is this 本周?"""
    return words.strip(' \t\n。.!！?？“”"') in _ASKS


def this_week(turn: Turn, services: Services, admin: Admin) -> Said:
    """The digest, at once."""
    return Said(Reply(digest(turn, services, admin)), keep=True)


def digest(turn: Turn, services: Services, admin: Admin) -> str:
    """One message about the village's week; other people's own tickets are never in it."""
    asked, waiting = services.questions.of_village(admin.village, turn.now - _WEEK)
    mine = [
        (
            shorten(_words(services, ticket)),
            ticket.number,
            plain_status(ticket),
            ticket.due.due if ticket.is_open else None,
        )
        for ticket in services.desk.book.of_openid(turn.openid)
        if ticket.source is Source.VILLAGE and (ticket.is_open or _recent(ticket, turn))
    ]
    due = _due(services, admin, day_of(turn.now))
    return wording.week(admin.village, asked, waiting, mine[:MOST_TICKETS], len(mine) - MOST_TICKETS, due)


def _recent(ticket: Ticket, turn: Turn) -> bool:
    return max(filter(None, (ticket.received, ticket.answered_at, ticket.closed_at))) > turn.now - _WEEK


def _words(services: Services, ticket: Ticket) -> str:
    texts = services.desk.book.texts(ticket.number)
    return next((text.body for text in texts if text.kind is TextKind.DEMAND), "")


def _due(services: Services, admin: Admin, today: date) -> list[str]:
    """What is overdue or has to be public by the end of this period, the longest overdue first."""
    lines: list[str] = []
    by_day: dict[date, list[str]] = {}
    for standing in owed(standings_of(services, admin.village, today)):
        match standing:
            case Overdue(item, _, _, missed):
                lines.append(f"逾期{missed}期：{item.title}")
            case DueBy(item, _, by):
                by_day.setdefault(by, []).append(item.title)
    return lines + [f"最晚{wording.day(by)}：{'；'.join(titles)}" for by, titles in by_day.items()]
