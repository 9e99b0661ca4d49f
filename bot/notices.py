"""Notices of the ticket desk, worded and owed in the transaction of the change they tell of."""

import sqlite3
from datetime import datetime

from bot.short_notice import facts_of
from casework.ports import NoticeDetails, NoticeKind, TicketBook
from casework.tickets.model import Source, TextKind
from handlers import wording
from storage import outbox
from storage.times import to_ms


class OwedNotices:
    """casework.ports.Notices on one open transaction."""

    def __init__(self, connection: sqlite3.Connection, book: TicketBook, now: datetime) -> None:
        self._connection = connection
        self._book = book
        self._now_ms = to_ms(now)

    def owe(self, openid: str, case: str, event: str, kind: NoticeKind, details: NoticeDetails) -> None:
        """Owe one notice; one event is owed once."""
        texts = self._book.texts(case)
        told = next((text.body for text in texts if text.id == details.text_id), "")
        ticket = self._book.get(case)
        if ticket is not None and ticket.source is Source.VILLAGE:
            asked = next((text.body for text in texts if text.kind is TextKind.DEMAND), "")
            body = wording.village_notice(kind, details, asked, told)
            short = facts = ""
        else:
            body, short, facts = wording.notice(kind, details, told), kind.value, facts_of(details)
        outbox.owe(self._connection, openid, case, body, event, self._now_ms, short, facts)
