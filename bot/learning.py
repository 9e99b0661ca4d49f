"""What an outcome teaches about the account: some answers name a missing right, most say nothing of it."""

import sqlite3

from bot.errcodes import Malformed, Misconfigured, NotAuthorised, Outcome, Sent, TokenTrouble
from storage import learned
from web.console.system_ports import Ability

MENU, MESSAGES, NOTICES = "menu", "messages", "notices"
_LONGEST = 200


def lesson(outcome: Outcome) -> Ability | None:
    """Return what the outcome teaches, None for what depends on the moment or the resident."""
    match outcome:
        case Sent():
            return Ability("allowed")
        case NotAuthorised(errcode, errmsg):
            return Ability("refused", None, str(errcode), errmsg[:_LONGEST])
        case Misconfigured(errcode, errmsg) | TokenTrouble(errcode, errmsg):
            return Ability("trouble", None, str(errcode), errmsg[:_LONGEST])
        case _:
            return None


def learn(connection: sqlite3.Connection, what: str, outcome: Outcome, now_ms: int) -> None:
    """Remember what the outcome teaches; a template that is refused as malformed is a wrong setting."""
    found = lesson(outcome)
    if what == NOTICES and isinstance(outcome, Malformed):
        found = Ability("trouble", None, str(outcome.errcode), outcome.errmsg[:_LONGEST])
    if found is not None:
        learned.put(connection, what, found, now_ms)
