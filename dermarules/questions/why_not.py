"""Why something is not said: what a rule or a red flag lacks, or why a localization is not first; nearest miss first.

If it is said after all, that is the answer.
"""

from dataclasses import dataclass

from dermarules.notation import TRUE
from dermarules.proof import Claim
from dermarules.questions.answer import Answer
from dermarules.questions.behind import Behind, behind
from dermarules.questions.claims import Named, Sort, named
from dermarules.questions.settle import Settling
from dermarules.questions.unmet import Reader, UnmetOnSide, is_open
from dermarules.vocabulary import Word


class State(Word):
    """Whether a rule or a red flag holds, could still hold, or cannot as it was examined.

    `held_back` is advice for self-care that holds and is not given, for something else is raised or open.
    """

    HOLDS = "holds"
    HELD_BACK = "held_back"
    OPEN = "open"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class NotMet:
    """Why a rule or a red flag does not hold: what it lacks on each side, the nearest miss first.

    `claims` are those that it holds, if it does. `overruled_by` are the red flags for which it is held back. `raising`
    are the fewest answers that raise a red flag, none if it is true in no completion of what was not asked.
    """

    id: str
    state: State
    claims: tuple[Claim, ...]
    overruled_by: tuple[str, ...]
    sides: tuple[UnmetOnSide, ...]
    raising: Settling | None


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why not: what was asked, what that is, and why it is not said."""

    asked: str
    sort: Sort
    because: NotMet | Behind


def why_not(answer: Answer, claim: str) -> WhyNot:
    """Why a localization (`root L5`, `root L5, left`) is not first, or a red flag or a rule does not hold.

    ValueError if the claim names nothing that the knowledge knows, with the nearest name and what can be asked.
    """
    asked = named(claim, answer)
    because = behind(asked, answer) if asked.sort is Sort.LOCALIZATION else _not_met(asked, answer)
    return WhyNot(str(asked), asked.sort, because)


def _not_met(asked: Named, answer: Answer) -> NotMet:
    is_flag = asked.sort is Sort.RED_FLAG
    owner = f"{'red_flags' if is_flag else 'rules'}/{asked.id}"
    records = answer.knowledge.red_flags if is_flag else answer.knowledge.rules
    claims = answer.inference.held.about(TRUE, owner)
    if claims:
        overruled_by = _held_back_by(asked.id, answer) if is_flag else ()
        state = State.HELD_BACK if overruled_by else State.HOLDS
        return NotMet(asked.id, state, claims, overruled_by, (), None)
    sides = Reader(answer).unmet(owner, records[asked.id].when)
    raising = answer.settler.raising(asked.id) if is_flag else None
    may_hold = raising is not None if is_flag else any(is_open(side.parts) for side in sides)
    return NotMet(asked.id, State.OPEN if may_hold else State.FAILS, (), (), sides, raising)


def _held_back_by(flag: str, answer: Answer) -> tuple[str, ...]:
    """The red flags for which one that holds is not raised; none if it is."""
    flags = answer.inference.flags
    if any(raised.flag.id == flag for raised in flags.raised):
        return ()
    return (*(raised.flag.id for raised in flags.raised), *(waiting.flag.id for waiting in flags.open))
