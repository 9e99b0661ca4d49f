"""Why a request gets no answer: one exception for every way a delivery can be wrong."""

from typing import Literal


class Refused(Exception):  # noqa: N818 - an answer to the sender, not a fault of ours
    """The request is answered with *status* and nothing else; no work has been done for it.

    *reason* is for the log: a few fixed English words, never anything the sender wrote.
    """

    def __init__(self, status: Literal[400, 403, 413], reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Replayed(Exception):  # noqa: N818 - an answer to the sender, not a fault of ours
    """This timestamp and nonce have already come with another message."""
