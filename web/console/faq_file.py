"""A draft as the file it will be published as, and what is still wrong with it."""

from collections.abc import Sequence
from datetime import date

import yaml

from casework.publishing import Content, Draft
from knowledge.model import Faq
from knowledge.plain import Glossary, lint
from knowledge.reading.common import NOT_REVIEWED
from knowledge.reading.faq import read_faq
from knowledge.reading.problems import Ledger
from knowledge.reading.record import Record
from knowledge.reading.yaml_lines import Map, parse

CONFIDENCE = "中"
"""Of what the city wrote itself; 高 is kept for what was read in the law word by word."""


def signature(name: str, day: date) -> str:
    """Return how the catalogs write down a review; a name stands in it without spaces."""
    return f"{''.join(name.split())} {day.isoformat()}"


def path_of(draft: Draft) -> str:
    """Return the file's path in the catalogs."""
    return f"faq/{draft.id}.yaml"


def entry_id(draft: Draft) -> str:
    """Return the id the entry has once it is published."""
    return f"faq:{draft.id}"


def as_yaml(content: Content, review: str = NOT_REVIEWED) -> str:
    """Return the file; *review* is ``name date`` once somebody reviewed it."""
    fields = {
        "名称": content.title,
        "领域": content.domain,
        "别名": [],
        "问法": list(content.phrasings),
        "回答": content.answer,
        "依据": [{"名称": name, "条": article} for name, article in content.bases],
        "来源": [{"名称": name, "地址": address} for name, address in content.sources],
        "核对日期": content.checked_on.isoformat() if content.checked_on else "",
        "复核日期": content.review_by.isoformat() if content.review_by else "",
        "有效期": "",
        "责任单位": content.unit,
        "证据": [],
        "可信度": CONFIDENCE,
        "审核": review,
    }
    return str(yaml.dump(fields, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=10_000))


class _Plain(yaml.SafeDumper):
    """Writes no anchors: the catalogs' reader refuses them."""

    def ignore_aliases(self, data: object) -> bool:
        """Repeat a value rather than refer to it."""
        return True


def read(draft: Draft, review: str = NOT_REVIEWED) -> tuple[Faq | None, tuple[str, ...]]:
    """Return the entry as *review* makes it, if it can be read at all, and the faults of its fields."""
    ledger, name = Ledger(), path_of(draft)

    def fault(line: int, field: str, message: str) -> None:
        ledger.error(name, line, field, message)

    node = parse(as_yaml(draft.content, review), fault)
    if not isinstance(node, Map):
        return None, tuple(problem.message for problem in ledger.problems)
    faq = read_faq(Record(node, name, ledger, {}))
    return faq, tuple(f"{problem.field}：{problem.message}" for problem in ledger.problems)


def faults(draft: Draft, glossary: Glossary) -> tuple[Sequence[str], Sequence[str]]:
    """Return (what must be mended before review, what would read better)."""
    faq, wrong = read(draft)
    if faq is None:
        return wrong, ()
    findings = tuple(lint(faq, glossary))
    grave = [f"{one.field}：{one.message}" for one in findings if one.grave]
    light = [f"{one.field}：{one.message}" for one in findings if not one.grave]
    return tuple(dict.fromkeys((*wrong, *grave))), tuple(dict.fromkeys(light))
