"""Fit the intent model: multinomial logistic regression, shrunk, with the light features dropped.

Deterministic: no random start, no order but that of the examples and the alphabet.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from knowledge.intent_examples import Example
from knowledge.intent_features import features_of, is_sign
from knowledge.intent_model import KINDS, Cuts, Doubles, IntentModel, Lanes, softened

_NO_CUTS = Cuts(*[0.5] * len(Cuts.__slots__))


@dataclass(frozen=True, slots=True)
class Settings:
    """How to fit: *shrinkage* of the weights, the least count of a run of characters among our own
    sentences (or among the catalogs'), how many features are kept, and the steps."""

    shrinkage: float = 1.0
    least: int = 2
    least_catalogue: int = 20
    kept: int = 4200
    steps: int = 70


STANDARD = Settings()


@dataclass(frozen=True, slots=True)
class Read:
    """An example with its features, so that they are found only once."""

    example: Example
    features: frozenset[str]


def read(examples: Sequence[Example]) -> list[Read]:
    """Examples with their features."""
    return [Read(example, frozenset(features_of(example.text))) for example in examples]


def fit(examples: Sequence[Read], made_from: str, settings: Settings = STANDARD) -> IntentModel:
    """The model that explains *examples*; fitted once with all features, then with the heavy ones."""
    every = _vocabulary(examples, settings)
    first = _weights(examples, every, settings, np.zeros((len(every) + 1, len(KINDS))))
    heavy = sorted(_heaviest(examples, every, first, settings.kept), key=lambda one: (not is_sign(one), one))
    rows = {feature: row for row, feature in enumerate(heavy)}
    start = first[[*(every[feature] for feature in heavy), -1]]
    fitted = np.round(_weights(examples, rows, settings, start), 2)
    lanes = Lanes.made(rows, fitted[:-1], fitted[-1])
    return IntentModel(made_from, rows, fitted[:-1], fitted[-1], _NO_CUTS, lanes)


def chances_of(model: IntentModel, examples: Sequence[Read]) -> Doubles:
    """The chances the model gives to each example."""
    return softened(np.asarray(_matrix(examples, model.rows) @ model.weights) + model.bias)


def _vocabulary(examples: Sequence[Read], settings: Settings) -> dict[str, int]:
    own = Counter(feature for one in examples if one.example.own for feature in one.features)
    others = Counter(feature for one in examples if not one.example.own for feature in one.features)
    kept = {feature for feature, count in own.items() if count >= settings.least}
    kept |= {feature for feature, count in others.items() if count >= settings.least_catalogue}
    return {feature: row for row, feature in enumerate(sorted(kept))}


def _matrix(examples: Sequence[Read], rows: Mapping[str, int]) -> sparse.csr_array:
    held = [sorted(rows[feature] for feature in one.features if feature in rows) for one in examples]
    ends = np.concatenate(([0], np.cumsum([len(columns) for columns in held])))
    columns = np.concatenate([np.array(one, np.int64) for one in held])
    return sparse.csr_array((np.ones(len(columns)), columns, ends), shape=(len(examples), len(rows)))


def _weights(examples: Sequence[Read], rows: Mapping[str, int], settings: Settings, start: Doubles) -> Doubles:
    """One row for each feature and the bias as the last, fitted from *start* on."""
    from scipy.optimize import minimize  # slow to import, and only fitting needs it

    inputs = _matrix(examples, rows)
    right = np.array([KINDS.index(one.example.kind) for one in examples])
    counts = np.array([one.example.weight for one in examples])
    shape, lines = start.shape, np.arange(len(examples))

    def loss(flat: Doubles) -> tuple[float, Doubles]:
        weights = flat.reshape(shape)
        chances = softened(inputs @ weights[:-1] + weights[-1])
        surprise = -(counts * np.log(chances[lines, right] + 1e-12)).sum()
        chances[lines, right] -= 1.0
        pull = chances * counts[:, None]
        gradient = np.vstack([inputs.T @ pull + settings.shrinkage * weights[:-1], pull.sum(axis=0)])
        return float(surprise + 0.5 * settings.shrinkage * (weights[:-1] ** 2).sum()), gradient.ravel()

    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": settings.steps})
    return np.asarray(found.x, np.float64).reshape(shape)


def _heaviest(examples: Sequence[Read], rows: Mapping[str, int], weights: Doubles, kept: int) -> list[str]:
    """The features that move the chances most: their widest pull, and how often they are met."""
    met = np.asarray(_matrix(examples, rows).sum(axis=0)).ravel()
    spread = (weights[:-1].max(axis=1) - weights[:-1].min(axis=1)) * np.sqrt(met)
    ranked = sorted(rows, key=lambda feature: (-spread[rows[feature]], feature))
    return [feature for feature in ranked if is_sign(feature)] + [
        feature for feature in ranked if not is_sign(feature)
    ][:kept]
