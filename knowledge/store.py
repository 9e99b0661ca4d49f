"""Build the matcher, or read back the one built before from the same content.

A cached index is a plain ``.npz`` of numbers and text (nothing executable), named by
a hash of everything it depends on, written beside and moved into place. An
unreadable file is built anew.
"""

import hashlib
import json
import os
import tempfile
import zipfile
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.calibration import Calibration, calibrate
from knowledge.catalogue import Catalogue
from knowledge.fitting import starting_weights
from knowledge.index import Index, Phrasing, build_index
from knowledge.lexicon import Lexicon
from knowledge.matching import Matcher
from knowledge.model import Disclosure
from knowledge.phrasings import phrasings_of
from knowledge.pinyin import alike_characters, spelling_table
from knowledge.preferences import Preferences
from knowledge.ranking import Weights
from knowledge.segment import Segmenter
from knowledge.text import normalise
from knowledge.thresholds import Thresholds
from knowledge.weights import shipped_weights

_FORMAT = 9
_PHRASED = 3
_TEXT_FIELDS = ("texts", "plain", "usual", "spoken", "ordered")
_ARRAY_FIELDS = tuple(
    field.name for field in fields(Index) if field.name not in (*_TEXT_FIELDS, "vocabulary", "spelling", "alike")
)


def matcher(
    catalogue: Catalogue,
    lexicon: Lexicon,
    words: tuple[str, ...],
    version: str,
    cache_dir: Path | None,
    thresholds: Thresholds,
) -> Matcher:
    """The matcher for *catalogue*: from the cache where it is there and whole, else built and kept."""
    weights = shipped_weights()
    segmenter = Segmenter((*words, *lexicon.terms), cache_dir)
    path = _path(cache_dir, version, weights, thresholds)
    cached = _read(path) if path else None
    if cached is None:
        index = build_index(collect(catalogue, lexicon), segmenter, spelling_table())
        edges = Preferences.of(catalogue, thresholds).usual
        cached = (index, calibrate(index, segmenter, _fitting(weights, index), thresholds, edges=edges))
        if path:
            _write(path, *cached)
    index, calibration = cached
    return Matcher(index, segmenter, lexicon, catalogue.ids, _fitting(weights, index), calibration, thresholds)


def _fitting(shipped: Weights, index: Index) -> Weights:
    """*shipped*, or where there is little but the names of the entries (an imported list) the plain starting values.

    Fitted weights trust how an entry is asked about elsewhere, which bare names do not tell: with titles
    alone 80 of 100 golden questions had their guide among the first three, with the starting values 85.
    """
    entries = np.unique(index.row_entry).size
    return shipped if entries == 0 or index.size >= _PHRASED * entries else starting_weights()


def collect(catalogue: Catalogue, lexicon: Lexicon) -> list[Phrasing]:
    """Every distinct phrasing of every entry, as it is compared."""
    found: dict[tuple[int, str], Phrasing] = {}
    for number, entry in enumerate(catalogue.entries):
        spoken = set() if isinstance(entry, Disclosure) else set(entry.phrasings)
        for text in phrasings_of(entry):
            plain = lexicon.official(normalise(text))
            if plain:
                found.setdefault((number, plain), Phrasing(number, text.replace("\n", " "), plain, text in spoken))
    return list(found.values())


def _path(cache_dir: Path | None, version: str, weights: Weights, thresholds: Thresholds) -> Path | None:
    if cache_dir is None:
        return None
    content = json.dumps([_FORMAT, version, weights.rank, asdict(thresholds)], sort_keys=True)
    return cache_dir / f"index-{hashlib.sha256(content.encode()).hexdigest()[:32]}.npz"


def _write(path: Path, index: Index, calibration: Calibration) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, NDArray[np.generic]] = {name: getattr(index, name) for name in _ARRAY_FIELDS}
    arrays |= {name: _packed("\n".join(getattr(index, name))) for name in _TEXT_FIELDS}
    arrays["vocabulary"] = _packed("\n".join(index.vocabulary))
    arrays["spelling"] = np.array(list(index.spelling.items()), dtype=object).astype(str)
    arrays["calibration"] = _packed(json.dumps(asdict(calibration)))
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]  # numpy types the keyword allow_pickle into **kwargs
    Path(name).replace(path)


def _read(path: Path) -> tuple[Index, Calibration] | None:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
            texts = {name: tuple(_unpacked(held[name]).split("\n")) for name in _TEXT_FIELDS}
            vocabulary = {term: place for place, term in enumerate(_unpacked(held["vocabulary"]).split("\n"))}
            spelling = {int(point): code for point, code in held["spelling"].tolist()}
            calibration = json.loads(_unpacked(held["calibration"]))
            arrays = {name: held[name] for name in _ARRAY_FIELDS}
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        return None
    calibration |= {name: tuple(calibration[name]) for name in ("right", "listed")}
    parts: dict[str, Any] = {**texts, **arrays}
    alike = alike_characters(vocabulary, spelling)
    return Index(**parts, vocabulary=vocabulary, spelling=spelling, alike=alike), Calibration(**calibration)


def _packed(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8"), np.uint8)


def _unpacked(array: NDArray[np.uint8]) -> str:
    return array.tobytes().decode("utf-8")
