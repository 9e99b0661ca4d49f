"""Answer a question, or say honestly that there is no answer and offer to pass it on.

A question the catalogs cannot answer is logged at once; a ticket is opened only after
the resident says so.
"""

import re
from dataclasses import replace

from handlers import answering, several, smalltalk, ticketing, wording
from handlers.commands import number_in
from handlers.services import Said, Services, Told
from handlers.state import Choosing, Draft, Offered
from handlers.turn import Reply, Turn
from knowledge import cards
from knowledge.model import Answer, Asked, Choice, Door, Entry, Facet, Match, Understanding, Unknown

_NOT_WORDS = re.compile(r"〔\w+〕|\W|_")
_FEW_WORDS = 7
_LIKELY = 0.25
DISCLOSURE_GUIDE = "guide:yishenqing-gongkai"


def answer_question(turn: Turn, services: Services) -> Said:
    """Take any words that are no command and answer by the door they belong to."""
    understood = turn.understood or services.knowledge.understand(turn.words)
    if (entry := _last_entry(turn, services)) and understood.follows and understood.door in (Door.QUESTION, Door.CHAT):
        return _went_on(turn, services, entry, understood.follows)
    match understood.door:
        case Door.CHAT:
            if understood.chat is None:
                return Said(wording.NO_QUESTION)
            return smalltalk.reply_to(understood.chat, services)
        case Door.DEMAND:
            return ticketing.offer_for_demand(turn, services, understood, _accompanying(services, understood))
        case Door.DOCUMENT:
            return document_wanted(turn, services)
        case Door.LEGAL:
            return _elsewhere(turn, services, understood)
        case Door.ONLINE:
            return _online(turn, services, understood)
        case Door.QUESTION:
            return _answered(turn, services, understood)


def document_wanted(turn: Turn, services: Services) -> Said:
    """Show how to apply for a document (依申请公开)."""
    entry = services.knowledge.entry(DISCLOSURE_GUIDE)
    told = Told("redirect", entry.id if entry else "", domain=entry.domain if entry else "")
    return Said(Reply(wording.apply_for_document()), told, entry_id=entry.id if entry else "")


def pick(turn: Turn, services: Services) -> Said | None:
    """Open the chosen entry; 0 means none of them. None when the words are no number."""
    pending = turn.state.pending
    number = number_in(turn.words)
    if not isinstance(pending, Choosing) or number is None:
        return None
    if number == 0:
        return _none_of_these(turn, services)
    if number > len(pending.options):
        return Said(wording.OUT_OF_RANGE, Told("choice", choices=pending.options), keep=True)
    option = pending.options[number - 1]
    if option.startswith("?"):
        return _answered(turn, services, services.knowledge.understand(option[1:]))
    entry = services.knowledge.entry(option)
    if entry is None:
        return Said(wording.NOTHING_CHOSEN)
    facets = (Facet(pending.facet),) if pending.facet else ()
    return answering.show(turn, services, entry, facets)


def _last_entry(turn: Turn, services: Services) -> Entry | None:
    """The entry answered last, while a follow-up may still mean it."""
    age_ms = turn.now.timestamp() * 1000 - turn.state.entry_ms
    if not turn.state.entry_id or age_ms >= answering.FRESH_FOR.total_seconds() * 1000:
        return None
    return services.knowledge.entry(turn.state.entry_id)


def _went_on(turn: Turn, services: Services, entry: Entry, facet: Facet) -> Said:
    """Answer one more side of the last entry, and only that."""
    match = Match(entry.id, 1.0, entry.title)
    question_id = answering.log(turn, services, Asked(turn.words, facet, Answer(match, 1.0, ())), "answer")
    return answering.show_side(turn, entry, facet, question_id)


def _answered(turn: Turn, services: Services, understood: Understanding) -> Said:
    if _is_bare_number(turn.words, services):
        return Said(wording.NO_NUMBERS, keep=True)
    asked = understood.asked
    if all(isinstance(item.outcome, Unknown) for item in asked):
        return _unknown(turn, services, understood)
    ids = [answering.log(turn, services, item, *_outcome_word(item)) for item in asked]
    open_ids = [known for known, item in zip(ids, asked, strict=True) if isinstance(item.outcome, Unknown)]
    said = _known(turn, services, asked, ids)
    return replace(said, last_words=turn.words, open_id=open_ids[0] if open_ids else "")


def _known(turn: Turn, services: Services, asked: tuple[Asked, ...], ids: list[str]) -> Said:
    """One matter is answered or asked back in full; of several each gets a line."""
    answered = several.entries_in(services, asked)
    open_clauses = [item.clause for item in asked if isinstance(item.outcome, Unknown)]
    match asked[0].outcome:
        case Answer() if len(answered) == 1 and not several.has_choice(asked):
            said = answering.show(turn, services, answered[0].entry, answered[0].facets, question_id=ids[0])
            return several.with_note(said, open_clauses)
        case Choice(options=options) if len(asked) == 1:
            facet = asked[0].facet.value if asked[0].facet else ""
            return answering.choose(services, tuple(match.entry_id for match in options), facet, question_id=ids[0])
        case _:
            return several.one_by_one(services, asked, answered, ids[0])


def _is_bare_number(words: str, services: Services) -> bool:
    """A personal number with hardly a word beside it asks nothing, and is better not kept."""
    masked = services.mask(words)
    return masked != words and len(_NOT_WORDS.sub("", masked)) <= _FEW_WORDS


def _log_all(turn: Turn, services: Services, asked: tuple[Asked, ...]) -> str:
    """Log every clause; return the id of the first."""
    ids = [answering.log(turn, services, item, *_outcome_word(item)) for item in asked]
    return ids[0]


def _outcome_word(asked: Asked) -> tuple[str, str]:
    match asked.outcome:
        case Answer():
            return "answer", ""
        case Choice():
            return "choice", ""
        case Unknown():
            return "unknown", "没有答案"


def _unknown(turn: Turn, services: Services, understood: Understanding) -> Said:
    question_id = _log_all(turn, services, understood.asked)
    draft = Draft("咨询", turn.words, question_id=question_id, domain=understood.domain)
    told = Told("unknown", kind="咨询", domain=understood.domain, unit=understood.unit)
    reply = wording.unknown(answering.consult_due(turn, services))
    return Said(reply, told, pending=Offered(draft), question_id=question_id, last_words=turn.words)


def _none_of_these(turn: Turn, services: Services) -> Said:
    due = answering.consult_due(turn, services)
    if turn.state.question_id:
        services.questions.leave_unresolved(turn.state.question_id, "都不是", due)
    draft = Draft("咨询", turn.state.last_words, question_id=turn.state.question_id)
    return Said(wording.unknown(due), Told("unknown", kind="咨询"), pending=Offered(draft))


def _elsewhere(turn: Turn, services: Services, understood: Understanding) -> Said:
    """Point to the door the law gives, with the guide to it where there is one."""
    guide = _accompanying(services, understood)
    told = Told(
        "redirect",
        guide.id if guide else "",
        kind=understood.demand or "",
        unit=understood.unit,
        domain=understood.domain,
    )
    beside = cards.one_line(guide) if guide else ""
    offered = Offered(Draft("咨询", turn.words, domain=understood.domain))
    reply = Reply(wording.legal_route(understood.legal_route, beside))
    return Said(reply, told, pending=offered, entry_id=guide.id if guide else "")


def _online(turn: Turn, services: Services, understood: Understanding) -> Said:
    answered = several.entries_in(services, understood.asked)
    guide = f"\n{cards.short(answered[0].entry, (Facet.ONLINE,))}" if answered else ""
    entry_id = answered[0].entry.id if answered else ""
    told = Told("redirect", entry_id, domain=understood.domain, unit=understood.unit)
    return Said(Reply(wording.ONLINE + guide), told, entry_id=entry_id)


def _accompanying(services: Services, understood: Understanding) -> Entry | None:
    """What stands beside an offer or another door: the entry that answers, else the first of a likely choice."""
    answered = several.entries_in(services, understood.asked)
    if answered:
        return answered[0].entry
    for item in understood.asked:
        match item.outcome:
            case Choice(options=(first, *_), confidence=confidence) if confidence >= _LIKELY:
                return services.knowledge.entry(first.entry_id)
            case _:
                pass
    return None
