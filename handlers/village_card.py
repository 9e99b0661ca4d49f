"""The card a village admin pastes back into the group: short, numbered, and about nobody.

No nickname, phone, identity, card or plate number gets on a card: numbers are masked and
nicknames cut out of everything a person wrote. A 举报 is not even named.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from knowledge.chatlog import in_few_words
from knowledge.masking import mask

LONGEST_CARD = 500
"""Characters of one card, whatever the names and answers are."""
MOST_QUESTIONS = 5
FEW_WORDS = 24
ASK_ACCOUNT = "详情问公众号"
NO_ANSWER = "还没有现成答案"
IN_PRIVATE = "请本人私下发给公众号，这里不代收。"
_REPORT_WORDS = "举报类的事"
_UNNAMED = "群里问的一件事"
_LONGEST_ANSWER = 130
_AND_SO_ON = "，等等。"
_LONGEST_SOURCE = 40
_BREAKS = re.compile(r"\s*\n\s*")
_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]*")
_SPACED = re.compile(r"\s+")
_LEFT_OVER = re.compile(r"[@＠]|^[\s,，、:：;；。.]+|[\s,，、:：;；]+$")


class State(Enum):
    """What became of a question."""

    ANSWERED = auto()
    UNCLEAR = auto()
    """Several things may be meant; the answer names them."""
    OPEN = auto()
    """There is no answer, or somebody has to act: the admin may register it."""
    PRIVATE = auto()
    """A 举报, which is not taken on behalf of others."""


@dataclass(frozen=True, slots=True)
class CardItem:
    """One question as it goes on a card; *answer* and *source* are empty where there is none."""

    question: str
    answer: str = ""
    source: str = ""
    state: State = State.ANSWERED


def shorten(text: str, limit: int = FEW_WORDS) -> str:
    """The question in at most *limit* characters, cut with … only where its asking clause alone is longer."""
    few = in_few_words(text, limit)
    return few if len(few) <= limit else few[: limit - 1].rstrip("，,、 ") + "…"


def without_names(text: str, names: Collection[str]) -> str:
    """*text* without these nicknames (of two characters or more) and without @."""
    kept = text
    for name in sorted((name for name in names if len(name.strip()) > 1), key=len, reverse=True):
        kept = re.sub(re.escape(name.strip()), "", kept, flags=re.IGNORECASE)
    return _LEFT_OVER.sub("", _SPACED.sub(" ", kept)).strip()


def cleaned(text: str, names: Collection[str]) -> str:
    """What a person wrote, fit for the group: numbers masked, then names cut, then masked once more.

    Cutting a name may join two halves of a number, and masking may hide half of a name.
    """
    return mask(without_names(mask(without_names(text, names)), names))


def compose_card(
    items: Sequence[CardItem], names: Collection[str] = (), *, account: str = "", limit: int = LONGEST_CARD
) -> tuple[str, ...]:
    """The cards for *items*, numbered through, at most five questions and *limit* characters each.

    *names* are all nicknames of the chat. An empty chat gives one card that says so.
    """
    if not items:
        return (f"【群里的问题】没有看到要答复的问题。{_ask(account)}。",)
    blocks = [_block(place, _fit(item, names)) for place, item in enumerate(items, 1)]
    pages = _packed(items, blocks, account, limit)
    return tuple(
        _page(place, len(pages), [blocks[number] for number in page], items, page, account)
        for place, page in enumerate(pages, 1)
    )


def one_answer(place: int, item: CardItem, names: Collection[str] = (), *, account: str = "") -> str:
    """The whole answer to question *place*, for 看3: longer than on a card, as clean."""
    asked = _words(item, names)
    told = item.answer or (
        IN_PRIVATE if item.state is State.PRIVATE else f"{NO_ANSWER}。管理员回复“登记 {place}”，就交给工作人员。"
    )
    source = f"\n来源：{item.source}" if item.source else ""
    return f"{place}. {asked}\n{told}{source}\n{_ask(account)}。"


def _fit(item: CardItem, names: Collection[str]) -> CardItem:
    """The item with words, answer and source short enough for a card."""
    answer = _sentences(_BREAKS.sub(" ", mask(item.answer)), _LONGEST_ANSWER)
    source = _cut(mask(item.source), _LONGEST_SOURCE)
    return CardItem(_words(item, names), answer, source, item.state)


def _words(item: CardItem, names: Collection[str]) -> str:
    if item.state is State.PRIVATE:
        return _REPORT_WORDS
    return _cut(cleaned(item.question, names), FEW_WORDS + 4) or _UNNAMED


def _block(place: int, item: CardItem) -> str:
    match item.state:
        case State.PRIVATE:
            return f"{place}. {item.question}：{IN_PRIVATE}"
        case State.OPEN:
            told = f"{item.answer}" if item.answer else ""
            return f"{place}. {item.question}\n{NO_ANSWER}。{told}"
        case State.ANSWERED | State.UNCLEAR:
            source = f"（来源：{item.source}）" if item.source else ""
            return f"{place}. {item.question}\n{item.answer}{source}"


def _packed(items: Sequence[CardItem], blocks: Sequence[str], account: str, limit: int) -> list[list[int]]:
    """Which questions stand on which card, in order, as many as fit."""
    pages: list[list[int]] = [[]]
    for number in range(len(blocks)):
        page = [*pages[-1], number]
        trial = _page(99, 99, [blocks[place] for place in page], items, page, account)
        if pages[-1] and (len(page) > MOST_QUESTIONS or len(trial) > limit):
            pages.append([number])
        else:
            pages[-1] = page
    return pages


def _page(
    place: int, pages: int, blocks: Sequence[str], items: Sequence[CardItem], page: Sequence[int], account: str
) -> str:
    head = "【群里的问题】" if pages == 1 else f"【群里的问题 {place}/{pages}】"
    waiting = [str(number + 1) for number in page if items[number].state is State.OPEN]
    lines = [head, *blocks]
    if waiting:
        lines.append(f"第{'、'.join(waiting)}条：管理员回复“登记 {' '.join(waiting)}”，就交给工作人员答复。")
    more = "" if place == pages else "还有的在下一张。"
    lines.append(f"{more}{_ask(account)}。")
    return "\n".join(lines)


def _ask(account: str) -> str:
    return f"{ASK_ACCOUNT}“{account[:20]}”" if account else ASK_ACCOUNT


def _sentences(text: str, limit: int) -> str:
    """One or two sentences of *text* in at most *limit* characters; of a longer list only whole parts are kept."""
    found = [part.strip() for part in _SENTENCE.findall(text) if part.strip()]
    if not found:
        return ""
    both = "".join(found[:2])
    told = both if len(both) <= limit else found[0]
    return told if len(told) <= limit and "…" not in told else _whole_parts(told, limit)


def _whole_parts(text: str, limit: int) -> str:
    """As many parts of a list as fit; 等 stands for the rest. What has no parts is cut hard."""
    kept = text[: limit - len(_AND_SO_ON)].split("…")[0]
    pause = max(kept.rfind(sign) for sign in "；;")
    pause = pause if pause > 0 else kept.rfind("，", limit // 2)
    return kept[:pause] + _AND_SO_ON if pause > 0 else _cut(text, limit)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip("，,、；; ") + "…"
