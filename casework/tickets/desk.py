"""The desk's door: every use case of a ticket. The bot and the console call the same ones.

Each takes the Desk first, checks the rights of the one who acts, changes the ticket, logs an
event and owes the notice; it returns the ticket as saved, or raises TransitionRefused
(NotAllowed, NoSuchTicket) with a Chinese reason. Run each inside one database transaction.
"""

from casework.tickets.afterwards import rate, record_return_call, reopen, withdraw
from casework.tickets.answering import answer, answer_directly, close
from casework.tickets.case import DESK_UNIT, Desk, NoSuchTicket, NotAllowed, is_overdue
from casework.tickets.dispatching import begin, dispatch, may_still_send_back, send_back, sign
from casework.tickets.importing import Imported, import_ticket
from casework.tickets.intake import (
    NUMBER,
    Opening,
    accept,
    change_kind,
    classify,
    decline,
    open_ticket,
    set_external_number,
    supplement,
    ticket_number,
    urge,
)
from casework.tickets.merging import merge, unmerge
from casework.tickets.reading import (
    WrongCode,
    look_at_asker,
    may_read,
    may_see_asker,
    read_as_asker,
    read_as_staff,
    reclaim,
    renew_code,
    show_code,
)
from casework.tickets.timing import (
    approve_extension,
    ask_extension,
    pause,
    recompute_open,
    refuse_extension,
    resume,
)
from casework.tickets.transitions import Action, TransitionRefused, actions_for

__all__ = [
    "DESK_UNIT",
    "NUMBER",
    "Action",
    "Desk",
    "Imported",
    "NoSuchTicket",
    "NotAllowed",
    "Opening",
    "TransitionRefused",
    "WrongCode",
    "accept",
    "actions_for",
    "answer",
    "answer_directly",
    "approve_extension",
    "ask_extension",
    "begin",
    "change_kind",
    "classify",
    "close",
    "decline",
    "dispatch",
    "import_ticket",
    "is_overdue",
    "look_at_asker",
    "may_read",
    "may_see_asker",
    "may_still_send_back",
    "merge",
    "open_ticket",
    "pause",
    "rate",
    "read_as_asker",
    "read_as_staff",
    "reclaim",
    "recompute_open",
    "record_return_call",
    "refuse_extension",
    "renew_code",
    "reopen",
    "resume",
    "send_back",
    "set_external_number",
    "show_code",
    "sign",
    "supplement",
    "ticket_number",
    "unmerge",
    "urge",
    "withdraw",
]
