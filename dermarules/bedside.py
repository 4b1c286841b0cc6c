"""What is examined and asked: signs, questions, measures, tests of function, and the key examinations of a scale."""

from collections.abc import Mapping
from dataclasses import dataclass

from dermarules.provenance import Fact
from dermarules.vocabulary import Modality, Result


@dataclass(frozen=True, slots=True)
class FunctionalTest(Fact):
    """An everyday task that tests a movement."""

    id: str
    name: str
    movement: str
    roots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sign(Fact):
    """A provocation test or bedside sign; `lateral` ones are done on one side."""

    id: str
    name: str
    lateral: bool
    how: str
    positive_when: str
    roots: tuple[str, ...] = ()
    nerves: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    site: str | None = None
    weak_movement: str = ""
    metrics: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryItem(Fact):
    """Something the patient may tell, with the question for it; `ask_first` from 1 are asked before others."""

    id: str
    meaning: str
    question: str
    lateral: bool
    ask_first: int = 0
    weak_movement: str = ""


@dataclass(frozen=True, slots=True)
class Measure(Fact):
    """A number with its unit and the range that can be true; a derived one is computed from other findings."""

    id: str
    name: str
    unit: str
    minimum: float
    maximum: float
    lateral: bool = False
    derived: str = ""


@dataclass(frozen=True, slots=True)
class KeyExamination(Fact):
    """The ISNCSCI examination in the legs: key movements by root, how it is scored, and what makes a level.

    Key points are the regions that name their root. `contraction` is the movement and `pressure` the modality at the
    lowest key point that show whether the sacral segments are spared.
    """

    motor: Mapping[str, str]
    touch: Modality
    pin: Modality
    scores: Mapping[Result, int]
    grades: Mapping[Result, int]
    full_score: int
    full_grade: int
    level_grade: int
    contraction: str
    pressure: Modality
    limits: str
