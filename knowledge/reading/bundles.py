"""一件事: ``bundles/<slug>.yaml``, guides joined in the order a person does them."""

from knowledge.model import Bundle
from knowledge.reading.common import read_head, read_origin
from knowledge.reading.record import Record

PHRASINGS = 4
FEWEST_GUIDES = 2


def read_bundle(record: Record) -> Bundle:
    """Read one bundle; whether its guides exist is checked once all files are read."""
    head = read_head(record, PHRASINGS)
    bundle = Bundle(
        id=f"bundle:{head.slug}",
        title=head.title,
        domain=head.domain,
        aliases=head.aliases,
        phrasings=head.phrasings,
        intro=record.text("说明"),
        guides=record.texts("指南", at_least=FEWEST_GUIDES),
        origin=read_origin(record),
    )
    record.done()
    return bundle
