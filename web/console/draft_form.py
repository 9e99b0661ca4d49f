"""The form of a draft answer: lines of text in, Content out, and back."""

from datetime import date

from casework.publishing import Content
from web.console.pages import FormData, FormError

EMPTY: dict[str, str] = dict.fromkeys(
    ("title", "domain", "phrasings", "answer", "bases", "sources", "unit", "checked_on", "review_by"), ""
)
_BAR = "｜"


def read(form: FormData) -> Content:
    """Read the form; only what nobody can leave open is asked for, the rest is found by the check before review.

    Raises:
        FormError: a field cannot be used.
    """
    return Content(
        title=form.needed("title", "标题", 60),
        domain=form.needed("domain", "领域", 30),
        phrasings=_lines(form.text("phrasings", 3000)),
        answer=form.needed("answer", "回答", 3000),
        bases=tuple(_pair(line) for line in _lines(form.text("bases", 2000))),
        sources=tuple(_pair(line) for line in _lines(form.text("sources", 3000))),
        unit=form.text("unit", 60),
        checked_on=_day(form.text("checked_on"), "核对日期"),
        review_by=_day(form.text("review_by"), "复核日期"),
    )


def typed(form: FormData) -> dict[str, str]:
    """Return what was typed, as it was."""
    return {name: form.text(name, 100_000) for name in EMPTY}


def shown(content: Content) -> dict[str, str]:
    """Return the fields of a draft as the form shows them."""
    return {
        "title": content.title,
        "domain": content.domain,
        "phrasings": "\n".join(content.phrasings),
        "answer": content.answer,
        "bases": "\n".join(_joined(pair) for pair in content.bases),
        "sources": "\n".join(_joined(pair) for pair in content.sources),
        "unit": content.unit,
        "checked_on": content.checked_on.isoformat() if content.checked_on else "",
        "review_by": content.review_by.isoformat() if content.review_by else "",
    }


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _pair(line: str) -> tuple[str, str]:
    """Split ``名称｜条`` or ``名称 | 地址``; without a bar it is a name alone."""
    name, _, rest = line.replace("|", _BAR).partition(_BAR)
    return name.strip(), rest.strip()


def _joined(pair: tuple[str, str]) -> str:
    return _BAR.join(part for part in pair if part)


def _day(text: str, label: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FormError(f"{label}要写成 2026-11-24 这样") from None
