"""What the knowledge base says to the questions of a group chat, as items for the card to paste back."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.services import Knowledge
from handlers.village_card import CardItem, State, compose_card, shorten, without_names
from knowledge import cards
from knowledge.chatlog import Question, names_in, parse
from knowledge.masking import mask
from knowledge.model import Answer, Asked, Choice, Door, Entry, Origin, Understanding, Unknown

_MOST_ANSWERS = 2


class BadLineError(ValueError):
    """A line of the input is no ``{"id", "text"}``; the message says which and why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Read:
    """One paste, read and answered; *pages* are the cards, *names* every nickname in it."""

    questions: tuple[Question, ...]
    names: frozenset[str]
    items: tuple[CardItem, ...]
    pages: tuple[str, ...]


def read_paste(
    paste: str, knowledge: Knowledge, today: date, *, words: Collection[str] = (), account: str = ""
) -> Read:
    """Questions, answers and cards of one paste; *words* are titles and aliases of the catalogs."""
    questions, names = parse(paste, words), names_in(paste)
    items = answer_questions(questions, knowledge, today, names)
    return Read(questions, names, items, compose_card(items, names, account=account))


def answer_questions(
    questions: Sequence[Question], knowledge: Knowledge, today: date, names: Collection[str] = ()
) -> tuple[CardItem, ...]:
    """An item for every question, in order; *names* are cut out before the knowledge base reads them."""
    return tuple(answer_one(question.whole, knowledge, today, names)[0] for question in questions)


def answer_one(
    text: str, knowledge: Knowledge, today: date, names: Collection[str] = ()
) -> tuple[CardItem, Understanding]:
    """The item for one question, and what its words were understood as."""
    words = without_names(text, names)
    understood = knowledge.understand(words)
    return _item(shorten(words), understood, knowledge, today), understood


def parse_lines(
    lines: Iterable[str], knowledge: Knowledge, today: date, *, words: Collection[str] = ()
) -> Iterator[str]:
    """For ``village parse --jsonl``: ``{"id","text"}`` lines to ``{"id","questions","card","cards"}`` lines.

    ``card`` is the first card, ``cards`` are all of them; numbers in a question are masked.
    Raises BadLineError at a line that is not of this form.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        key, text = _paste_in(line, number)
        read = read_paste(text, knowledge, today, words=words)
        asked = [{"asker": question.asker, "text": mask(question.text)} for question in read.questions]
        yield json.dumps(
            {"id": key, "questions": asked, "card": read.pages[0], "cards": read.pages}, ensure_ascii=False
        )


def _paste_in(line: str, number: int) -> tuple[str | int, str]:
    try:
        row = json.loads(line)
    except ValueError as fault:
        raise BadLineError(f"第{number}行不是一个JSON对象") from fault
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not isinstance(row.get("id"), str | int):
        raise BadLineError(f'第{number}行要写成 {{"id": …, "text": "…"}}')
    return row["id"], row["text"]


def _item(short: str, understood: Understanding, knowledge: Knowledge, today: date) -> CardItem:
    if understood.demand == "举报":
        return CardItem(short, state=State.PRIVATE)
    urgent = _urgent(understood)
    if understood.door is Door.DEMAND:
        return CardItem(short, urgent, state=State.OPEN)
    found = [(asked, entry) for asked in understood.asked if (entry := _entry(asked, knowledge, today))]
    if found:
        told = [cards.one_line(entry, asked.facet) for asked, entry in found[:_MOST_ANSWERS]]
        return CardItem(short, urgent + _run(told), _source(found[0][1].origin))
    options = _options(understood, knowledge, today)
    if options:
        return CardItem(short, f"{urgent}可能是：{'；'.join(options)}。问公众号时说清是哪一件。", state=State.UNCLEAR)
    return CardItem(short, urgent, state=State.OPEN)


def _entry(asked: Asked, knowledge: Knowledge, today: date) -> Entry | None:
    """The live entry that answers a clause."""
    match asked.outcome:
        case Answer(match=found):
            entry = knowledge.entry(found.entry_id)
            return entry if entry and cards.is_live(entry, today) else None
        case Choice() | Unknown():
            return None


def _options(understood: Understanding, knowledge: Knowledge, today: date) -> list[str]:
    """The titles a question may mean, two or three of them."""
    for asked in understood.asked:
        if isinstance(asked.outcome, Choice):
            entries = [knowledge.entry(option.entry_id) for option in asked.outcome.options]
            return [entry.title for entry in entries if entry and cards.is_live(entry, today)][:3]
    return []


def _urgent(understood: Understanding) -> str:
    """The numbers to call first, where somebody is in danger."""
    if understood.danger is None:
        return ""
    return "先打" + "、".join(f"{number}（{what}）" for number, what in understood.danger.numbers) + "。"


def _run(told: Sequence[str]) -> str:
    return "".join(part if part.endswith(("。", "！", "？")) else part + "。" for part in dict.fromkeys(told))


def _source(origin: Origin) -> str:
    """Where the answer comes from, and that this city has not reviewed it where that is so."""
    title = next((source.title for source in origin.sources if source.title), "待核")
    return f"{title[:26]}，本市还没审核" if "未经本市审核" in origin.review else title
