"""Vectors are made once a text, and a lost or broken file only costs time."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge.bench import QuestionSet, build_matcher
from knowledge.encoding import Floats, cosines, unit
from knowledge.lexicon import make_lexicon
from knowledge.thresholds import PARAPHRASES
from knowledge.vectors import Remembering

THINGS = ("护照", "居住证", "残疾证", "准生证", "营业执照", "健康证", "驾驶证", "结婚证", "房产证", "土地证")
WAYS = ("怎么办理{}", "{}要带什么材料", "{}去哪里办", "我想办{}")


class Letters:
    """An encoder that counts characters, and what it was asked for."""

    name, version = "letters", "1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        self.asked += texts
        counts = np.zeros((len(texts), 64), np.float32)
        for row, text in enumerate(texts):
            np.add.at(counts[row], [ord(character) % 64 for character in text], 1.0)
        return unit(counts)


def test_a_text_is_encoded_once_even_by_the_next_process(tmp_path: Path) -> None:
    first, second = Letters(), Letters()
    remembering = Remembering(first, tmp_path)
    made = remembering.encode(["低保", "护照", "低保"])
    remembering.keep()
    again = Remembering(second, tmp_path).encode(["护照", "低保", "社保"])

    assert first.asked == ["低保", "护照"]
    assert second.asked == ["社保"]
    assert (again[:2] == made[[1, 0]]).all()
    assert (made[0] == made[2]).all()


def test_a_broken_file_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "vectors-letters-1.npz").write_bytes(b"PK\x03\x04 not a zip")
    encoder = Letters()
    remembering = Remembering(encoder, tmp_path)
    remembering.encode(["低保"])
    remembering.keep()

    assert encoder.asked == ["低保"]
    assert Remembering(Letters(), tmp_path).encode(["低保"]).shape == (1, 64)


def test_a_set_is_built_from_kept_vectors_alone_and_finds_the_same(tmp_path: Path) -> None:
    held = QuestionSet("", THINGS, tuple(tuple(way.format(thing) for way in WAYS) for thing in THINGS), ())
    found = []
    for encoder in (Letters(), Letters()):
        matcher, _ = build_matcher(held, PARAPHRASES, Remembering(encoder, tmp_path), make_lexicon(()))
        found.append((matcher.find("残疾证多少钱能办"), matcher.weights, len(encoder.asked)))
    (one, fitted, asked), (other, refitted, asked_again) = found

    assert one.ranked is not None
    assert other.ranked is not None
    assert one.ranked.scores == other.ranked.scores
    assert THINGS[one.ranked.entries[0]] == "残疾证"
    assert fitted == refitted
    assert (asked > 40, asked_again) == (True, 1)


def test_cosines_come_in_the_order_of_their_questions() -> None:
    rows = unit(np.random.default_rng(1).normal(size=(7, 5)).astype(np.float32))

    assert np.allclose(list(cosines(rows, np.tile(rows, (20, 1))))[138], rows @ rows[138 % 7], atol=1e-6)
