"""The console of each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.web.desk import Console, open_database


@pytest.fixture
async def console(tmp_path: Path) -> AsyncIterator[Console]:
    """A console with an empty register and one person of each role."""
    console = Console(open_database(tmp_path))
    yield console
    await console.close()
