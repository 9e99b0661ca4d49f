"""办事一本通: guides as a printed book with contents, page numbers, version and day.

The values are plain; whoever knows the guides fills them in. An empty text or 待核 is
printed as 待核, so nothing unknown looks settled.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time

from documents.papers import SharedPaper, shared_papers
from documents.pdf import Value, compile_pdf


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper to bring; *forms* is said in one cell: blank form, how to fill it in, sample."""

    name: str
    form: str = ""
    copies: str = ""
    origin: str = ""
    forms: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """One way through the questions of a guide, with exactly the papers of that case."""

    answers: tuple[tuple[str, str], ...]
    """(question, answer) in the order asked."""
    papers: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One guide. *key* is its name in cross-references, *bases* one line a law."""

    key: str
    title: str
    conclusion: str
    eligibility: tuple[str, ...]
    situations: tuple[Situation, ...]
    papers: tuple[Paper, ...]
    places: tuple[tuple[str, str], ...]
    """(level, kind of office)."""
    online: str
    proxy: str
    steps: tuple[str, ...]
    legal_limit: str
    promised_limit: str
    fee: str
    bases: tuple[str, ...]
    myths: tuple[tuple[str, str], ...]
    """(what is heard, what is so)."""
    local_gaps: tuple[str, ...]
    unit: str
    trust: str
    """Where it comes from, when that was read, and who reviewed it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One domain or one 一件事; *joined* prints the papers of all its chapters once, in front."""

    title: str
    intro: str
    chapters: tuple[Chapter, ...]
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Finder:
    """A list in front that leads to chapters: one 一件事 of a book that is ordered by domain."""

    title: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Booklet:
    """A whole book. *version* is the short hash of the contents, *made_on* the day it was printed."""

    title: str
    subtitle: str
    issuer: str
    version: str
    made_on: date
    parts: tuple[Part, ...]
    warning: str = ""
    """Printed in a box on the cover: what this city has not reviewed."""
    finders: tuple[Finder, ...] = ()


def booklet_pdf(book: Booklet) -> bytes:
    """Return the book as PDF; the same book gives the same bytes.

    A hundred guides take some seconds: call it in a thread where an event loop waits.

    Raises:
        DocumentError: the book cannot be set.
    """
    return compile_pdf("booklet", booklet_values(book), datetime.combine(book.made_on, time(), UTC))


def booklet_values(book: Booklet) -> dict[str, Value]:
    """Return what the template reads: the book, its day in words and the shared papers of joined parts."""
    return {
        "title": book.title,
        "subtitle": book.subtitle,
        "issuer": book.issuer,
        "version": book.version,
        "made_on": f"{book.made_on.year}年{book.made_on.month}月{book.made_on.day}日",
        "warning": book.warning,
        "parts": [_part(part) for part in book.parts],
        "finders": [asdict(finder) for finder in book.finders],
    }


def _part(part: Part) -> dict[str, Value]:
    shared = shared_papers([(chapter.title, chapter.papers) for chapter in part.chapters]) if part.joined else ()
    return {
        "title": part.title,
        "intro": part.intro,
        "joined": part.joined,
        "shared": [asdict(paper) for paper in shared],
        "chapters": [_chapter(chapter, number, shared) for number, chapter in enumerate(part.chapters, 1)],
    }


def _chapter(chapter: Chapter, number: int, shared: Sequence[SharedPaper]) -> dict[str, Value]:
    places = [place for place, paper in enumerate(shared, 1) if number in paper.steps]
    return {**asdict(chapter), "number": number, "shared": places}
