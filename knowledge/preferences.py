"""Which type of entry a question prefers when several fit: services before catalog rows.

A question how to do a thing wants the guide; words that ask what is published
(公示, 名单, 标准在哪看) want the catalog row.
"""

import re
from dataclasses import dataclass

import numpy as np

from knowledge.catalogue import Catalogue
from knowledge.index import Floats
from knowledge.thresholds import Thresholds

_ASKS_PUBLISHED = re.compile(
    r"公示|公开|公布|公告|名单|目录|清单|政策文件|政策法规|在哪看|在哪里看|哪里看|哪里查|哪里可以查|查到|通报|信息|结果|预算|决算|标准(?:在|哪)"
    r"|有哪些政策|文件在|怎么查|监督电话|举报电话|统计|机构设置"
)


@dataclass(frozen=True, slots=True)
class Preferences:
    """Score shifts per entry: *usual* for most questions, *published* for those that ask what is published."""

    usual: Floats
    published: Floats

    @classmethod
    def of(cls, catalogue: Catalogue, thresholds: Thresholds) -> "Preferences":
        """Shifts for the entries of *catalogue*, in its order."""
        edges = {"disclosure": -thresholds.guide_edge, "faq": -thresholds.faq_edge, "policy": -thresholds.faq_edge}
        usual = np.array([edges.get(entry.type, 0.0) for entry in catalogue.entries], np.float32)
        rows = np.array([entry.type == "disclosure" for entry in catalogue.entries], bool)
        return cls(usual, np.where(rows, thresholds.word_edge, 0.0).astype(np.float32))

    def bonus(self, plain: str) -> Floats:
        """The shift of every entry for one normalised question."""
        return self.published if _ASKS_PUBLISHED.search(plain) else self.usual
