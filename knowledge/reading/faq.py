"""Short questions and answers: ``faq/<slug>.yaml``."""

from knowledge.model import Faq
from knowledge.reading.common import read_bases, read_head, read_origin
from knowledge.reading.record import Record

PHRASINGS = 4


def read_faq(record: Record) -> Faq:
    """Read one question; faults go to the record's ledger."""
    head = read_head(record, PHRASINGS)
    faq = Faq(
        id=f"faq:{head.slug}",
        title=head.title,
        domain=head.domain,
        aliases=head.aliases,
        phrasings=head.phrasings,
        answer=record.text("回答"),
        bases=read_bases(record),
        origin=read_origin(record),
    )
    record.done()
    return faq
