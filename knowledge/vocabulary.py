"""The words around the entries: everyday speech, official terms, places."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Synonym:
    """What people say for an official term; *origin* tells where the pair comes from."""

    said: str
    standard: str
    kind: str
    """俗称 / 旧名 / 简称 / 错字 / 方言."""
    origin: str


@dataclass(frozen=True, slots=True)
class PlainTerm:
    """An official term and the words a villager uses for it."""

    official: str
    plain: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """A village or community with the 镇/街道 it belongs to."""

    town: str
    name: str
    kind: str
    """村 or 社区."""

    @property
    def path(self) -> str:
        """Return the name that is unique in the city, such as 八景镇/上保村."""
        return f"{self.town}/{self.name}"
