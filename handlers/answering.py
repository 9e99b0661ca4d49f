"""Show one entry, or a choice of entries, and log what was asked."""

from datetime import date, timedelta

from casework.china_time import day_of
from casework.clock import due
from handlers import wording
from handlers.guiding import first_situation
from handlers.services import AskedQuestion, Said, Services, Told
from handlers.state import Choosing, Draft, Offered
from handlers.turn import Reply, Turn
from knowledge import cards
from knowledge.model import Answer, Asked, Bundle, Choice, Entry, Facet, Guide, Match, Outcome, Policy, Unknown

FRESH_FOR = timedelta(minutes=10)


def show(
    turn: Turn, services: Services, entry: Entry, facets: tuple[Facet, ...] = (), *, question_id: str = ""
) -> Said:
    """Answer with the short card of *entry*; a guide with situations asks which one it is."""
    if not cards.is_live(entry, day_of(turn.now)):
        return _out_of_force(turn, entry, question_id)
    told = _told(entry)
    text = cards.short(entry, facets)
    if isinstance(entry, Bundle):
        steps = [step for slug in entry.guides if (step := services.knowledge.entry(f"guide:{slug}"))]
        reply = wording.bundle_steps(text, [step.title for step in steps])
        pending_steps = Choosing(tuple(step.id for step in steps))
        return Said(reply, told, pending=pending_steps, entry_id=entry.id, question_id=question_id)
    if isinstance(entry, Guide) and entry.situations is not None:
        question, pending = first_situation(entry)
        reply = Reply(f"{text}\n{wording.AFTER_ANSWER}\n\n{question.text}", question.taps)
        return Said(reply, told, pending=pending, entry_id=entry.id, question_id=question_id)
    return Said(Reply(f"{text}\n{wording.AFTER_ANSWER}"), told, entry_id=entry.id, question_id=question_id)


def show_side(turn: Turn, entry: Entry, facet: Facet, question_id: str) -> Said:
    """Answer a follow-up with the side asked about; a situation question that waits stays."""
    if not cards.is_live(entry, day_of(turn.now)):
        return _out_of_force(turn, entry, question_id)
    if isinstance(entry, Guide) and entry.situations is not None and facet is Facet.MATERIALS:
        question, pending = first_situation(entry)
        return Said(question, _told(entry), pending=pending, entry_id=entry.id, question_id=question_id)
    text = f"{cards.one_side(entry, facet)}\n{wording.WHOLE_ANSWER}"
    return Said(Reply(text), _told(entry), keep=True, entry_id=entry.id, question_id=question_id, last_words=turn.words)


def _out_of_force(turn: Turn, entry: Entry, question_id: str) -> Said:
    """Say that a text no longer holds, and what took its place where that is known; never what it said."""
    reply = wording.EXPIRED
    if isinstance(entry, Policy):
        reply = wording.repealed(entry.title, entry.bases[0].name if entry.bases else "")
    draft = Draft("咨询", turn.words, question_id=question_id, domain=entry.domain)
    told = Told("unknown", kind="咨询", domain=entry.domain, unit=entry.origin.unit)
    return Said(reply, told, pending=Offered(draft), question_id=question_id)


def _told(entry: Entry) -> Told:
    return Told("answer", entry.id, domain=entry.domain, unit=entry.origin.unit)


def choose(services: Services, options: tuple[str, ...], facet: str = "", *, question_id: str = "") -> Said:
    """Ask which of the entries is meant."""
    entries = [entry for option in options if (entry := services.knowledge.entry(option))]
    options = tuple(entry.id for entry in entries)
    return Said(
        wording.which_one([entry.title for entry in entries]),
        Told("choice", choices=options),
        pending=Choosing(options, facet),
        question_id=question_id,
    )


def log(turn: Turn, services: Services, asked: Asked, outcome: str, unresolved: str = "") -> str:
    """Write one question into the log, masked, and return its id."""
    question_id = services.new_id()
    runners = _candidates(asked.outcome)
    entry = services.knowledge.entry(runners[0].entry_id) if runners else None
    services.questions.add(
        AskedQuestion(
            id=question_id,
            openid=turn.openid,
            words=services.mask(asked.clause),
            asked_at=turn.now,
            outcome=outcome,
            entry_id=entry.id if entry and outcome == "answer" else "",
            runners_up=tuple((match.entry_id, round(match.score, 4)) for match in runners[:4]),
            version=services.knowledge.version,
            domain=entry.domain if entry else "",
            unit=entry.origin.unit if entry else "",
            unresolved=unresolved,
            due=consult_due(turn, services) if unresolved else None,
        )
    )
    return question_id


def consult_due(turn: Turn, services: Services, kind: str = "咨询") -> date:
    """Return the day by which a demand of *kind* made now is due."""
    return due(services.desk.rules[kind], turn.now, services.desk.calendar).due


def _candidates(outcome: Outcome) -> tuple[Match, ...]:
    match outcome:
        case Answer(match=found, runners_up=rest):
            return (found, *rest)
        case Choice(options=options):
            return options
        case Unknown(runners_up=rest):
            return rest
