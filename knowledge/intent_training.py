"""Make ``intent_weights.json``: ``python -m knowledge.intent_training``.

Learns from the sentences under ``data/intent`` and the phrasings of our own catalogs, nothing else.
Each fifth of the topics is held out once; what the rest says about it gives the table that is
printed and the chances from which on a message counts as a demand, chat or another door.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.demand import has_question_form
from knowledge.intent_examples import FOLDS, Example, catalogue_examples, own_examples
from knowledge.intent_fitting import STANDARD, Read, Settings, chances_of, fit, read
from knowledge.intent_model import CHATS, DEMANDS, FILE, KINDS, Cuts, Doubles, IntentModel, Kind, written
from knowledge.library import Library, load

_HERE = Path(__file__).parent
_CATALOGUE_WEIGHT = 1000.0
_ASKS = (Kind.QUESTION, Kind.LOCAL)
_DOORS = (Kind.DOCUMENT, Kind.LEGAL, Kind.ONLINE)
# Shares that may pass for something else: of our own questions, all of them hard ones, for a demand;
# of all that is no chat, many a bare noun among it, for chat; of all that is for no such door, for one.
_FALSE_DEMANDS = 0.05
_FALSE_DEMANDS_OVER_CHOICE = 0.038
_FALSE_DEMANDS_OVER_ANSWER = 0.025
_FALSE_CHAT = 0.003
_FALSE_CHAT_UNANSWERED = 0.025
_FALSE_DOORS = 0.002
_TROUBLE = 0.6
_FALSE_LOCAL = 0.013


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What models say about examples they have not seen."""

    examples: tuple[Example, ...]
    chances: Doubles

    def rows(self, wanted: Callable[[Example], bool]) -> NDArray[np.intp]:
        """The places of the examples that are *wanted*."""
        return np.array([place for place, example in enumerate(self.examples) if wanted(example)], np.intp)

    def shares(self, kinds: Sequence[Kind]) -> Doubles:
        """The chance of any of *kinds*, for each example."""
        return np.asarray(self.chances[:, [KINDS.index(kind) for kind in kinds]].sum(axis=1))


def train(library: Library, settings: Settings = STANDARD) -> tuple[IntentModel, HeldOut]:
    """The model, and what was found out about it on the topics held out."""
    examples = without_trouble(
        read((*own_examples(), *catalogue_examples(library.entries.values(), _CATALOGUE_WEIGHT))), settings
    )
    held_out = _cross_read(examples, settings)
    own = sum(one.example.own for one in examples)
    made_from = f"{own} sentences of data/intent; catalogs {library.version[:12]}: {len(examples) - own} phrasings"
    return replace(fit(examples, made_from, settings), cuts=cuts_of(held_out)), held_out


def without_trouble(examples: Sequence[Read], settings: Settings) -> list[Read]:
    """*examples* without the phrasings that ask nothing and that our own sentences would call a demand.

    The catalogs answer trouble told in a statement, too; as examples of questions it would mislead.
    """
    told = [one for one in examples if not one.example.own and not has_question_form(one.example.text)]
    demand = HeldOut((), chances_of(fit([one for one in examples if one.example.own], "", settings), told)).shares(
        tuple(DEMANDS)
    )
    trouble = {one.example for one, chance in zip(told, demand, strict=True) if chance >= _TROUBLE}
    return [one for one in examples if one.example not in trouble]


def cuts_of(held_out: HeldOut) -> Cuts:
    """The cuts that keep wrong alarms within the shares above."""
    questions = held_out.rows(lambda one: one.own and one.kind in _ASKS)
    known = held_out.rows(lambda one: one.kind is Kind.QUESTION)
    no_chat = held_out.rows(lambda one: one.kind not in CHATS)
    no_door = held_out.rows(lambda one: one.kind not in _DOORS)
    demand, chat = held_out.shares(tuple(DEMANDS)), held_out.shares(tuple(CHATS))
    doors = np.max([held_out.shares((kind,)) for kind in _DOORS], axis=0)
    return Cuts(
        demand=_cut(demand[questions], _FALSE_DEMANDS),
        demand_over_choice=_cut(demand[questions], _FALSE_DEMANDS_OVER_CHOICE),
        demand_over_answer=_cut(demand[questions], _FALSE_DEMANDS_OVER_ANSWER),
        chat=_cut(chat[no_chat], _FALSE_CHAT),
        chat_unanswered=_cut(chat[no_chat], _FALSE_CHAT_UNANSWERED),
        door=_cut(doors[no_door], _FALSE_DOORS),
        local=_cut(held_out.shares((Kind.LOCAL,))[known], _FALSE_LOCAL),
    )


def report(held_out: HeldOut, cuts: Cuts) -> Iterator[str]:
    """The figures and the table of kinds on the topics held out, line by line."""
    demand, chat = held_out.shares(tuple(DEMANDS)), held_out.shares(tuple(CHATS))
    wanted = held_out.rows(lambda one: one.kind in DEMANDS)
    heard = wanted[demand[wanted] >= cuts.demand]
    places = [KINDS.index(kind) for kind in DEMANDS]
    told = [KINDS[places[int(held_out.chances[row][places].argmax())]] for row in heard]
    right = sum(held_out.examples[row].kind is kind for row, kind in zip(heard, told, strict=True))
    yield f"诉求认出 {len(heard)}/{len(wanted)}，其中类型对 {right}"
    asked = held_out.rows(lambda one: one.kind is Kind.QUESTION)
    for name, own in (("自写的问题", True), ("知识库问法", False)):
        rows = np.array([row for row in asked if held_out.examples[row].own is own])
        as_demand, as_chat = (demand[rows] >= cuts.demand).sum(), (chat[rows] >= cuts.chat).sum()
        yield f"{name} {len(rows)}：误作诉求 {as_demand}，误作闲聊 {as_chat}"
    chats = held_out.rows(lambda one: one.kind in CHATS)
    yield f"闲聊认出 {(chat[chats] >= cuts.chat).sum()}/{len(chats)}"
    yield from _table(held_out)


def _table(held_out: HeldOut) -> Iterator[str]:
    guessed = held_out.chances.argmax(axis=1)
    counts = Counter((one.kind, KINDS[guess]) for one, guess in zip(held_out.examples, guessed, strict=True) if one.own)
    yield "应是\\认作\t" + "\t".join(KINDS)
    for kind in KINDS:
        yield f"{kind}\t" + "\t".join(str(counts[kind, guess]) for guess in KINDS)


def _cross_read(examples: Sequence[Read], settings: Settings) -> HeldOut:
    order: list[Read] = []
    chances: list[Doubles] = []
    for fold in range(FOLDS):
        outside = [one for one in examples if one.example.fold == fold]
        model = fit([one for one in examples if one.example.fold != fold], "", settings)
        order += outside
        chances.append(chances_of(model, outside))
    return HeldOut(tuple(one.example for one in order), np.concatenate(chances))


def _cut(chances: Doubles, share: float) -> float:
    """The chance that no more than *share* of *chances* reach."""
    return round(float(np.quantile(chances, 1.0 - share)) + 0.005, 2)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read sentences and catalogs, fit, write the file, print the report."""
    parser = argparse.ArgumentParser(
        prog="python -m knowledge.intent_training", description="用本库自己的例句重新拟合“这是哪种话”的权重"
    )
    parser.add_argument("--catalogs", type=Path, default=_HERE.parent / "catalogs", help="知识文件目录")
    parser.add_argument("--out", type=Path, default=_HERE / FILE, help="写到哪个文件")
    chosen = parser.parse_args(arguments)
    model, held_out = train(load(chosen.catalogs))
    chosen.out.write_text(written(model), encoding="utf-8")
    print(f"写好 {chosen.out.name}：{model.made_from}，特征 {len(model.rows)} 个，门槛 {model.cuts}")
    print("以下是按话题留出五分之一、轮流五次的结果：")
    print("\n".join(report(held_out, model.cuts)))


if __name__ == "__main__":
    main()
