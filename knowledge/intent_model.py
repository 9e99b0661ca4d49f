"""How likely a message is of each kind, by weights learnt from our own sentences.

A softmax over the features of :mod:`knowledge.intent_features`. The weights ship as
``intent_weights.json``, made by ``python -m knowledge.intent_training``; each line there
names a feature and its pull towards each kind, in hundredths.
"""

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from itertools import repeat
from math import exp
from struct import Struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.intent_features import features_of
from knowledge.model import Chat, DemandKind

Doubles = NDArray[np.floating[Any]]
_PER_UNIT = 100.0
_BITS = 32
_TIGHT = (",", ":")
FILE = "intent_weights.json"


class Kind(StrEnum):
    """The kinds told apart; their values are the names in the weights file."""

    QUESTION = "问题"
    LOCAL = "本地的事"
    HELP = "求助"
    SUGGESTION = "建议"
    COMPLAINT = "投诉"
    REPORT = "举报"
    DOCUMENT = "要文件"
    LEGAL = "法定途径"
    ONLINE = "网办"
    GREETING = "打招呼"
    THANKS = "道谢"
    FAREWELL = "道别"
    IDENTITY = "问你是谁"
    INSULT = "骂人"
    ADVERT = "广告"
    NOISE = "闲话"


KINDS = tuple(Kind)
_PLACES = {kind: place for place, kind in enumerate(KINDS)}
DEMANDS: Mapping[Kind, DemandKind] = {
    Kind.HELP: "求助",
    Kind.SUGGESTION: "建议",
    Kind.COMPLAINT: "投诉",
    Kind.REPORT: "举报",
}
CHATS: Mapping[Kind, Chat] = {
    Kind.GREETING: Chat.GREETING,
    Kind.THANKS: Chat.THANKS,
    Kind.FAREWELL: Chat.FAREWELL,
    Kind.IDENTITY: Chat.IDENTITY,
    Kind.INSULT: Chat.INSULT,
    Kind.ADVERT: Chat.ADVERT,
    Kind.NOISE: Chat.NOISE,
}
_DEMAND_PLACES = [KINDS.index(kind) for kind in DEMANDS]
# On our own sentences, read by models that had not seen them, this mends three wrong kinds in ten.
_HEARD_COUNTS = 4.0
_CHAT_PLACES = [KINDS.index(kind) for kind in CHATS]


@dataclass(frozen=True, slots=True)
class Cuts:
    """The chances from which on a message counts as something, taken from sentences that were held out."""

    demand: float
    demand_over_choice: float
    """Where the catalogs offer entries to choose from."""
    demand_over_answer: float
    """Where the catalogs answer it directly."""
    chat: float
    chat_unanswered: float
    """Where the catalogs do not answer it."""
    door: float
    local: float
    """From which a question asks for what only the city knows, so that no guide is its answer."""


@dataclass(frozen=True, slots=True)
class Likely:
    """The chance of each kind, in the order of :data:`KINDS`."""

    chances: tuple[float, ...]

    def of(self, kind: Kind) -> float:
        """The chance of one kind."""
        return self.chances[_PLACES[kind]]

    @property
    def likeliest(self) -> Kind:
        """The kind with the greatest chance."""
        return KINDS[max(range(len(KINDS)), key=self.chances.__getitem__)]

    @property
    def demand(self) -> float:
        """The chance of a call for action of whatever kind."""
        return sum(self.chances[place] for place in _DEMAND_PLACES)

    def demand_kind(self, heard: DemandKind | None = None) -> DemandKind:
        """The likeliest kind of action, should it call for one; the kind the word lists *heard* counts for more."""
        weighed = {DEMANDS[KINDS[place]]: self.chances[place] for place in _DEMAND_PLACES}
        if heard in weighed:
            weighed[heard] *= _HEARD_COUNTS
        return max(weighed, key=weighed.__getitem__)

    @property
    def chat(self) -> float:
        """The chance of chat of whatever kind."""
        return sum(self.chances[place] for place in _CHAT_PLACES)

    @property
    def chat_kind(self) -> Chat:
        """The likeliest kind of chat, should it be chat."""
        return CHATS[KINDS[max(_CHAT_PLACES, key=self.chances.__getitem__)]]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The weights in hundredths, all kinds of a feature side by side in one whole number.

    So one addition adds a feature to all kinds, exactly and in whatever order.
    """

    of: Mapping[str, int]
    bias: int

    @classmethod
    def made(cls, rows: Mapping[str, int], weights: Doubles, bias: Doubles) -> "Lanes":
        """The lanes of a model's weights."""
        of = {feature: _packed(_hundredths(weights[row])) for feature, row in rows.items()}
        return cls(of, _packed(_hundredths(bias)) + _packed([_MIDDLE] * len(KINDS)))

    def sums(self, features: Set[str]) -> list[int]:
        """The bias and the weights of *features* added up for each kind, in hundredths."""
        whole = sum(map(self.of.get, features, repeat(0)), self.bias)
        return [lane - _MIDDLE for lane in _LANES.unpack(whole.to_bytes(_LANES.size, "little"))]


_LANES = Struct(f"<{len(KINDS)}I")
_MIDDLE = 1 << (_BITS - 1)


def _packed(lanes: Sequence[int]) -> int:
    return sum(lane << (place * _BITS) for place, lane in enumerate(lanes))


@dataclass(frozen=True, slots=True)
class IntentModel:
    """The weights: one row for each feature, one column for each kind, and the same in *lanes*."""

    made_from: str
    rows: Mapping[str, int]
    weights: Doubles
    bias: Doubles
    cuts: Cuts
    lanes: "Lanes"

    def likely(self, tidied: str) -> Likely:
        """The chances of *tidied*."""
        scores = self.lanes.sums(features_of(tidied))
        top = max(scores)
        powers = [exp((score - top) / _PER_UNIT) for score in scores]
        whole = sum(powers)
        return Likely(tuple([power / whole for power in powers]))

    def reasons(self, tidied: str, kind: Kind, most: int) -> tuple[tuple[str, float], ...]:
        """The features of *tidied* that pull hardest towards *kind* or away from it, and their weights."""
        column = self.weights[:, KINDS.index(kind)]
        pulls = [(name, float(column[self.rows[name]])) for name in features_of(tidied) if name in self.rows]
        return tuple(sorted(pulls, key=lambda pull: (-abs(pull[1]), pull[0]))[:most])


def softened(scores: Doubles) -> Doubles:
    """Scores as chances that sum up to one, line by line."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


@cache
def shipped_model() -> IntentModel:
    """Read the shipped weights.

    Raises:
        ValueError: the file names other kinds than the program has.
    """
    held = json.loads(files("knowledge").joinpath(FILE).read_text("utf-8"))
    if tuple(held["kinds"]) != KINDS:
        raise ValueError(f"{FILE} 与当前的种类不一致，请重新运行 python -m knowledge.intent_training")
    features = held["features"]
    rows = {feature: row for row, feature in enumerate(features)}
    weights = np.array(list(features.values()), np.float64) / _PER_UNIT
    bias = np.array(held["bias"], np.float64) / _PER_UNIT
    return IntentModel(held["made_from"], rows, weights, bias, Cuts(**held["cuts"]), Lanes.made(rows, weights, bias))


@lru_cache(maxsize=8)  # what the reader heard, the gate for local facts asks again
def heard(tidied: str) -> Likely:
    """What the shipped model makes of *tidied*."""
    return shipped_model().likely(tidied)


def written(model: IntentModel) -> str:
    """The text of the weights file: one feature a line."""
    head = {
        "made_from": model.made_from,
        "kinds": [str(kind) for kind in KINDS],
        "cuts": {name: getattr(model.cuts, name) for name in Cuts.__slots__},
        "bias": _hundredths(model.bias),
    }
    top = "".join(f'"{key}": {json.dumps(value, ensure_ascii=False)},\n' for key, value in head.items())
    pulls = {feature: _hundredths(model.weights[row]) for feature, row in model.rows.items()}
    lines = (
        f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(pull, separators=_TIGHT)}" for name, pull in pulls.items()
    )
    return "{\n" + top + '"features": {\n' + ",\n".join(lines) + "\n}}\n"


def _hundredths(weights: Doubles) -> list[int]:
    return [round(float(weight) * _PER_UNIT) for weight in weights]
