"""Policy documents with their 解读: ``policies/<slug>.yaml``."""

from knowledge.model import Policy
from knowledge.reading.common import read_bases, read_head, read_media, read_origin
from knowledge.reading.record import Record

PHRASINGS = 4
STATES = ("有效", "已废止")


def read_policy(record: Record) -> Policy:
    """Read one policy; without 解读 it must say why none is needed."""
    head = read_head(record, PHRASINGS)
    policy = Policy(
        id=f"policy:{head.slug}",
        title=head.title,
        domain=head.domain,
        aliases=head.aliases,
        phrasings=head.phrasings,
        number=record.text("文号", filled=False),
        issuer=record.text("发文单位"),
        issued_on=record.day("发文日期"),
        state=record.text("状态"),
        reading=record.text("解读", needed=False),
        reading_media=read_media(record, "解读形式"),
        reader=record.text("解读专员", needed=False),
        exemption=record.text("免解读说明", needed=False),
        bases=read_bases(record),
        origin=read_origin(record),
    )
    _check(record, policy)
    record.done()
    return policy


def _check(record: Record, policy: Policy) -> None:
    if policy.state and policy.state not in STATES:
        record.error("状态", "只能写 有效 或 已废止")
    if not policy.reading and not policy.exemption:
        record.error("解读", "政策要有解读；不用解读的，写明“免解读说明”")
