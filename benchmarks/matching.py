"""How fast the matcher is on large knowledge bases: build seconds, and median and p99 of a question on one core.

    taskset -c 0 python benchmarks/matching.py [FILE...] [--sizes 10000 100000] [--encoder none|use|e5]

FILE are question sets of the evaluation's format; without any, the phrasings of our own catalogs are
taken. Where they do not suffice they are spliced: the beginning of one phrasing and the end of another
make an entry of two phrasings. A thousand questions are asked that no row holds as they stand: spliced
too, half of them with a slip. With an encoder the vectors of 2,000
phrasings stand for all, turned a little, so that only the time of a question is measured.
"""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from knowledge.bench import QuestionSet, build_matcher, read_set
from knowledge.encoding import Encoder, load_encoder, unit
from knowledge.lexicon import make_lexicon
from knowledge.library import load
from knowledge.matching import Matcher
from knowledge.noise import Homophones
from knowledge.phrasings import phrasings_of
from knowledge.text import normalise
from knowledge.thresholds import PARAPHRASES

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS, SEED, ENCODED = 1000, 11, 2000


def main() -> None:
    """Print one line a size."""
    parser = argparse.ArgumentParser(description="大库上的快慢：建库秒数，一核上每问的中位与 p99")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--sizes", nargs="+", type=int, default=[10_000, 100_000])
    parser.add_argument("--encoder", choices=("none", "use", "e5"), default="none")
    chosen = parser.parse_args()
    groups = [group for path in chosen.files for group in read_set(path).phrasings] or _own()
    encoder = None if chosen.encoder == "none" else load_encoder(chosen.encoder)
    for size in chosen.sizes:
        print(_measured(groups, size, encoder), flush=True)


def _own() -> list[tuple[str, ...]]:
    return [phrasings_of(entry) for entry in load(ROOT / "catalogs").entries.values()]


def _measured(groups: Sequence[tuple[str, ...]], size: int, encoder: Encoder | None) -> str:
    chance = random.Random(SEED)
    grown = _grown(groups, size, chance)
    held = QuestionSet("", tuple(map(str, range(len(grown)))), tuple(grown), ())
    matcher, seconds = build_matcher(held, PARAPHRASES, None, make_lexicon(()))
    if encoder is not None:
        matcher = replace(matcher, encoder=encoder, index=replace(matcher.index, vectors=_vectors(matcher, encoder)))
    asked = _questions(matcher, grown, chance)
    for text in asked[:50]:
        _ask(matcher, text)
    times = sorted(_ask(matcher, text) for text in asked)
    return (
        f"{matcher.index.size} 说法，{len(grown)} 条目：建库 {seconds:.1f} 秒，"
        f"每问中位 {times[len(times) // 2]:.2f} 毫秒，p99 {times[len(times) * 99 // 100]:.2f} 毫秒"
    )


def _grown(groups: Sequence[tuple[str, ...]], size: int, chance: random.Random) -> list[tuple[str, ...]]:
    grown: list[tuple[str, ...]] = []
    rows = 0
    texts = [text for group in groups for text in group]
    for group in groups:
        if rows + len(group) > size:
            break
        grown.append(group)
        rows += len(group)
    while rows < size:
        grown.append((_spliced(texts, chance), _spliced(texts, chance)))
        rows += 2
    return grown


def _spliced(texts: Sequence[str], chance: random.Random) -> str:
    first, second = chance.choice(texts), chance.choice(texts)
    return first[: len(first) // 2 + 1] + second[len(second) // 2 :]


def _questions(matcher: Matcher, grown: Sequence[tuple[str, ...]], chance: random.Random) -> list[str]:
    slip = Homophones(matcher.index.plain, matcher.index.spelling)
    texts = [text for group in grown for text in group]
    asked = [_spliced(texts, chance) for _ in range(QUESTIONS)]
    return [slip(text, chance) if number % 2 else text for number, text in enumerate(asked)]


def _vectors(matcher: Matcher, encoder: Encoder) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    plain = matcher.index.plain
    made = encoder.encode(plain[:ENCODED])
    repeated = made[np.arange(len(plain)) % len(made)]
    turned = repeated + np.random.default_rng(SEED).normal(0.0, 0.01, repeated.shape)
    return np.asarray(unit(turned), np.float32)


def _ask(matcher: Matcher, text: str) -> float:
    started = time.perf_counter()
    matcher.decide(matcher.find(matcher.plain(normalise(text))))
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
