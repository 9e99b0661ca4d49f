"""The bot's parts on a small catalog that only the tests use."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

with warnings.catch_warnings():
    # Its invalid escapes warn when it is compiled for the first time; the path then hides its name from filters.
    warnings.simplefilter("ignore")
    import jieba  # noqa: F401

from bot import assembly
from bot.assembly import Holder
from bot.calendars import Calendars
from bot.parts import Parts
from bot.settings import Settings
from tests.world import CATALOGS, World


@pytest.fixture(scope="session")
def index_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the index of the small catalog is kept for the whole run."""
    return tmp_path_factory.mktemp("index")


@pytest.fixture(scope="session")
def holder(index_cache: Path) -> Holder:
    """The small catalog, read and indexed once."""
    return assembly.load_knowledge(CATALOGS, index_cache)


@pytest.fixture(scope="session")
def parts(holder: Holder) -> Parts:
    """What messages are handled with."""
    return assembly.make_parts(Settings(), holder, Calendars({}, CATALOGS))


@pytest.fixture
def world(parts: Parts) -> Iterator[World]:
    """A fresh town on a Tuesday morning."""
    town = World(parts)
    yield town
    town.db.close()
