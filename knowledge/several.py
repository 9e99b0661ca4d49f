"""What the clauses of one message are answered with, put together into its questions."""

from dataclasses import replace

from knowledge.clauses import goes_with
from knowledge.model import Answer, Asked, Choice, Facet, Outcome, Unknown


def joined(found: list[tuple[Asked, bool]]) -> tuple[Asked, ...]:
    """Clauses that get the same answer are one question, all in the order of the message.

    What is not answered directly counts where it surely asks, or where nothing else does.
    """
    kept: dict[str, tuple[Asked, bool]] = {}
    told = [item for item, _ in found if isinstance(item.outcome, Answer)]
    answered = {key_of(item.outcome) for item in told}
    for item, sure in found:
        item = replace(item, outcome=_settled(item.outcome, answered))
        if len(answered) == 1 and not isinstance(item.outcome, Answer):
            item = _as_side(item, told)
        key = key_of(item.outcome) or f"?{item.clause}"
        if key in kept:
            item, sure = _with_sides(kept[key][0], item.sides), sure or kept[key][1]
        kept[key] = (item, sure)
    for counts in (Answer, Answer | Choice):
        shown = [item for item, sure in kept.values() if sure or isinstance(item.outcome, counts)]
        if any(isinstance(item.outcome, counts) for item in shown):
            return tuple(shown)
    return tuple(item for item, sure in kept.values() if sure) or (found[-1][0],)


def _settled(outcome: Outcome, answered: set[str]) -> Outcome:
    """A choice that holds what another question of the message is answered with is about that, too."""
    if not isinstance(outcome, Choice):
        return outcome
    same = [option for option in outcome.options if option.entry_id in answered]
    if len(same) != 1:
        return outcome
    return Answer(same[0], outcome.confidence, tuple(option for option in outcome.options if option is not same[0]))


def _as_side(item: Asked, told: list[Asked]) -> Asked:
    """What asks one more side of the only matter that is answered is answered with it."""
    near = item.outcome.runners_up if isinstance(item.outcome, Unknown) else ()
    same = any(match.entry_id == key_of(told[0].outcome) for match in near)
    return (
        replace(item, outcome=told[0].outcome) if same or goes_with(item.clause, (one.clause for one in told)) else item
    )


def _with_sides(item: Asked, more: tuple[Facet, ...]) -> Asked:
    sides = tuple(dict.fromkeys((*item.sides, *more)))
    return replace(item, sides=sides, facet=sides[0] if sides else None)


def withheld(outcome: Outcome) -> Outcome:
    """A direct answer offered as one of several; nothing else is changed."""
    if not isinstance(outcome, Answer):
        return outcome
    options = (outcome.match, *outcome.runners_up[:2])
    return Choice(options, outcome.confidence) if len(options) > 1 else Unknown(options, outcome.confidence)


def key_of(outcome: Outcome) -> str:
    """What two outcomes about the same have in common; empty where nothing was found."""
    match outcome:
        case Answer(match=found):
            return found.entry_id
        case Choice(options=options):
            return "|".join(sorted(option.entry_id for option in options))
        case Unknown():
            return ""


def found_in(outcome: Outcome) -> tuple[str, ...]:
    """The entries answered with or offered."""
    match outcome:
        case Answer(match=found):
            return (found.entry_id,)
        case Choice(options=options):
            return tuple(option.entry_id for option in options)
        case Unknown():
            return ()
