"""What comes after an answer: 看原文, 有用, 没用, 没解决."""

from handlers import wording
from handlers.answering import consult_due
from handlers.services import Said, Services, Told
from handlers.state import Draft, Offered
from handlers.turn import Reply, Turn
from knowledge import cards


def show_original(turn: Turn, services: Services) -> Said:
    """Give the full text of the last answer, then what to do if it did not help."""
    entry = services.knowledge.entry(turn.state.entry_id)
    if entry is None:
        return Said(wording.NOTHING_ANSWERED, keep=True)
    told = Told("answer", entry.id, domain=entry.domain, unit=entry.origin.unit)
    return Said(Reply(f"{cards.full(entry)}\n{wording.IF_NOT_HELPED}"), told, keep=True)


def useful(turn: Turn, services: Services) -> Said:
    """Record that the last answer helped."""
    if not turn.state.question_id:
        return Said(wording.NOTHING_ANSWERED, keep=True)
    services.questions.rate(turn.state.question_id, True)
    return Said(wording.USEFUL, keep=True)


def useless(turn: Turn, services: Services) -> Said:
    """Record that the last answer did not help, and say what to do."""
    if not turn.state.question_id:
        return Said(wording.NOTHING_ANSWERED, keep=True)
    services.questions.rate(turn.state.question_id, False)
    return unsolved(turn, services)


def unsolved(turn: Turn, services: Services) -> Said:
    """Record the question as unresolved and offer a ticket."""
    if not turn.state.question_id:
        return Said(wording.NOTHING_ANSWERED, keep=True)
    due = consult_due(turn, services)
    services.questions.leave_unresolved(turn.state.question_id, "没解决", due)
    draft = Draft("咨询", turn.state.last_words, question_id=turn.state.question_id)
    return Said(wording.unsolved(due), Told("unknown", kind="咨询"), pending=Offered(draft))
