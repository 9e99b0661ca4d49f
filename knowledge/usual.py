"""One word for the small words that mean the same (怎样, 如何, 咋), so that texts are compared by the rest.

Only for comparing how alike two texts are written; what is indexed and counted stays as it was said.
The words stand in ``data/usual.toml``.
"""

import re
from functools import cache

from knowledge.wordlists import read_table


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str], str]:
    table = read_table("usual")
    same = table["same"]
    if not isinstance(same, dict):
        raise TypeError("词表 usual 缺少 [same]")
    meant = {said: usual for usual, group in same.items() for said in group}
    ordered = sorted(meant, key=lambda said: (-len(said), said))
    return re.compile("|".join(map(re.escape, ordered))), meant, str(table["closing"])


def usual(plain: str) -> str:
    """*plain* with its small words as they are usually said and without closing particles."""
    pattern, meant, closing = _words()
    return pattern.sub(lambda found: meant[found.group()], plain).rstrip(closing)
