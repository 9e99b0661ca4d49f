"""The sentences the intent model learns from: our own under ``data/intent``, and the catalogs' phrasings.

Each file holds sentences of one kind under topics; in ``chat.txt`` the topics are the kinds of chat.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from zlib import crc32

from knowledge.demand import demand_in
from knowledge.intent_model import CHATS, DEMANDS, Kind
from knowledge.model import Entry
from knowledge.text import tidy

_FILES = {
    "question": Kind.QUESTION,
    "local": Kind.LOCAL,
    "help": Kind.HELP,
    "suggest": Kind.SUGGESTION,
    "complain": Kind.COMPLAINT,
    "report": Kind.REPORT,
    "document": Kind.DOCUMENT,
    "legal": Kind.LEGAL,
    "online": Kind.ONLINE,
}
_BRIEF, _BRIEF_WEIGHT = 6, 0.4
_MOST_OF_ENTRY = 10
_CHAT_FILE = "chat"
_CHAT_KINDS = {chat.value: kind for kind, chat in CHATS.items()}
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence, its kind, how much it counts, and which fold holds it out."""

    text: str
    kind: Kind
    weight: float
    fold: int
    own: bool
    """Written for this, and no phrasing of the catalogs."""


def own_examples() -> tuple[Example, ...]:
    """All sentences written for this purpose; a topic is held out whole, across all kinds."""
    found = [Example(tidy(text), kind, _weight(text, kind), _fold(topic), True) for topic, text, kind in _own_lines()]
    return tuple({example.text: example for example in found}.values())


def catalogue_examples(entries: Iterable[Entry], weight: float) -> tuple[Example, ...]:
    """The catalogs' phrasings as questions that count *weight* together; an entry is held out whole.

    A phrasing that the word lists take for a demand ("菜场门口摆摊占了路，没人管") is left out: the
    catalogs answer it, but what it looks like is trouble. So that an entry with many phrasings, or
    a catalog that grows, does not outweigh our own sentences, few of each entry are taken.
    """
    taken = [(entry, text) for entry in entries for text in _spread(entry)]
    each = round(weight / max(len(taken), 1), 6)
    return tuple(Example(text, Kind.QUESTION, each, _fold(entry.id), False) for entry, text in taken)


def _spread(entry: Entry) -> list[str]:
    """The title, the other names and a few phrasings of *entry*, from its whole list."""
    texts = dict.fromkeys(tidy(one) for one in (entry.title, *entry.aliases, *entry.phrasings))
    asked = [text for text in texts if not demand_in(text)]
    step = -(-len(asked) // _MOST_OF_ENTRY) or 1
    return asked[::step]


def _own_lines() -> Iterator[tuple[str, str, Kind]]:
    for name, kind in _FILES.items():
        yield from ((topic, text, kind) for topic, text in _lines(name))
    # Chat has no topics: each sentence is held out by itself.
    yield from ((text, text, _CHAT_KINDS[chat]) for chat, text in _lines(_CHAT_FILE))


def _lines(name: str) -> Iterator[tuple[str, str]]:
    topic = ""
    for line in files("knowledge").joinpath(f"data/intent/{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            topic = line.removeprefix("#").strip()
        elif line.strip():
            yield topic, line


def _weight(text: str, kind: Kind) -> float:
    """Trouble in five words looks like the name of a matter, and must not outweigh it."""
    return _BRIEF_WEIGHT if kind in DEMANDS and len(text) <= _BRIEF else 1.0


def _fold(name: str) -> int:
    return crc32(name.encode()) % FOLDS
