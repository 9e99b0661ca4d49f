"""The form of a notice: facts as fields in, ApprovedText out, and back; and what of it must not go out."""

import re
from collections.abc import Mapping
from datetime import date

from casework.village.outputs import ApprovedText, Fact, problems
from knowledge.masking import mask
from web.console.pages import FormData, FormError

FIELDS: Mapping[str, str] = {
    "when": "时间",
    "where": "地点",
    "who": "对象",
    "how_much": "金额",
    "how": "怎么办",
    "contact": "联系方式",
}
"""The usual facts: what a field is called, and the label it gets in all three outputs."""
OTHER = "others"
EMPTY: dict[str, str] = dict.fromkeys(("scope", "title", *FIELDS, OTHER, "body", "source", "issuer", "date"), "")
_COLON = re.compile(r"[:：]")
_CONTACTS = frozenset({"联系方式", "咨询电话", "电话", "联系电话"})


def read(form: FormData) -> ApprovedText:
    """Read the form; facts keep the words as given.

    Raises:
        FormError: a field cannot be used.
    """
    usual = [Fact(label, form.text(name, 120)) for name, label in FIELDS.items()]
    others = [_fact(line) for line in _lines(form.text(OTHER, 600))]
    return ApprovedText(
        title=form.needed("title", "标题", 40),
        facts=tuple(fact for fact in (*usual, *others) if fact.value),
        body=_lines(form.text("body", 2000)),
        source=form.needed("source", "来源", 60),
        date=_day(form.needed("date", "发布日期")),
        issuer=form.needed("issuer", "发布单位", 40),
    )


def typed(form: FormData) -> dict[str, str]:
    """Return what was typed, as it was."""
    return {name: form.text(name, 100_000) for name in EMPTY}


def shown(text: ApprovedText, scope: str) -> dict[str, str]:
    """Return the fields of a notice as the form shows them."""
    labels = {label: name for name, label in FIELDS.items()}
    usual = {labels[fact.label]: fact.value for fact in text.facts if fact.label in labels}
    others = [f"{fact.label}：{fact.value}" for fact in text.facts if fact.label not in labels]
    return (
        EMPTY
        | usual
        | {
            "scope": scope,
            "title": text.title,
            OTHER: "\n".join(others),
            "body": "\n".join(text.body),
            "source": text.source,
            "issuer": text.issuer,
            "date": text.date.isoformat(),
        }
    )


def wrong(text: ApprovedText) -> tuple[str, ...]:
    """Return why a notice must not be handed in yet: its own problems, and numbers of persons in it."""
    named = [("标题", text.title), *((fact.label, fact.value) for fact in text.facts if fact.label not in _CONTACTS)]
    named += [("正文", line) for line in text.body]
    private = [label for label, value in named if mask(value) != value]
    return (
        *problems(text),
        *(
            f"“{label}”里像有身份证号、银行卡号、车牌或手机号：公开的稿子里不能有；咨询电话写在“联系方式”里"
            for label in dict.fromkeys(private)
        ),
    )


def _fact(line: str) -> Fact:
    parts = _COLON.split(line, maxsplit=1)
    if len(parts) != 2 or not parts[0].strip() or not parts[1].strip():
        raise FormError(f"其他要点“{line[:12]}”要写成 名称：内容，一行一个")
    return Fact(parts[0].strip()[:12], parts[1].strip())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FormError("发布日期要写成 2026-11-24 这样") from None
