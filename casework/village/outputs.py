"""One approved text, three outputs: a card for the group, a script for 村村通, a sheet for the 公示栏.

All three carry the same facts, whole: a fact is never cut, and a text whose facts do not fit
a card is refused by :func:`problems` before it is approved. Sources: plan rows 24 and 31.
"""

import re
from dataclasses import dataclass
from datetime import date

from casework.village.spoken import spoken

CARD_LENGTH = 500
"""Characters of a card, line breaks included."""
_BLANK = re.compile(r"\s+")
_NUMERAL = re.compile(r"[0-9〇零一二三四五六七八九十百千万亿两幺点]")
_FIGURE = re.compile(r"\d[\d,.:：]*\d|\d")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing people must not miss, such as 缴费时间 with its dates."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ApprovedText:
    """What was reviewed for publishing. Figures of the *body* must stand in a fact or the title too."""

    title: str
    facts: tuple[Fact, ...]
    body: tuple[str, ...]
    source: str
    date: date
    issuer: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the A4 sheet, field by field."""

    title: str
    facts: tuple[tuple[str, str], ...]
    body: tuple[str, ...]
    issuer: str
    issued_on: date
    source: str

    def lines(self) -> str:
        """Return everything printed, one thing a line."""
        facts = [f"{label}：{value}" for label, value in self.facts]
        return "\n".join([self.title, *facts, *self.body, self.issuer, _day(self.issued_on), f"来源：{self.source}"])


def group_card(text: ApprovedText, account: str = "") -> str:
    """Return the card to paste into the group: every fact, then as many body sentences as fit.

    Raises:
        ValueError: the facts alone are too long; :func:`problems` says so beforehand.
    """
    head = [f"【{_line(text.title)}】", *(f"{fact.label}：{fact.value}" for fact in _clean(text.facts))]
    named = f"公众号“{account}”" if account else "公众号"
    foot = [f"来源：{_line(text.source)}", f"{_line(text.issuer)}，{_day(text.date)}", f"详情问{named}"]
    body = [_line(sentence) for sentence in text.body]
    for kept in range(len(body), -1, -1):
        rest = ["全文看公示栏。"] if kept < len(body) else []
        card = "\n".join([*head, *body[:kept], *rest, *foot])
        if len(card) <= CARD_LENGTH:
            return card
    raise ValueError(f"要点太多，群里的卡片写不下（最多{CARD_LENGTH}字）")


def broadcast_script(text: ApprovedText, listeners: str = "各位村民") -> str:
    """Return the script for the loudspeaker: facts first, then the text, then the facts once more."""
    facts = [f"{spoken(fact.label)}，{_spoken_value(fact)}。" for fact in _clean(text.facts)]
    body = [_stop(spoken(_line(sentence))) for sentence in text.body]
    title = spoken(_line(text.title))
    origin = f"发布单位，{spoken(_line(text.issuer))}。发布日期，{spoken(_day(text.date))}。"
    return "\n".join(
        [
            f"{listeners}，大家好。现在广播一个通知：{title}。",
            *facts,
            *body,
            "下面把要紧的再说一遍。",
            f"{title}。",
            *facts,
            f"以上内容出自，{spoken(_line(text.source))}。",
            origin,
            "没听清的，可以看公示栏。广播完了，谢谢大家。",
        ]
    )


def notice_sheet(text: ApprovedText) -> Sheet:
    """Return what stands on the sheet for the 公示栏."""
    return Sheet(
        title=_line(text.title),
        facts=tuple((fact.label, fact.value) for fact in _clean(text.facts)),
        body=tuple(_line(sentence) for sentence in text.body),
        issuer=_line(text.issuer),
        issued_on=text.date,
        source=_line(text.source),
    )


def facts_of(text: ApprovedText) -> tuple[Fact, ...]:
    """Return everything that each output must carry: the facts, and title, source, issuer and day."""
    return (
        Fact("标题", _line(text.title)),
        *_clean(text.facts),
        Fact("来源", _line(text.source)),
        Fact("发布单位", _line(text.issuer)),
        Fact("发布日期", _day(text.date)),
    )


def facts_in(output: str, text: ApprovedText) -> tuple[Fact, ...]:
    """Return those of :func:`facts_of` that *output* carries, written or as read aloud, whole."""
    told = "\n".join(_BLANK.sub("", line) for line in output.splitlines())
    return tuple(
        fact for fact in facts_of(text) if _stands_in(fact.value, told) or _stands_in(_spoken_value(fact), told)
    )


def problems(text: ApprovedText) -> tuple[str, ...]:
    """Return why this text must not be approved yet, in sentences for the editor; empty when all is well."""
    named = (("标题", text.title), ("来源", text.source), ("发布单位", text.issuer))
    found = [f"没有写{name}" for name, value in named if not value.strip()]
    if not text.facts:
        found.append("没有要点：时间、地点、金额、电话等要单列出来")
    found += [f"要点“{fact.label}”没有内容" for fact in text.facts if not fact.value.strip()]
    found += [f"正文里的“{figure}”没有列进要点，三种稿子会不一致" for figure in unlisted_figures(text)]
    try:
        group_card(text)
    except ValueError as error:
        found.append(str(error))
    return tuple(found)


def unlisted_figures(text: ApprovedText) -> tuple[str, ...]:
    """Return the figures of the body that neither a fact nor the title holds."""
    listed = set(_FIGURE.findall(" ".join([text.title, _day(text.date), *(fact.value for fact in text.facts)])))
    found = [figure for sentence in text.body for figure in _FIGURE.findall(sentence)]
    return tuple(dict.fromkeys(figure for figure in found if figure not in listed))


def _stands_in(value: str, told: str) -> bool:
    """Is *value* there and not merely a piece of a longer number (30元 within 130元)?"""
    sought = _BLANK.sub("", value)
    start = told.find(sought)
    while sought and start >= 0:
        before, after = told[:start][-1:], told[start + len(sought) :][:1]
        inside = _NUMERAL.match(before) and _NUMERAL.match(sought[0])
        if not inside and not (_NUMERAL.match(after) and _NUMERAL.match(sought[-1])):
            return True
        start = told.find(sought, start + 1)
    return False


def _spoken_value(fact: Fact) -> str:
    return spoken(fact.value, after=fact.label).rstrip("。")


def _clean(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(Fact(_line(fact.label), _line(fact.value)) for fact in facts)


def _line(text: str) -> str:
    return _BLANK.sub(" ", text).strip()


def _stop(sentence: str) -> str:
    return sentence if sentence.endswith(("。", "！", "？", "；")) else sentence + "。"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
