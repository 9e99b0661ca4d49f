"""Follow, unfollow, scan: who comes, who goes, and what they are told."""

from dataclasses import replace

from handlers import village_home, wording
from handlers.services import Said, Services
from handlers.turn import NOTHING, Followed, Reply, Scanned, Turn


def welcome(turn: Turn, services: Services) -> Said:
    """Greet with three things to try and the privacy notice; a village's code asks whether it is theirs."""
    said = Said(wording.welcome(services.account))
    scene = turn.content.scene if isinstance(turn.content, Followed) else ""
    return _with_village(turn, services, scene, said)


def farewell(turn: Turn, services: Services) -> Said:
    """Erase everything about someone who unfollowed; nothing can be shown to them."""
    services.residents.forget(turn.openid)
    services.village.gatherings.drop(turn.openid)
    services.village.aliases.remember(turn.openid, (), turn.now)
    return Said(NOTHING)


def scanned(turn: Turn, services: Services) -> Said:
    """Greet a follower who scanned a code of ours."""
    said = Said(wording.help_text(), keep=True)
    return _with_village(turn, services, turn.content.scene if isinstance(turn.content, Scanned) else "", said)


def _with_village(turn: Turn, services: Services, scene: str, said: Said) -> Said:
    """Ask once about the village a scanned code stands for, after the greeting."""
    village = village_home.in_scene(scene, services)
    asked = village_home.ask_about(turn, services, village) if village else None
    if asked is None:
        return said
    text = f"{said.reply.text}\n\n{asked.reply.text}"
    return replace(asked, reply=Reply(text, asked.reply.taps))


def privacy(turn: Turn, services: Services) -> Said:
    """Show the whole privacy notice."""
    return Said(wording.privacy(services.account), keep=True)
