"""Offer a ticket, write it down with the resident one question at a time, and open it."""

from dataclasses import replace

from casework.staff import Resident
from casework.tickets.desk import Opening, open_ticket
from casework.tickets.model import Kind, TextKind
from handlers import answering, drafting, wording
from handlers.commands import Command, command_in, says_no, says_yes, tidy
from handlers.services import Said, Services, Told
from handlers.state import Draft, Drafting, Offered
from handlers.turn import Turn
from knowledge import cards
from knowledge.model import Entry, Understanding

KINDS = tuple(kind.value for kind in Kind)


def offer_for_demand(turn: Turn, services: Services, understood: Understanding, guide: Entry | None) -> Said:
    """Offer to write a demand down; a guide may stand beside the offer, never instead of it."""
    kind = understood.demand or "求助"
    draft = Draft(kind, turn.words, domain=understood.domain)
    beside = cards.one_line(guide) if guide else ""
    told = Told("ticket", guide.id if guide else "", kind=kind, domain=understood.domain, unit=understood.unit)
    reply = wording.offer_ticket(kind, answering.consult_due(turn, services, kind), beside)
    return Said(reply, told, pending=Offered(draft))


def answer_offer(turn: Turn, services: Services) -> Said | None:
    """Take a yes, a no or another kind; None when the words are a new message."""
    pending = turn.state.pending
    if not isinstance(pending, Offered):
        return None
    word = tidy(turn.words)
    if word in KINDS:
        draft = replace(pending.draft, kind=word)
        reply = wording.offer_ticket(word, answering.consult_due(turn, services, word))
        return Said(reply, _told(draft), pending=Offered(draft))
    if command_in(word) in (Command.REGISTER, Command.CONFIRM) or says_yes(word):
        return _begin(turn, services, pending.draft)
    if command_in(word) in (Command.CANCEL, Command.BACK) or says_no(word):
        return Said(wording.NOT_REGISTERED)
    return None


def begin_unasked(turn: Turn, services: Services) -> Said:
    """登记 with nothing offered: take the last question, or ask what it is about."""
    state = turn.state
    return _begin(turn, services, Draft("咨询", state.last_words, question_id=state.open_id or state.question_id))


def begin_fresh(turn: Turn, services: Services) -> Said:
    """登记诉求 from the menu: what was offered just now, else something new."""
    pending = turn.state.pending
    return _begin(turn, services, pending.draft if isinstance(pending, Offered) else Draft("咨询", ""))


def take_part(turn: Turn, services: Services) -> Said | None:
    """Take the answer to one question of a draft; None when there is no draft."""
    pending = turn.state.pending
    if not isinstance(pending, Drafting):
        return None
    match drafting.advance(pending, turn, services.towns):
        case drafting.Cancelled():
            return Said(wording.CANCELLED, Told("ticket", kind=pending.draft.kind))
        case drafting.Refused(reply=reply, pending=same):
            return Said(reply, _told(same.draft), pending=same)
        case drafting.Next(pending=following):
            return _ask(following)
        case drafting.Confirmed(draft=draft):
            return _opened(turn, services, draft)


def _begin(turn: Turn, services: Services, draft: Draft) -> Said:
    """Ask for the first part; where the resident lives is known from their village's code."""
    if home := services.residents.home(turn.openid):
        draft = replace(draft, village=home, town=home.partition("/")[0])
    return _ask(drafting.first_step(draft))


def _ask(pending: Drafting) -> Said:
    return Said(drafting.question(pending), _told(pending.draft), pending=pending)


def _opened(turn: Turn, services: Services, draft: Draft) -> Said:
    pictures = [services.residents.want_picture(turn.openid, media_id) for media_id in draft.pictures]
    texts = [(TextKind.DEMAND, draft.what)]
    texts += [(kind, body) for kind, body in ((TextKind.PLACE, draft.place), (TextKind.WHEN, draft.when)) if body]
    texts += [(TextKind.PICTURE, picture) for picture in pictures]
    code = services.new_code()
    opening = Opening(
        Kind(draft.kind),
        tuple(texts),
        turn.openid,
        draft.phone,
        town=draft.town,
        domain=draft.domain,
        village=draft.village,
    )
    ticket = open_ticket(services.desk, opening, code, services.hash_code, Resident(turn.openid))
    if draft.question_id:
        services.questions.join_ticket(draft.question_id, ticket.number)
    return Said(wording.registered(ticket, code, services.account.notice_article), _told(draft))


def _told(draft: Draft) -> Told:
    return Told("ticket", kind=draft.kind, domain=draft.domain)
