"""The shipped catalogs: what they promise to whoever relies on them."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from knowledge.library import load
from knowledge.model import Disclosure, Faq
from knowledge.reading.domains import DOMAINS
from knowledge.reading.mirrors import is_mirror
from knowledge.reading.references import folded

SHIPPED = Path(__file__).parents[2] / "catalogs"


@pytest.fixture(scope="module")
def rows() -> tuple[Disclosure, ...]:
    return tuple(entry for entry in load(SHIPPED).entries.values() if isinstance(entry, Disclosure))


def test_all_twenty_six_domains_have_rows(rows: tuple[Disclosure, ...]) -> None:
    assert {row.domain for row in rows} == set(DOMAINS.values())
    assert len(rows) >= 246


def test_numbers_run_on_without_a_hole(rows: tuple[Disclosure, ...]) -> None:
    """A number is never given to another matter, so a row that goes must leave its number unused."""
    per_domain = Counter(row.id.partition(":")[2][:2] for row in rows)

    assert all(f"disclosure:{number}-{count:03d}" in {row.id for row in rows} for number, count in per_domain.items())


def test_every_row_is_asked_for_in_at_least_four_ways_of_its_own(rows: tuple[Disclosure, ...]) -> None:
    asked = Counter(folded(phrasing) for row in rows for phrasing in row.phrasings)

    assert min(len(row.phrasings) for row in rows) >= 4
    assert [words for words, times in asked.items() if times > 1] == []


def test_a_row_with_a_day_of_reading_shows_what_was_read(rows: tuple[Disclosure, ...]) -> None:
    for row in rows:
        assert bool(row.origin.checked_on) == bool(row.origin.evidence), row.id
        assert bool(row.origin.checked_on) == bool(row.origin.sources[0].address), row.id


def test_rows_derived_from_law_name_the_article(rows: tuple[Disclosure, ...]) -> None:
    derived = [row for row in rows if row.status == "法条推得"]

    assert derived
    assert all(basis.article for row in derived for basis in row.bases)


def test_what_is_not_open_by_itself_says_why(rows: tuple[Disclosure, ...]) -> None:
    assert all(row.attribute_reason for row in rows if row.attribute in ("依申请", "不予公开"))


def test_no_mirror_stands_in_any_file() -> None:
    for path in SHIPPED.rglob("*"):
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        assert not [address for address in re.findall(r"https?://[^\s,；｜\"]+", text) if is_mirror(address)], path


def test_a_government_page_is_no_mirror() -> None:
    assert not is_mirror("https://www.gaoan.gov.cn/x")
    assert not is_mirror("github:LawRefBook/Laws/a.md")
    assert not is_mirror("http://[broken")


def test_everyday_words_each_have_an_origin() -> None:
    with (SHIPPED / "lexicon/everyday.csv").open(encoding="utf-8", newline="") as file:
        words = list(csv.DictReader(file))

    assert len(words) >= 150
    assert all(word["出处"] for word in words)


def test_questions_and_answers_quote_the_law_they_rest_on() -> None:
    faqs = [entry for entry in load(SHIPPED).entries.values() if isinstance(entry, Faq)]

    assert len(faqs) >= 20
    assert all(faq.bases and faq.origin.evidence and faq.origin.checked_on for faq in faqs)


def test_villages_of_one_town_have_names_of_their_own() -> None:
    places = load(SHIPPED).places

    assert len({place.path for place in places}) == len(places) == 367
    assert len({place.town for place in places}) == 24


def test_no_two_rows_have_the_same_title(rows: tuple[Disclosure, ...]) -> None:
    """A resident who is asked which one is meant can tell them apart."""
    titles = Counter(row.title for row in rows)

    assert [title for title, times in titles.items() if times > 1] == []
    assert "救灾政策文件：法律法规" in titles
