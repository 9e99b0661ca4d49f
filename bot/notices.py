"""Notices of the ticket desk, worded and owed in the transaction of the change they tell of."""

import sqlite3
from datetime import datetime

from casework.ports import NoticeDetails, NoticeKind, TicketBook
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
        """Owe one notice; one event is owed once to each case it tells of (a merged one hears of its main one's)."""
        texts = {text.id: text.body for text in self._book.texts(case)}
        body = wording.notice(kind, details, texts.get(details.text_id, ""))
        dedup = event if event.startswith(f"{case}/") else f"{case}<{event}"
        outbox.owe(self._connection, openid, case, body, dedup, self._now_ms)
