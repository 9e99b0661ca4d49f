"""The platform's errcodes as typed outcomes, each with the reaction it asks for (wechat.md 2.10)."""

import re
from dataclasses import dataclass
from enum import Enum


class Reaction(Enum):
    """What the caller does about an outcome; the client itself has already done its bounded retries."""

    DONE = "done"
    LATER = "try again after a minute"
    TOMORROW = "stop until midnight, shed load"
    NEXT_CONTACT = "keep it for the next message of the resident"
    DROP = "give up on this person"
    SHORTEN = "send something shorter"
    FALL_BACK = "use plain text instead"
    ALERT = "stop and tell the operator"
    UNCERTAIN = "it may have arrived: never resend by itself"


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform took it."""

    reaction: Reaction = Reaction.DONE


@dataclass(frozen=True, slots=True)
class _Refusal:
    """*rid* is the platform's request id, good for asking it why within seven days."""

    errcode: int
    errmsg: str
    rid: str
    reaction: Reaction


class NoWindow(_Refusal):
    """The resident has not written (or tapped, scanned, followed) recently enough."""


class QuotaUsed(_Refusal):
    """This resident's window is open, but its messages are used up."""


class NotFollowing(_Refusal):
    """The person left, refused, blocked us, or the openid belongs to another account."""


class NoConsent(_Refusal):
    """The person agreed to no 订阅通知 of this template, or took it back."""


class TokenTrouble(_Refusal):
    """The access token was refused twice, the second time a fresh one."""


class Misconfigured(_Refusal):
    """AppID, secret or the list of allowed addresses is wrong: only the operator can help."""


class NotAuthorised(_Refusal):
    """The account may not do this; often its yearly verification has lapsed."""


class TooLong(_Refusal):
    """The content is over the platform's limit."""


class Busy(_Refusal):
    """The platform is overloaded, or a quota per minute or day is used up."""


class Malformed(_Refusal):
    """We sent something wrong: a bug of ours, the same request will fail again."""


class Unknown(_Refusal):
    """An errcode this table does not know."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No answer of the platform. *sent_possibly* is False only if the request certainly never left.

    *why* is the kind of failure, never an address: addresses of calls contain the token.
    """

    sent_possibly: bool
    why: str

    @property
    def reaction(self) -> Reaction:
        """Never resend what may have arrived: sends have no idempotency key."""
        return Reaction.UNCERTAIN if self.sent_possibly else Reaction.LATER


Failure = (
    NoWindow
    | QuotaUsed
    | NotFollowing
    | NoConsent
    | TokenTrouble
    | Misconfigured
    | NotAuthorised
    | TooLong
    | Busy
    | Malformed
    | Unknown
    | Unreachable
)
Outcome = Sent | Failure

_Kind = type[
    NoWindow
    | QuotaUsed
    | NotFollowing
    | TokenTrouble
    | Misconfigured
    | NotAuthorised
    | TooLong
    | Busy
    | Malformed
    | Unknown
]

TOKEN_REFUSED = frozenset({40001, 40014, 42001})
BUSY = -1
NO_CONSENT = 43101

_TABLE: tuple[tuple[_Kind, Reaction, tuple[int, ...]], ...] = (
    (Busy, Reaction.LATER, (BUSY, 45011)),
    (Busy, Reaction.TOMORROW, (45009,)),
    (TokenTrouble, Reaction.ALERT, tuple(TOKEN_REFUSED)),
    (Misconfigured, Reaction.ALERT, (40013, 40125, 40243, 40164, 61004, 89503)),
    (NotFollowing, Reaction.DROP, (40003, 43004, 43101, 43019)),
    (NoWindow, Reaction.NEXT_CONTACT, (45015,)),
    (QuotaUsed, Reaction.NEXT_CONTACT, (45047,)),
    (TooLong, Reaction.SHORTEN, (45002, 45008)),
    (NotAuthorised, Reaction.FALL_BACK, (40200,)),
    (NotAuthorised, Reaction.ALERT, (48001, 50002)),
    (Malformed, Reaction.ALERT, (40037, 47003, 47001, 40008, 40033)),
)
_BY_CODE = {code: (kind, reaction) for kind, reaction, codes in _TABLE for code in codes}
_RID = re.compile(r"rid: ([0-9a-f]{1,16}(?:-[0-9a-f]{1,16}){2})")


def failure(errcode: int, errmsg: str) -> Failure:
    """Return what a non-zero *errcode* means; what is not in the table is for the operator to read."""
    kind, reaction = _BY_CODE.get(errcode, (Unknown, Reaction.ALERT))
    rid = _RID.search(errmsg)
    return kind(errcode, errmsg, rid[1] if rid else "", reaction)


def of_notice(outcome: Outcome) -> Outcome:
    """Return what an outcome means for a 订阅通知: there 43101 says that no consent is left, not who follows."""
    if isinstance(outcome, NotFollowing) and outcome.errcode == NO_CONSENT:
        return NoConsent(outcome.errcode, outcome.errmsg, outcome.rid, Reaction.NEXT_CONTACT)
    return outcome


def told(outcome: Outcome) -> dict[str, str]:
    """Return what an operator needs of an outcome in a log line."""
    match outcome:
        case Sent():
            return {"outcome": "Sent"}
        case Unreachable(sent_possibly=sent_possibly, why=why):
            return {"outcome": "Unreachable", "why": why, "sent_possibly": str(sent_possibly)}
        case _:
            name = type(outcome).__name__
            return {"outcome": name, "errcode": str(outcome.errcode), "errmsg": outcome.errmsg, "rid": outcome.rid}
