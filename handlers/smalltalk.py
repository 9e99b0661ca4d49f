"""Answer what is no question to government with one fitting line, never with a search result."""

from handlers import wording
from handlers.services import Said, Services
from handlers.turn import Reply
from knowledge.model import Chat


def reply_to(chat: Chat, services: Services) -> Said:
    """Return the line for this kind of chat."""
    return Said(_line(chat, services))


def _line(chat: Chat, services: Services) -> Reply:
    match chat:
        case Chat.GREETING:
            return wording.GREETING
        case Chat.THANKS:
            return wording.THANKS
        case Chat.FAREWELL:
            return wording.FAREWELL
        case Chat.INSULT:
            return wording.INSULT
        case Chat.ADVERT:
            return wording.ADVERT
        case Chat.NOISE:
            return wording.NOISE
        case Chat.INJECTION:
            return wording.INJECTION
        case Chat.IDENTITY:
            return wording.identity(services.account)
