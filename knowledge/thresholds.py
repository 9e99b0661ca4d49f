"""Every number the matcher decides by that is not fitted, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What is asked of the matcher, and the limits of its work.

    *precision* is the share of direct answers that must be right on the index's own
    hidden phrasings; *choice_chance* the chance that the right entry is among the
    options below which nothing is offered. *unknown_share* is how often questions
    are assumed to have no entry. The *…_edge* values are in ranking scores.
    """

    precision: float = 0.95
    choice_chance: float = 0.5
    unknown_share: float = 0.25
    candidates: int = 40
    options: int = 4
    fit_samples: int = 700
    option_edge: float = 3.5
    guide_edge: float = 1.2
    faq_edge: float = 0.4
    word_edge: float = 1.5
    questions: int = 3
    longest_question: int = 120
    follow_up_length: int = 14


STANDARD = Thresholds()
