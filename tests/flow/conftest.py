"""Towns for whole flows; most tests share one, so that starting is paid for once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.assembly import Holder
from bot.parts import Parts
from tests.flow.town import Town, open_town


@pytest.fixture(scope="module")
async def town(
    tmp_path_factory: pytest.TempPathFactory, parts: Parts, holder: Holder, index_cache: Path
) -> AsyncIterator[Town]:
    """A running town shared by a module: each test brings its own residents."""
    async with open_town(tmp_path_factory.mktemp("town"), parts, index_cache) as opened:
        await opened.start()
        yield opened


@pytest.fixture
async def own_town(tmp_path: Path, parts: Parts, holder: Holder, index_cache: Path) -> AsyncIterator[Town]:
    """A town of one's own, for tests that restart, slow down or count; not started."""
    async with open_town(tmp_path / "town", parts, index_cache) as opened:
        yield opened


@pytest.fixture(autouse=True)
def no_faults(request: pytest.FixtureRequest) -> None:
    """Faults switched on by one test do not reach the next."""
    if "town" in request.fixturenames:
        request.getfixturevalue("town").platform.faults.clear()
