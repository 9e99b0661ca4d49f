"""A small weighted logistic regression, so that building an index needs no heavy library."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.floating[Any]]
_STEPS = 40


def fit_logistic(inputs: Doubles, labels: Doubles, importance: Doubles, shrinkage: float = 1.0) -> Doubles:
    """Weights by Newton steps; the last input column is the bias and is not shrunk."""
    weights = np.zeros(inputs.shape[1])
    penalty = shrinkage * np.eye(inputs.shape[1])
    penalty[-1, -1] = 1e-6
    for _ in range(_STEPS):
        sure = chances(inputs, weights)
        gradient = inputs.T @ (importance * (sure - labels)) + penalty @ weights
        curvature = (inputs * (importance * sure * (1 - sure))[:, None]).T @ inputs + penalty
        step = np.linalg.solve(curvature, gradient)
        weights = weights - step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def chances(inputs: Doubles, weights: Doubles) -> Doubles:
    """The probability each line of *inputs* gets."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(inputs @ weights, -30.0, 30.0))), np.float64)
