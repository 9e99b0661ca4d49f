"""What the asker can do with a ticket afterwards: look it up, withdraw, add to it, urge it."""

from collections.abc import Callable

from casework.staff import CodeHolder, Resident
from casework.tickets import desk as tickets
from casework.tickets.model import TextKind, Ticket
from handlers import wording
from handlers.commands import Command, command_in, number_in, says_no, says_yes, ticket_in, tidy
from handlers.services import Said, Services
from handlers.state import OnTicket
from handlers.turn import Picture, Reply, Turn

MOST_SHOWN = 5
_LEFT_ALONE = {"withdraw": wording.STILL_OPEN, "supplement": wording.NOT_ADDED}
"""What 取消 means at a step: “取消了” alone would leave open whether the ticket itself is gone."""


def look_up(turn: Turn, services: Services) -> Said:
    """查询: own tickets, newest first."""
    mine = services.desk.book.of_openid(turn.openid)
    if not mine:
        return Said(wording.NO_TICKETS)
    if len(mine) == 1:
        return Said(_progress(services, mine[0]))
    shown = mine[:MOST_SHOWN]
    pending = OnTicket("", "which", tuple(ticket.number for ticket in shown), Command.PROGRESS.value)
    return Said(wording.own_tickets(shown), pending=pending)


def look_up_one(turn: Turn, services: Services) -> Said:
    """查询 GA…: to the asker, or to whoever shows the 查询码; to others it does not exist."""
    named = ticket_in(turn.words)
    if named is None:
        return look_up(turn, services)
    number, code = named
    try:
        ticket = tickets.read_as_asker(services.desk, number, Resident(turn.openid))
        return Said(wording.due_days(ticket) if _asks_dates(turn) else _progress(services, ticket))
    except tickets.NoSuchTicket:
        if not code:
            return Said(wording.ask_code(number), pending=OnTicket(number, "code"))
    return _by_code(turn, services, number, code)


def _asks_dates(turn: Turn) -> bool:
    """查询 GA… 期限: how the date was counted, day by day."""
    return tidy(turn.words).endswith("期限")


def withdraw(turn: Turn, services: Services) -> Said:
    """撤回: asked once more before it is done."""
    return _on_one(turn, services, Command.WITHDRAW, _ask_withdraw)


def supplement(turn: Turn, services: Services) -> Said:
    """补充: ask for the words or the picture to add."""
    return _on_one(turn, services, Command.SUPPLEMENT, _ask_supplement)


def urge(turn: Turn, services: Services) -> Said:
    """催办: counted and shown to staff."""
    return _on_one(turn, services, Command.URGE, _urged)


def take_part(turn: Turn, services: Services) -> Said | None:
    """Go on with what was asked about a ticket; None when the words are a new message."""
    pending = turn.state.pending
    if not isinstance(pending, OnTicket):
        return None
    if command_in(turn.words) is Command.CANCEL or (pending.wants == "withdraw" and says_no(turn.words)):
        return Said(_LEFT_ALONE.get(pending.wants, wording.CANCELLED))
    match pending.wants:
        case "which":
            return _which(turn, services, pending)
        case "code":
            code = tidy(turn.words)
            return _by_code(turn, services, pending.ticket_id, code) if code.isdigit() and len(code) == 4 else None
        case "withdraw":
            return _withdrawn(turn, services, pending.ticket_id)
        case "supplement":
            return _supplemented(turn, services, pending.ticket_id)
        case "rating":
            return None


def _on_one(turn: Turn, services: Services, command: Command, then: Callable[[Turn, Services, str], Said]) -> Said:
    named = ticket_in(turn.words)
    if named:
        return _guarded(turn, services, named[0], then)
    open_ones = [ticket for ticket in services.desk.book.of_openid(turn.openid) if ticket.is_open]
    if not open_ones:
        return Said(wording.no_open_ticket(command.value))
    if len(open_ones) == 1:
        return _guarded(turn, services, open_ones[0].number, then)
    shown = open_ones[:MOST_SHOWN]
    pending = OnTicket("", "which", tuple(ticket.number for ticket in shown), command.value)
    return Said(wording.which_ticket(command.value, shown), pending=pending)


def _which(turn: Turn, services: Services, pending: OnTicket) -> Said | None:
    number = number_in(turn.words)
    if number is None:
        return None
    if not 1 <= number <= len(pending.tickets):
        return Said(wording.OUT_OF_RANGE, keep=True)
    chosen = pending.tickets[number - 1]
    match Command(pending.then):
        case Command.WITHDRAW:
            return _guarded(turn, services, chosen, _ask_withdraw)
        case Command.SUPPLEMENT:
            return _guarded(turn, services, chosen, _ask_supplement)
        case Command.URGE:
            return _guarded(turn, services, chosen, _urged)
        case _:
            return _guarded(turn, services, chosen, _shown)


def _guarded(turn: Turn, services: Services, number: str, then: Callable[[Turn, Services, str], Said]) -> Said:
    """Run a step on a ticket; what the desk refuses is said in its own words."""
    try:
        return then(turn, services, number)
    except tickets.TransitionRefused as refusal:
        return Said(wording.refused(str(refusal)))


def _shown(turn: Turn, services: Services, number: str) -> Said:
    return Said(_progress(services, tickets.read_as_asker(services.desk, number, Resident(turn.openid))))


def _ask_withdraw(turn: Turn, services: Services, number: str) -> Said:
    tickets.read_as_asker(services.desk, number, Resident(turn.openid))
    return Said(wording.ask_withdraw(number), pending=OnTicket(number, "withdraw"))


def _withdrawn(turn: Turn, services: Services, number: str) -> Said | None:
    if command_in(turn.words) is not Command.CONFIRM and not says_yes(turn.words):
        return None
    return _guarded(turn, services, number, _withdraw_now)


def _withdraw_now(turn: Turn, services: Services, number: str) -> Said:
    tickets.withdraw(services.desk, number, Resident(turn.openid))
    return Said(wording.withdrawn(number))


def _ask_supplement(turn: Turn, services: Services, number: str) -> Said:
    tickets.read_as_asker(services.desk, number, Resident(turn.openid))
    return Said(wording.ask_supplement(number), pending=OnTicket(number, "supplement"))


def _supplemented(turn: Turn, services: Services, number: str) -> Said | None:
    if command_in(turn.words) is not None or (not turn.words.strip() and not isinstance(turn.content, Picture)):
        return None
    return _guarded(turn, services, number, _supplement_now)


def _supplement_now(turn: Turn, services: Services, number: str) -> Said:
    by = Resident(turn.openid)
    if isinstance(turn.content, Picture):
        picture = services.residents.want_picture(turn.openid, turn.content.media_id)
        tickets.supplement(services.desk, number, picture, by, TextKind.PICTURE)
    else:
        tickets.supplement(services.desk, number, turn.words, by)
    return Said(wording.supplemented(number))


def _urged(turn: Turn, services: Services, number: str) -> Said:
    ticket = tickets.urge(services.desk, number, Resident(turn.openid))
    return Said(wording.urged(ticket))


def _by_code(turn: Turn, services: Services, number: str, code: str) -> Said:
    match tickets.show_code(services.desk, number, code, services.code_matches, Resident(turn.openid)):
        case tickets.WrongCode(locked=True):
            return Said(wording.CODE_LOCKED)
        case tickets.WrongCode(left=left):
            return Said(wording.wrong_code(left), pending=OnTicket(number, "code") if left else None)
        case CodeHolder() as holder:
            return _held(turn, services, holder)


def _held(turn: Turn, services: Services, holder: CodeHolder) -> Said:
    """Show the case to the code's holder, and give it back to them when nobody holds it any more."""
    ticket = tickets.read_as_asker(services.desk, holder.number, holder)
    asker = services.desk.book.asker(holder.number)
    if asker is not None and not asker.openid:
        ticket = tickets.reclaim(services.desk, holder, Resident(turn.openid))
    return Said(_progress(services, ticket))


def _progress(services: Services, ticket: Ticket) -> Reply:
    texts = {text.id: text for text in services.desk.book.texts(ticket.number)}
    answer = texts[ticket.answer_id].body if ticket.answer_id in texts else ""
    return wording.progress(ticket, answer, services.desk.now)
