"""What is wrong or still missing in the knowledge files, always with file, line and field."""

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """An error stops a release; a gap is work that a unit of the city still has to do."""

    ERROR = "error"
    GAP = "gap"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding; *line* counts from 1, *unit* is the responsible unit of the entry, if known."""

    file: str
    line: int
    field: str
    message: str
    severity: Severity = Severity.ERROR
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


@dataclass(slots=True)
class Ledger:
    """Collects findings while files are read, so that one run names every fault."""

    overlaid: frozenset[str] = frozenset()
    """Files that came from the overlay; a finding in one says so, since no such file can be opened."""
    problems: list[Problem] = field(default_factory=list)

    def error(self, file: str, line: int, field: str, message: str) -> None:
        """Note a fault that must be mended."""
        self.problems.append(Problem(self.shown(file), line, field, message))

    def gap(self, file: str, line: int, field: str, message: str, unit: str) -> None:
        """Note something the responsible *unit* still has to fill in or confirm."""
        self.problems.append(Problem(self.shown(file), line, field, message, Severity.GAP, unit))

    def shown(self, file: str) -> str:
        """Return how a finding names *file*."""
        return f"overlay:{file}" if file in self.overlaid else file


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a check, in the order of files and lines."""

    problems: tuple[Problem, ...]
    entries: int
    version: str

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Return what must be mended."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @property
    def gaps(self) -> tuple[Problem, ...]:
        """Return what the city still has to do."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.GAP)
