"""The fields every YAML entry shares: names, phrasings, bases, sources, dates, review."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from knowledge.model import UNVERIFIED, Basis, Evidence, Origin, Source
from knowledge.reading.domains import KNOWN
from knowledge.reading.mirrors import is_mirror
from knowledge.reading.record import Record

LONGEST_EXCERPT = 40
NOT_REVIEWED = "未经本市审核"
ADDRESS = re.compile(r"(https?://[^\s<>\"']+|github:[\w.-]+/[\w.-]+/\S.*)\Z")
REVIEW = re.compile(r"\S+ \d{4}-\d{2}-\d{2}\Z")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
CONFIDENCES = ("高", "中")


@dataclass(frozen=True, slots=True)
class Head:
    """What an entry is called and how people ask for it."""

    slug: str
    title: str
    domain: str
    aliases: tuple[str, ...]
    phrasings: tuple[str, ...]


def read_head(record: Record, phrasings: int) -> Head:
    """Read the names; *phrasings* is how many everyday questions the kind of entry needs."""
    slug = PurePosixPath(record.file).stem
    if not SLUG.match(slug):
        record.error("文件名", "只用小写英文、数字和 -，例如 apply-dibao.yaml", 1)
    domain = record.text("领域")
    if domain and domain not in KNOWN:
        record.error("领域", f"没有“{domain[:20]}”这个领域，用 26 个领域之一或 其他")
    return Head(
        slug=slug,
        title=record.text("名称"),
        domain=domain,
        aliases=record.texts("别名"),
        phrasings=record.texts("问法", at_least=phrasings),
    )


def read_origin(record: Record) -> Origin:
    """Read sources, evidence, dates, confidence, review and the responsible unit."""
    confidence = record.text("可信度")
    if confidence and confidence not in CONFIDENCES:
        record.error("可信度", "只能写 高 或 中")
    review = record.text("审核")
    if review and not review_is_sound(review):
        record.error("审核", f"要写“姓名 日期”，或写 {NOT_REVIEWED}")
    sources = tuple(_source(item) for item in record.records("来源"))
    return Origin(
        sources=sources,
        evidence=tuple(_evidence(item) for item in record.records("证据")),
        checked_on=record.day("核对日期"),
        review_by=record.day("复核日期"),
        valid_until=record.day("有效期"),
        confidence=confidence,
        review=review,
        unit=record.text("责任单位"),
        file=record.file,
        line=record.node.line,
    )


def review_is_sound(review: str) -> bool:
    """Is *review* a name with a day, or the plain statement that nobody reviewed it here?"""
    return review == NOT_REVIEWED or bool(REVIEW.match(review))


def read_bases(record: Record, key: str = "依据") -> tuple[Basis, ...]:
    """Read the list of laws and documents under *key*."""
    return tuple(_basis(item) for item in record.records(key))


def read_media(record: Record, key: str) -> tuple[Source, ...]:
    """Read an optional list of named addresses."""
    return tuple(_source(item) for item in record.records(key, needed=False))


def address_fault(address: str) -> str:
    """Return what is wrong with *address*, or nothing."""
    if not address or address == UNVERIFIED:
        return ""
    if not ADDRESS.match(address):
        return "地址要以 http://、https:// 或 github: 开头"
    return "这是镜像网址，不能写进来，请改成政府网站原址或留空" if is_mirror(address) else ""


def _basis(item: Record) -> Basis:
    basis = Basis(item.text("名称"), item.text("条", needed=False), item.text("说明", needed=False))
    item.done()
    return basis


def _source(item: Record) -> Source:
    source = Source(item.text("名称"), item.text("地址", needed=False))
    _check_address(item, source.address)
    item.done()
    return source


def _evidence(item: Record) -> Evidence:
    evidence = Evidence(item.text("地址"), item.text("摘录"))
    _check_address(item, evidence.address)
    if len(evidence.excerpt) > LONGEST_EXCERPT:
        item.error("摘录", f"摘录最多 {LONGEST_EXCERPT} 个字，现在 {len(evidence.excerpt)} 个")
    item.done()
    return evidence


def _check_address(item: Record, address: str) -> None:
    fault = address_fault(address)
    if fault:
        item.error("地址", fault)
