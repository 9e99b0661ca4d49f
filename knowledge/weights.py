"""The ranking weights that ship: a small file made by ``python -m knowledge.training``."""

import json
from importlib.resources import files

from knowledge.features import FEATURES
from knowledge.ranking import Weights


def shipped_weights() -> Weights:
    """Read ``weights.json``.

    Raises:
        ValueError: the file names other features than the matcher has.
    """
    held = json.loads(files("knowledge").joinpath("weights.json").read_text("utf-8"))
    if tuple(held["features"]) != FEATURES:
        raise ValueError("weights.json 与当前特征不一致，请重新运行 python -m knowledge.training")
    return Weights(tuple(held["features"].values()), held["made_from"])


def written(weights: Weights) -> str:
    """The text of ``weights.json``."""
    named = dict(zip(FEATURES, weights.rank, strict=True))
    return json.dumps({"made_from": weights.made_from, "features": named}, ensure_ascii=False, indent=2) + "\n"
