"""Our cut is jieba's cut, and the dictionary kept beside the index is jieba's dictionary."""

import json
import re
from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings, strategies as st

from knowledge.dictionary import read_words
from knowledge.segment import Segmenter

WORDS = ("高安市", "赣服通", "异地就医备案")
GOLDEN = Path(__file__).parents[1] / "golden" / "questions.jsonl"


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(WORDS)


@pytest.fixture(scope="module")
def theirs() -> jieba.Tokenizer:
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in WORDS:
        tokenizer.add_word(word, 2000)
    return tokenizer


def test_residents_questions_are_cut_as_jieba_cuts_them(segmenter: Segmenter, theirs: jieba.Tokenizer) -> None:
    asked = [json.loads(line)["text"] for line in GOLDEN.read_text("utf-8").splitlines()]
    for text in (*asked, *(re.sub(r"\W+", "", text) for text in asked), *("".join(asked[:40]),)):
        assert segmenter.plain_words(text) == list(theirs.cut(text))
        assert segmenter.words(text) == list(theirs.cut_for_search(text))


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="低保残疾证办理高安市异地就医备案伢崽乸嘅a1B9 ，.%龥鿿", max_size=14))
def test_any_text_is_cut_as_jieba_cuts_it(segmenter: Segmenter, theirs: jieba.Tokenizer, text: str) -> None:
    assert segmenter.words(text) == list(theirs.cut_for_search(text))


def test_the_table_of_words_is_jiebas_and_is_read_back_whole(tmp_path: Path) -> None:
    tokenizer = jieba.Tokenizer()
    frequencies, total = tokenizer.gen_pfdict(tokenizer.get_dict_file())

    for _ in ("made", "read back"):
        held = read_words(tmp_path)
        assert held.frequencies == frequencies
        assert held.total == total


def test_a_broken_table_of_words_is_made_anew(tmp_path: Path) -> None:
    sound = read_words(tmp_path)
    (kept,) = tmp_path.glob("words-*.npz")
    kept.write_bytes(kept.read_bytes()[:2000])

    assert read_words(tmp_path) == sound
    assert read_words(tmp_path) == sound
