"""Candidates, features, fitting and calibration hold what they promise."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from knowledge.calibration import UNFITTED, calibrate, rank
from knowledge.features import FEATURES, candidates, compare, read_query, without_rows
from knowledge.fitting import Hiding, fit_from_phrasings, starting_weights
from knowledge.index import Index, Phrasing, build_index
from knowledge.logistic import chances, fit_logistic
from knowledge.metrics import auroc, coverage
from knowledge.pinyin import spelling_table
from knowledge.segment import Segmenter
from knowledge.slips import mended
from knowledge.text import normalise
from knowledge.thresholds import STANDARD
from knowledge.weights import shipped_weights, written

WAYS = ("怎么办理{}", "{}要带什么材料", "{}去哪里办", "我想办{}", "{}多少钱")
THINGS = (
    "护照",
    "居住证",
    "残疾证",
    "准生证",
    "营业执照",
    "健康证",
    "驾驶证",
    "结婚证",
    "房产证",
    "土地证",
    "学生证",
    "老年证",
)


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter()


@pytest.fixture(scope="module")
def index(segmenter: Segmenter) -> Index:
    rows = [Phrasing(number, text, normalise(text)) for number, thing in enumerate(THINGS) for text in _said(thing)]
    return build_index(rows, segmenter, spelling_table())


def _said(thing: str) -> list[str]:
    return [way.format(thing) for way in WAYS]


def test_words_that_name_the_matter_weigh_more_than_words_around_it(index: Index) -> None:
    weight = {term: index.columns[number, 1] for term, number in index.vocabulary.items()}

    assert weight["护照"] > 2 * weight["办理"]


def test_a_hidden_row_is_never_found(index: Index, segmenter: Segmenter) -> None:
    hidden = Hiding(index).entry(0)
    query = read_query(index.plain[0], index, segmenter)

    assert not set(candidates(query, index, 40, hidden)) & set(hidden.tolist())


def test_rivals_lose_a_row_too_and_the_entry_asked_keeps_its_own(index: Index) -> None:
    rows = np.arange(index.size)
    fair = Hiding(index).fair(rows, 3)
    left = np.bincount(index.row_entry[fair])

    assert left[3] == len(WAYS)
    assert set(np.delete(left, 3).tolist()) == {len(WAYS) - 1}


def test_weights_for_trying_an_entry_have_learnt_nothing_from_it(index: Index) -> None:
    """护照 stands in all phrasings of its own entry only: what that says is not known when it is tried."""
    number = index.vocabulary["护照"]
    learnt = Hiding(index).without(0)

    assert learnt.columns[number, 2] < index.columns[number, 2]
    assert index.columns.shape == learnt.columns.shape
    assert (index.row_terms == learnt.row_terms).all()


def test_terms_of_hidden_rows_only_are_unknown(index: Index, segmenter: Segmenter) -> None:
    hidden = Hiding(index).entry(0)
    query = read_query("怎么办理护照", index, segmenter)

    assert without_rows(query, index, hidden).unknown > query.unknown


def test_a_homophone_slip_still_finds_its_entry(index: Index, segmenter: Segmenter) -> None:
    query = read_query("残疾正去哪里办", index, segmenter)
    ranked = rank(query, index, starting_weights().array(), 40)

    assert ranked is not None
    assert THINGS[int(ranked.entries[0])] == "残疾证"


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="护照居住证怎么办理去哪里abc123吗，", max_size=30))
def test_features_are_finite_and_complete_for_any_question(index: Index, segmenter: Segmenter, text: str) -> None:
    query = read_query(normalise(text), index, segmenter)
    rows = candidates(query, index, 20)
    if rows.size:
        features = compare(query, index, rows)

        assert features.shape == (rows.size, len(FEATURES))
        assert np.isfinite(features).all()


def test_fitting_twice_gives_the_same_weights(index: Index, segmenter: Segmenter) -> None:
    first = fit_from_phrasings(index, segmenter, 20, "测试")

    assert fit_from_phrasings(index, segmenter, 20, "测试") == first
    assert first.rank != starting_weights().rank


def test_a_knowledge_base_too_small_to_fit_uses_the_standing_figures(segmenter: Segmenter) -> None:
    tiny = build_index([Phrasing(0, "护照", "护照")], segmenter, spelling_table())

    assert calibrate(tiny, segmenter, starting_weights(), STANDARD) == UNFITTED


def test_shipped_weights_name_every_feature_and_can_be_read_back() -> None:
    weights = shipped_weights()

    assert len(weights.rank) == len(FEATURES)
    assert weights.made_from.startswith("catalogs ")
    assert all(name in written(weights) for name in FEATURES)


def test_the_logistic_fit_separates_what_can_be_separated() -> None:
    inputs = np.array([[-2.0, 1.0], [-1.0, 1.0], [1.0, 1.0], [2.0, 1.0]])
    weights = fit_logistic(inputs, np.array([0.0, 0.0, 1.0, 1.0]), np.ones(4))

    assert (chances(inputs, weights) > 0.5).tolist() == [False, False, True, True]


def test_figures_of_merit_on_hand_made_cases() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1.0
    assert auroc([0.5], [0.5]) == 0.5
    assert coverage([0.9, 0.8, 0.7], [True, True, False], 0.95) == pytest.approx(2 / 3)


def test_a_slip_is_mended_only_where_the_texts_know_better(index: Index) -> None:
    assert mended("护照要代什么材料", index) == "护照要带什么材料"
    assert mended("护照要带什么材料", index) == "护照要带什么材料"
    assert mended("火星移民怎么报名", index) == "火星移民怎么报名"
    assert mended("", index) == ""
