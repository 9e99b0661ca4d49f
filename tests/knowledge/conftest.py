"""The shipped catalogs, indexed once for every test that asks them."""

from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.library import load

CATALOGS = Path(__file__).parents[2] / "catalogs"


@pytest.fixture(scope="session")
def base() -> KnowledgeBase:
    """The knowledge base as it is served."""
    library = load(CATALOGS)
    return KnowledgeBase.build(library.entries, library.lexicon, library.words, library.version)
