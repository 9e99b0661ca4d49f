"""Make ``weights.json`` from the phrasings of our own catalogs: ``python -m knowledge.training``.

No other data goes in. The file is small and readable: one weight for each feature.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from knowledge.catalogue import Catalogue
from knowledge.fitting import fit_from_phrasings
from knowledge.index import build_index
from knowledge.lexicon import make_lexicon
from knowledge.library import Library, load
from knowledge.pinyin import spelling_table
from knowledge.ranking import Weights
from knowledge.segment import Segmenter
from knowledge.store import collect
from knowledge.thresholds import STANDARD
from knowledge.weights import written

_HERE = Path(__file__).parent


def train(library: Library) -> Weights:
    """Ranking weights from the phrasings of *library*."""
    lexicon = make_lexicon(library.lexicon)
    segmenter = Segmenter((*library.words, *lexicon.terms))
    rows = collect(Catalogue(library.entries.values()), lexicon)
    index = build_index(rows, segmenter, spelling_table())
    made_from = f"catalogs {library.version[:12]}: {len(library.entries)} entries, {index.size} phrasings"
    return fit_from_phrasings(index, segmenter, STANDARD.candidates, made_from)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the catalogs, fit, write the file."""
    parser = argparse.ArgumentParser(
        prog="python -m knowledge.training", description="用本库自己的问法重新拟合排序权重"
    )
    parser.add_argument("--catalogs", type=Path, default=_HERE.parent / "catalogs", help="知识文件目录")
    parser.add_argument("--out", type=Path, default=_HERE / "weights.json", help="写到哪个文件")
    chosen = parser.parse_args(arguments)
    weights = train(load(chosen.catalogs))
    chosen.out.write_text(written(weights), encoding="utf-8")
    print(json.dumps({"made_from": weights.made_from, "written": chosen.out.name}, ensure_ascii=False))


if __name__ == "__main__":
    main()
