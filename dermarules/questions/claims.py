"""What a question asks about, as a user names it: a localization, a red flag or a rule; read in one way for all."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from dermarules.inference.candidates import candidates, ranges
from dermarules.inference.rank import NOTHING
from dermarules.inference.weigh import Weighing
from dermarules.questions.answer import Answer, Cleared, Open, Raised
from dermarules.questions.differential import side_of
from dermarules.vocabulary import LATERAL_SIDES, Word

RED_FLAG, RULE = "red flag ", "rule "
_SIDES = frozenset({"", "both", *(side.value for side in LATERAL_SIDES)})


class Sort(Word):
    """What a name stands for."""

    LOCALIZATION = "localization"
    RED_FLAG = "red_flag"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names in a knowledge base. `side` is None where the text leaves it open."""

    sort: Sort
    id: str
    side: str | None = None

    def __str__(self) -> str:
        head = {Sort.LOCALIZATION: "", Sort.RED_FLAG: RED_FLAG, Sort.RULE: RULE}[self.sort]
        return f"{head}{self.id}" + (f", {self.side}" if self.side else "")


def named(text: str, answer: Answer) -> Named:
    """What a text names: `root L5`, `root L5, left`, `red flag acute_foot_drop` or its bare id, `rule R` or its id.

    ValueError if it names nothing that the knowledge base of the answer knows, with the nearest name and what can be
    asked.
    """
    asked = " ".join(text.split())
    place, _, side = asked.partition(", ")
    if place in _localizations(answer) and side in _SIDES:
        return Named(Sort.LOCALIZATION, place, side or None)
    flag, rule = asked.removeprefix(RED_FLAG), asked.removeprefix(RULE)
    # A rule and a red flag may have the same id: the bare id is that of the red flag.
    if flag in answer.knowledge.red_flags:
        return Named(Sort.RED_FLAG, flag)
    if rule in answer.knowledge.rules:
        return Named(Sort.RULE, rule)
    raise ValueError(f"nothing is known as '{asked}'{_nearest(asked, _names(answer))}; {_can_be_asked(answer)}")


def spoken_of(text: str, answer: Answer) -> tuple[int, Weighing] | Raised | Open | Cleared:
    """What an answer says of what a text names: its place in the order with its weighing, or the state of a red flag.

    ValueError if it names nothing of which the answer says something, with the nearest name and what can be asked.
    """
    asked = " ".join(text.split())
    flag = flag_of(asked.removeprefix(RED_FLAG), answer)
    found = placed(asked, answer) or flag
    if found is None:
        names = (*_placed(answer), *(f"{RED_FLAG}{flag.id}" for flag in _flags(answer)))
        raise ValueError(f"nothing is said of '{asked}'{_nearest(asked, names)}; {_can_be_asked(answer)}")
    return found


def placed(name: str, answer: Answer) -> tuple[int, Weighing] | None:
    """The place of a localization in the order, from 1, with its weighing; of its better side if none is named."""
    return _placed(answer).get(name)


def flag_of(name: str, answer: Answer) -> Raised | Open | Cleared | None:
    """The state of a red flag; None if the case does not touch it."""
    return next((flag for flag in _flags(answer) if flag.id == name), None)


def _flags(answer: Answer) -> tuple[Raised | Open | Cleared, ...]:
    states = answer.red_flags
    return (*states.raised, *states.open, *states.cleared)


def _placed(answer: Answer) -> dict[str, tuple[int, Weighing]]:
    found: dict[str, tuple[int, Weighing]] = {}
    for rank, place in enumerate(answer.inference.ranked, start=1):
        name = place.weighing.candidate.localization
        found.setdefault(name, (rank, place.weighing))
        if side := side_of(place.weighing):
            found.setdefault(f"{name}, {side}", (rank, place.weighing))
    return found


def _localizations(answer: Answer) -> frozenset[str]:
    """Every single localization and run of roots that can be an answer, and the sets that this answer ranks."""
    alone = (*candidates(answer.knowledge, answer.map), *ranges(answer.knowledge, answer.map))
    listed = (place.weighing.candidate.localization for place in answer.inference.ranked)
    return frozenset({NOTHING, *listed, *(candidate.localization for candidate in alone)})


def _names(answer: Answer) -> tuple[str, ...]:
    knowledge = answer.knowledge
    flags, rules = (f"{RED_FLAG}{flag}" for flag in knowledge.red_flags), (f"{RULE}{rule}" for rule in knowledge.rules)
    return (*sorted(_localizations(answer)), *flags, *rules)


def _nearest(asked: str, names: Iterable[str]) -> str:
    bare = {name.removeprefix(RED_FLAG).removeprefix(RULE): name for name in names}
    near = difflib.get_close_matches(asked.removeprefix(RED_FLAG).removeprefix(RULE), bare, n=1)
    return f" (did you mean '{bare[near[0]]}'?)" if near else ""


def _can_be_asked(answer: Answer) -> str:
    places = dict.fromkeys(entry.localization for entry in answer.differential)
    raised = (f"{RED_FLAG}{flag.id}" for flag in answer.red_flags.raised)
    return f"ask for one of: {'; '.join((*places, *raised))}"
