"""Who takes this sentence? An ordered table of predicates on the turn; the first that fits decides.

A handler may still pass (return None): then the next route that fits is asked.
"""

from collections.abc import Callable
from dataclasses import dataclass

from handlers import (
    browsing,
    consenting,
    feedback,
    following,
    guiding,
    menu,
    progress,
    question,
    rating,
    ticketing,
    unsupported,
    village_home,
    village_open,
    wording,
)
from handlers.commands import Command, command_in, number_in, ticket_in
from handlers.services import Said, Services
from handlers.state import (
    AskedVillage,
    Browsing,
    Choosing,
    Drafting,
    Guiding,
    NamingVillage,
    Offered,
    OnTicket,
    Pending,
)
from handlers.turn import (
    NOTHING,
    Agreed,
    Followed,
    Left,
    MenuTap,
    NotArrived,
    Notified,
    Scanned,
    TookBack,
    Turn,
)

When = Callable[[Turn], bool]
Then = Callable[[Turn, Services], Said | None]


@dataclass(frozen=True, slots=True)
class Route:
    """When a turn looks like this, that handler takes it."""

    when: When
    then: Then


def is_content(*kinds: type) -> When:
    """Is the message of one of these kinds?"""
    return lambda turn: isinstance(turn.content, kinds)


def waits_for(kind: type[Pending]) -> When:
    """Did we ask for something of this kind?"""
    return lambda turn: isinstance(turn.state.pending, kind)


def says(*commands: Command) -> When:
    """Are the words exactly one of these commands?"""
    return lambda turn: command_in(turn.words) in commands


def has_no_words(turn: Turn) -> bool:
    """Is there nothing to read?"""
    return not turn.words.strip()


def is_number(turn: Turn) -> bool:
    """Are the words just a number?"""
    return number_in(turn.words) is not None


def names_ticket(*commands: Command) -> When:
    """Do the words hold a ticket number, after one of these commands?"""
    beginnings = tuple(command.value for command in commands)

    def when(turn: Turn) -> bool:
        return turn.words.strip().startswith(beginnings) and ticket_in(turn.words) is not None

    return when


def is_ticket_number(turn: Turn) -> bool:
    """Are the words a ticket number, perhaps with its 查询码?"""
    return turn.words.strip().upper().startswith("GA") and ticket_in(turn.words) is not None


def _leave(turn: Turn, services: Services) -> Said:
    """取消 and 返回 leave whatever step nobody else took them for."""
    return Said(wording.CANCELLED if turn.state.pending else wording.NOTHING_TO_CANCEL)


def _line(reply: Said) -> Then:
    return lambda turn, services: reply


ROUTES: tuple[Route, ...] = (
    Route(is_content(Followed), following.welcome),
    Route(is_content(Left), following.farewell),
    Route(is_content(Scanned), following.scanned),
    Route(is_content(Notified), _line(Said(NOTHING, keep=True))),
    Route(is_content(Agreed, TookBack, NotArrived), consenting.note),
    Route(is_content(MenuTap), menu.tapped),
    Route(waits_for(Drafting), ticketing.take_part),
    Route(waits_for(OnTicket), progress.take_part),
    Route(has_no_words, unsupported.reply_to),
    Route(waits_for(Offered), ticketing.answer_offer),
    Route(waits_for(AskedVillage), village_home.answer),
    Route(waits_for(NamingVillage), village_open.named),
    Route(waits_for(Choosing), question.pick),
    Route(waits_for(Guiding), guiding.choose_situation),
    Route(waits_for(Browsing), browsing.step),
    Route(says(Command.MORE), _line(Said(wording.NO_MORE, keep=True))),
    Route(says(Command.CATALOG), browsing.open_catalog),
    Route(says(Command.GUIDES), browsing.open_guides),
    Route(says(Command.ORIGINAL), feedback.show_original),
    Route(says(Command.USEFUL), feedback.useful),
    Route(says(Command.USELESS), feedback.useless),
    Route(says(Command.UNSOLVED), feedback.unsolved),
    Route(says(Command.REGISTER), ticketing.begin_unasked),
    Route(says(Command.APPLY), question.document_wanted),
    Route(says(Command.HELP), _line(Said(wording.help_text(), keep=True))),
    Route(says(Command.PRIVACY), following.privacy),
    Route(says(Command.PROGRESS), progress.look_up),
    Route(is_ticket_number, progress.look_up_one),
    Route(names_ticket(Command.PROGRESS), progress.look_up_one),
    Route(says(Command.WITHDRAW), progress.withdraw),
    Route(names_ticket(Command.WITHDRAW), progress.withdraw),
    Route(says(Command.SUPPLEMENT), progress.supplement),
    Route(names_ticket(Command.SUPPLEMENT), progress.supplement),
    Route(says(Command.URGE), progress.urge),
    Route(names_ticket(Command.URGE), progress.urge),
    Route(says(Command.GOOD, Command.FAIR, Command.BAD), rating.rate),
    Route(names_ticket(Command.GOOD, Command.FAIR, Command.BAD), rating.rate),
    Route(says(Command.CANCEL, Command.BACK), _leave),
    Route(
        says(Command.CONFIRM, Command.SKIP, Command.CHANGE, Command.ALL, Command.DONE),
        _line(Said(wording.NO_STEP, keep=True)),
    ),
    Route(is_number, _line(Said(wording.NOTHING_CHOSEN, keep=True))),
    Route(village_home.names_village, village_home.by_name),
    Route(village_open.asks, village_open.answer),
    Route(lambda turn: True, question.answer_question),
)
