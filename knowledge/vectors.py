"""An encoder that remembers: vectors kept on disk under a hash of their text, so that only new texts are encoded.

The file is a plain ``.npz`` of hashes and numbers (nothing executable), one for each encoder and version
of its package, written beside and moved into place. What cannot be read is encoded anew.
"""

import os
import tempfile
import zipfile
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np

from knowledge.encoding import Encoder, Floats

_HASHED = 16


class Remembering:
    """*encoder* with the vectors it has made; :meth:`keep` writes them to *folder*."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder = encoder
        self._path = folder / f"vectors-{encoder.name}-{encoder.version}.npz"
        self._held = _read(self._path)
        self._kept = len(self._held)

    @property
    def name(self) -> str:
        """The short name of the encoder."""
        return self._encoder.name

    @property
    def version(self) -> str:
        """The version of its package."""
        return self._encoder.version

    @property
    def bare(self) -> Encoder:
        """The encoder itself, which remembers nothing."""
        return self._encoder

    def encode(self, texts: Sequence[str]) -> Floats:
        """One unit vector a text, encoding only those not seen before."""
        hashes = [blake2b(text.encode(), digest_size=_HASHED).digest() for text in texts]
        new = {held: text for held, text in zip(hashes, texts, strict=True) if held not in self._held}
        if new:
            self._held.update(zip(new, self._encoder.encode(list(new.values())), strict=True))
        return np.stack([self._held[held] for held in hashes]) if texts else np.zeros((0, 0), np.float32)

    def keep(self) -> None:
        """Write all vectors, if there are new ones."""
        if len(self._held) > self._kept:
            _write(self._path, self._held)
            self._kept = len(self._held)


def _write(path: Path, held: dict[bytes, Floats]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    hashes = np.frombuffer(b"".join(held), np.uint8).reshape(-1, _HASHED)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        np.savez(file, hashes=hashes, vectors=np.stack(list(held.values())))
    Path(name).replace(path)


def _read(path: Path) -> dict[bytes, Floats]:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            whole = kept["hashes"].tobytes()
            hashes = [whole[start : start + _HASHED] for start in range(0, len(whole), _HASHED)]
            return dict(zip(hashes, kept["vectors"], strict=True))
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile):
        return {}
