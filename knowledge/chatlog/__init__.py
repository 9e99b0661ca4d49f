"""A pasted group chat → who asked what.

``parse`` reads what a village admin copied out of a WeChat group, in whatever form the phone
or the PC gave it, and returns one question per matter and person, in the person's own words.
"""

from collections.abc import Collection

from knowledge.chatlog.brief import in_few_words
from knowledge.chatlog.joining import join
from knowledge.chatlog.messages import messages_in, voices_in
from knowledge.chatlog.model import Question
from knowledge.chatlog.speech import Listener

__all__ = [
    "LONGEST_PASTE",
    "MOST_LINES",
    "Question",
    "in_few_words",
    "looks_like_chat",
    "names_in",
    "parse",
]

LONGEST_PASTE = 20_000
"""Characters read of one paste; an admin is asked for 4,000, more is still read up to here."""
MOST_LINES = 400


def parse(paste: str, words: Collection[str] = ()) -> tuple[Question, ...]:
    """The questions and demands of a pasted chat, in the order they were first asked.

    *words* are names of things government does (titles and aliases of the catalogs); with them
    fewer rare matters are missed, without them the built-in table of matters is used alone.
    """
    return join(messages_in(_kept(paste)), Listener.knowing(words))


def names_in(paste: str) -> frozenset[str]:
    """Every nickname that speaks, is quoted or is called with @ in the paste, to be kept out of what is pasted back."""
    return voices_in(_kept(paste))


def looks_like_chat(text: str) -> bool:
    """Is this a copied chat (two speakers or turns, a quote, a 接龙), and not one person's own message?"""
    found = messages_in(_kept(text))
    signed = [item for item in found if item.speaker]
    return len(signed) > 1 or any(item.quoted for item in found)


def _kept(paste: str) -> list[str]:
    """The lines that are read."""
    return paste[:LONGEST_PASTE].splitlines()[:MOST_LINES]
