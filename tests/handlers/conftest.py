"""The parts with a knowledge base that tests can read at a glance."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot import assembly
from bot.calendars import Calendars
from bot.parts import Parts
from bot.settings import Settings
from knowledge import library
from tests.handlers.fakes import FakeKnowledge
from tests.world import CATALOGS


@pytest.fixture(scope="session")
def fake_knowledge() -> FakeKnowledge:
    """A handful of sentences over the small catalog."""
    return FakeKnowledge(library.load(CATALOGS))


@pytest.fixture(scope="session")
def parts(fake_knowledge: FakeKnowledge) -> Parts:
    """What messages are handled with, without the matcher."""
    held = SimpleNamespace(library=fake_knowledge.library, base=fake_knowledge)
    made = assembly.make_parts(Settings(), held, Calendars({}, CATALOGS))
    return replace(made, knowledge=lambda: fake_knowledge)
