"""Follow, unfollow, scan: who comes, who goes, and what they are told."""

from handlers import wording
from handlers.services import Said, Services
from handlers.turn import NOTHING, Turn


def welcome(turn: Turn, services: Services) -> Said:
    """Greet with three things to try and the privacy notice."""
    return Said(wording.welcome(services.account))


def farewell(turn: Turn, services: Services) -> Said:
    """Erase everything about someone who unfollowed; nothing can be shown to them."""
    services.residents.forget(turn.openid)
    return Said(NOTHING)


def scanned(turn: Turn, services: Services) -> Said:
    """Greet a follower who scanned a code of ours."""
    return Said(wording.help_text(), keep=True)


def privacy(turn: Turn, services: Services) -> Said:
    """Show the whole privacy notice."""
    return Said(wording.privacy(services.account), keep=True)
