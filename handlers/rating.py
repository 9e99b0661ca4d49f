"""满意, 基本满意, 不满意: the resident rates an answered ticket; 不满意 reopens it once."""

from casework.staff import Resident
from casework.tickets import desk as tickets
from casework.tickets.model import Rating, Stage, Ticket
from handlers import wording
from handlers.commands import Command, command_in, ticket_in
from handlers.services import Said, Services
from handlers.turn import Turn

MOST_NAMED = 2
_RATEABLE = frozenset({Stage.CLOSED, Stage.CALLED})


def rate(turn: Turn, services: Services) -> Said:
    """Take a rating for the ticket named, or for the latest one that waits for it."""
    named = ticket_in(turn.words)
    word = _rating_in(turn.words) if named else command_in(turn.words)
    waiting = [ticket for ticket in services.desk.book.of_openid(turn.openid) if _waits(ticket)]
    chosen = [ticket for ticket in waiting if named is None or ticket.number == named[0]]
    if word is None or not chosen:
        return Said(wording.NOTHING_TO_RATE, keep=True)
    try:
        rated = tickets.rate(services.desk, chosen[0].number, Rating(word.value), Resident(turn.openid))
    except tickets.TransitionRefused as refusal:
        return Said(wording.refused(str(refusal)))
    others = [ticket.number for ticket in waiting if ticket.number != rated.number][:MOST_NAMED]
    return Said(wording.rated(rated, Rating(word.value), others))


def _rating_in(words: str) -> Command | None:
    """Return the rating before a ticket number."""
    return next((word for word in (Command.GOOD, Command.FAIR, Command.BAD) if words.strip().startswith(word)), None)


def _waits(ticket: Ticket) -> bool:
    return ticket.stage in _RATEABLE and ticket.rating is None
