"""A list of official names without phrasings, as a city imports it, still offers the right one."""

import json
from dataclasses import replace
from pathlib import Path

from knowledge.base import KnowledgeBase
from knowledge.library import load
from knowledge.model import Guide

ROOT = Path(__file__).parents[2]
GOLDEN = (ROOT / "tests" / "golden" / "questions.jsonl", ROOT / "tests" / "golden" / "blind.jsonl")


def test_residents_words_find_the_official_name_among_the_first_three() -> None:
    """Our guides under their titles alone; the floor is a little below what was reached."""
    library = load(ROOT / "catalogs")
    names = [replace(entry, phrasings=(), aliases=()) for entry in library.entries.values() if isinstance(entry, Guide)]
    base = KnowledgeBase.build(names, library.lexicon, library.words, "names")
    asked = found = 0
    for path in GOLDEN:
        for case in map(json.loads, path.read_text("utf-8").splitlines()):
            right = {case["entry"]} if isinstance(case["entry"], str) else set(case["entry"] or ())
            if case["door"] != "question" or not any(one and base.entry(one) for one in right):
                continue
            asked += 1
            found += bool(right & _first_three(base, case["text"]))
    print(found, asked)

    assert asked >= 400
    assert found >= 0.83 * asked


def _first_three(base: KnowledgeBase, text: str) -> set[str]:
    return {one.entry_id for one in base.nearest(text, 3)}
