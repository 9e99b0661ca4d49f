"""Villages and communities by their name 镇/村, as catalogs/units/places.csv lists them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SEPARATOR = re.compile(r"\s*[/／\\\s·]\s*")
_SUFFIXES = (("居民委员会", "社区"), ("居委会", "社区"), ("村民委员会", "村"), ("村委会", "村"))


@dataclass(frozen=True, slots=True)
class Village:
    """One village or community; *kind* is 村 or 社区, which come under different laws."""

    town: str
    name: str
    kind: str = "村"

    @property
    def path(self) -> str:
        """Its fixed name, such as 八景镇/上保村."""
        return f"{self.town}/{self.name}"


@dataclass(frozen=True, slots=True)
class Found:
    """Exactly one village has this name."""

    village: Village


@dataclass(frozen=True, slots=True)
class Several:
    """Several towns have a village of this name: say which."""

    villages: tuple[Village, ...]


@dataclass(frozen=True, slots=True)
class NotFound:
    """No village has this name."""

    named: str


def find_village(named: str, villages: Sequence[Village]) -> Found | Several | NotFound:
    """Find 镇/村, also written with a blank or as 村委会, or the village alone where only one is called so."""
    parts = [part for part in _SEPARATOR.split(named.strip()) if part]
    if not parts or len(parts) > 2:
        return NotFound(named)
    name = _plain(parts[-1])
    fitting = tuple(
        village
        for village in villages
        if village.name in (name, parts[-1]) and (len(parts) == 1 or village.town == parts[0])
    )
    if len(fitting) == 1:
        return Found(fitting[0])
    return Several(fitting) if fitting else NotFound(named)


def _plain(name: str) -> str:
    """The short name: 上保村委会 → 上保村, 城西居委会 → 城西社区."""
    for long, short in _SUFFIXES:
        if name.endswith(long):
            stem = name.removesuffix(long)
            return stem if stem.endswith(short) else stem + short
    return name


def plain_path(path: str) -> str:
    """The fixed name as it is said: 八景镇上保村."""
    return path.replace("/", "")
