"""What the platform reports of 订阅通知: who agreed, who took it back, what did not arrive. Nothing can be answered."""

from handlers.services import Said, Services
from handlers.turn import NOTHING, Agreed, NotArrived, TookBack, Turn


def note(turn: Turn, services: Services) -> Said:
    """Note it; the conversation goes on as it was."""
    match turn.content:
        case Agreed(templates):
            for template in templates:
                services.residents.agree(turn.openid, template)
        case TookBack(templates):
            for template in templates:
                services.residents.take_back(turn.openid, template)
        case NotArrived(templates):
            for template in templates:
                services.residents.not_arrived(turn.openid, template)
    return Said(NOTHING, keep=True)
