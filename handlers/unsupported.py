"""Messages that carry no words: each gets a sentence that says what to do instead."""

from handlers import wording
from handlers.services import Said, Services
from handlers.turn import Link, Location, Picture, Turn, Unsupported, Voice


def reply_to(turn: Turn, services: Services) -> Said:
    """Return the fitting line; what we were waiting for stays."""
    match turn.content:
        case Voice():
            reply = wording.VOICE_UNHEARD
        case Picture():
            reply = wording.PICTURE_ALONE
        case Location(label=label):
            reply = wording.location_alone(label)
        case Link():
            reply = wording.LINK
        case Unsupported(kind="sticker"):
            reply = wording.STICKER
        case Unsupported(kind="video" | "shortvideo"):
            reply = wording.VIDEO
        case Unsupported(kind="file"):
            reply = wording.FILE
        case Unsupported():
            reply = wording.UNREADABLE
        case _:
            reply = wording.EMPTY
    return Said(reply, keep=True)
