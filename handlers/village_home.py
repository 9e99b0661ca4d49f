"""Which village a resident is of: asked once, after the village's QR code or its name."""

import hashlib

from casework.village.places import Found, Village, find_village
from handlers import wording
from handlers.commands import says_no, says_yes
from handlers.services import Said, Services
from handlers.state import AskedVillage
from handlers.turn import Turn

SCENE = "v:"
"""A scene of ours is ``v:镇/村``, or ``v:`` and the short id of the village."""
SHORT_ID = 8
LONGEST_NAME = 16
_ENDINGS = ("村", "社区", "村委会", "居委会")
_NOT_MINE = frozenset({"不是的", "不是我们村", "不是我村"})
_MINE = frozenset({"是我们村", "是我村"})


def short_id(village: Village) -> str:
    """The short id of a village for a scene: the same for ever, whatever the order of the list."""
    return hashlib.sha256(village.path.encode()).hexdigest()[:SHORT_ID]


def in_scene(scene: str, services: Services) -> Village | None:
    """The village a QR code stands for."""
    if not scene.startswith(SCENE):
        return None
    named = scene.removeprefix(SCENE)
    return next((place for place in services.village.places if named in (place.path, short_id(place))), None)


def ask_about(turn: Turn, services: Services, village: Village) -> Said | None:
    """Ask whether this is the resident's village; ``None`` when they were asked before or said so already."""
    if services.residents.home(turn.openid) == village.path:
        return None
    if not services.residents.ask_once(turn.openid, village.path):
        return None
    return Said(wording.is_your_village(village.path), pending=AskedVillage(village.path))


def names_village(turn: Turn) -> bool:
    """Could the words be nothing but the name of a village?"""
    words = turn.words.strip()
    return len(words) <= LONGEST_NAME and words.endswith(_ENDINGS)


def by_name(turn: Turn, services: Services) -> Said | None:
    """The village word of the sheet, sent where there is no QR code; ``None`` for anything else."""
    match find_village(with_slash(turn.words.strip(), services), services.village.places):
        case Found(village=village):
            return ask_about(turn, services, village) or Said(wording.village_known(village.path), keep=True)
        case _:
            return None


def answer(turn: Turn, services: Services) -> Said | None:
    """Take 是 or 不是; ``None`` when the words are a new message."""
    pending = turn.state.pending
    if not isinstance(pending, AskedVillage):
        return None
    words = turn.words.strip(" 。.!！")
    if says_yes(words) or words in _MINE:
        services.residents.settle(turn.openid, pending.village)
        return Said(wording.settled_in(pending.village))
    if says_no(words) or words in _NOT_MINE:
        return Said(wording.NOT_YOUR_VILLAGE)
    return None


def with_slash(words: str, services: Services) -> str:
    """八景镇上保村 as 八景镇/上保村, the form in which villages are looked up."""
    town = next((place.town for place in services.village.places if words.startswith(place.town)), "")
    rest = words.removeprefix(town)
    return f"{town}/{rest}" if town and rest[:1] not in ("/", "／", " ") else words
