"""Closed lists of words. Plain enums: comparing one with a bare string is a type error, not a silent False."""

from enum import Enum
from functools import cached_property


class Word(Enum):
    """A word of a closed list. Members are single objects, so that identity is the quickest hash."""

    __hash__ = object.__hash__

    # The property of Enum does the same in three times the time, and an answer reads thousands of words.
    @property
    def value(self) -> str:
        """The word as it is written."""
        word: str = self._value_
        return word

    @cached_property
    def rank(self) -> int:
        """Its place in the list; 0 is the first."""
        return list(type(self)).index(self)


class Side(Word):
    """A side of the body. UNKNOWN is one side that the source does not name; NONE is midline or not stated."""

    LEFT = "left"
    RIGHT = "right"
    UNKNOWN = "unknown"
    NONE = "none"

    @property
    def other(self) -> "Side":
        """The opposite side; an unnamed side has no known opposite."""
        return {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}.get(self, self)


BOTH_SIDES = (Side.LEFT, Side.RIGHT)
LATERAL_SIDES = (Side.LEFT, Side.RIGHT, Side.UNKNOWN)


class SideTest(Word):
    """What a rule says about the side of a finding."""

    SAME = "same"
    OTHER = "other"
    BOTH = "both"
    ANY = "any"


class Reading(Word):
    """How a wide localization is scored: over both sides at once, or per side."""

    BILATERAL = "bilateral"
    ONE_SIDE = "one_side"


class Laterality(Word):
    """On which sides a syndrome shows, as the literature describes it."""

    UNILATERAL = "unilateral"
    UNILATERAL_OR_BILATERAL = "unilateral_or_bilateral"
    UNILATERAL_THEN_BILATERAL = "unilateral_then_asymmetric_bilateral"
    BILATERAL_ASYMMETRIC = "bilateral_asymmetric"
    BILATERAL_SYMMETRIC = "bilateral_symmetric"


class Kind(Word):
    """The kinds of finding that a case may hold."""

    SENSATION = "sensation"
    FEELS = "feels"
    POWER = "power"
    MUSCLE = "muscle"
    WASTING = "wasting"
    FASCICULATION = "fasciculation"
    REFLEX = "reflex"
    SIGN = "sign"
    HISTORY = "history"
    MEASURE = "measure"
    LEVEL = "level"


class Modality(Word):
    """Qualities of sensation that an examiner tests; ANY means that the source does not say which."""

    ANY = "any"
    LIGHT_TOUCH = "light_touch"
    PINPRICK = "pinprick"
    TEMPERATURE = "temperature"
    VIBRATION = "vibration"
    PROPRIOCEPTION = "proprioception"
    PRESSURE = "pressure"


class Feeling(Word):
    """What a patient feels."""

    NUMBNESS = "numbness"
    PARAESTHESIA = "paraesthesia"
    PAIN = "pain"
    BURNING = "burning"
    SHOOTING = "shooting"
    CRAMP = "cramp"


PAINFUL = frozenset({Feeling.PAIN, Feeling.SHOOTING, Feeling.CRAMP})


class Result(Word):
    """What was found. Which results a kind of finding allows is in RESULTS."""

    NORMAL = "normal"
    REDUCED = "reduced"
    ABSENT = "absent"
    INCREASED = "increased"
    PRESENT = "present"
    BRISK = "brisk"
    FLEXOR = "flexor"
    EXTENSOR = "extensor"
    MUTE = "mute"
    POSITIVE = "positive"
    NEGATIVE = "negative"
    MRC_0 = "0"
    MRC_1 = "1"
    MRC_2 = "2"
    MRC_3 = "3"
    MRC_4_MINUS = "4-"
    MRC_4 = "4"
    MRC_4_PLUS = "4+"
    MRC_5 = "5"
    WEAK = "weak"
    PARALYSED = "paralysed"
    MEASURED = "measured"


# MRC grade as a number; `weak` without a grade has none.
MRC = {
    Result.MRC_0: 0.0,
    Result.PARALYSED: 0.0,
    Result.MRC_1: 1.0,
    Result.MRC_2: 2.0,
    Result.MRC_3: 3.0,
    Result.MRC_4_MINUS: 3.75,
    Result.MRC_4: 4.0,
    Result.MRC_4_PLUS: 4.25,
    Result.MRC_5: 5.0,
    Result.NORMAL: 5.0,
}

_GRADES = frozenset(
    {
        Result.MRC_0,
        Result.MRC_1,
        Result.MRC_2,
        Result.MRC_3,
        Result.MRC_4_MINUS,
        Result.MRC_4,
        Result.MRC_4_PLUS,
        Result.MRC_5,
        Result.WEAK,
        Result.NORMAL,
        Result.PARALYSED,
    }
)
FULL_POWER = frozenset({Result.MRC_5, Result.NORMAL})
WEAK_POWER = _GRADES - FULL_POWER
SEVERE_POWER = frozenset({Result.MRC_0, Result.MRC_1, Result.MRC_2, Result.PARALYSED})
PARALYSED_POWER = frozenset({Result.MRC_0, Result.MRC_1, Result.PARALYSED})
_YES_NO = frozenset({Result.PRESENT, Result.ABSENT})

RESULTS: dict[Kind, frozenset[Result]] = {
    Kind.SENSATION: frozenset({Result.NORMAL, Result.REDUCED, Result.ABSENT, Result.INCREASED}),
    Kind.FEELS: _YES_NO,
    Kind.POWER: _GRADES,
    Kind.MUSCLE: _GRADES,
    Kind.WASTING: _YES_NO,
    Kind.FASCICULATION: _YES_NO,
    Kind.REFLEX: frozenset(
        {
            Result.ABSENT,
            Result.REDUCED,
            Result.NORMAL,
            Result.BRISK,
            Result.FLEXOR,
            Result.EXTENSOR,
            Result.MUTE,
        }
    ),
    Kind.SIGN: frozenset({Result.POSITIVE, Result.NEGATIVE}),
    Kind.HISTORY: _YES_NO,
    Kind.MEASURE: frozenset({Result.MEASURED}),
    Kind.LEVEL: frozenset({Result.PRESENT, Result.ABSENT}),
}

# Words that a rule may use for several results at once, by kind.
RESULT_GROUPS: dict[Kind, dict[str, frozenset[Result]]] = {
    Kind.SENSATION: {"abnormal": frozenset({Result.REDUCED, Result.ABSENT})},
    Kind.POWER: {
        "weak": WEAK_POWER,
        "normal": FULL_POWER,
        "severe": SEVERE_POWER,
        "paralysed": PARALYSED_POWER,
    },
    Kind.MUSCLE: {
        "weak": WEAK_POWER,
        "normal": FULL_POWER,
        "severe": SEVERE_POWER,
        "paralysed": PARALYSED_POWER,
    },
    Kind.REFLEX: {
        "lost": frozenset({Result.REDUCED, Result.ABSENT}),
        "normal": frozenset({Result.NORMAL, Result.FLEXOR}),
    },
}


class Tier(Word):
    """How constantly a structure supplies a place, the most constant first: sparing its core argues against it."""

    CORE = "core"
    USUAL = "usual"
    VARIABLE = "variable"


# What a lesion takes out as a rule; what is variable may be lost, and need not be.
CONSTANT = frozenset({Tier.CORE, Tier.USUAL})


class Group(Word):
    """Groups of evidence that are weighed together, so that a leg coded in a hundred places does not outweigh three."""

    SENSORY = "sensory"
    MOTOR = "motor"
    REFLEX = "reflex"
    PAIN_MAP = "pain_map"
    RULES = "rules"


class TermKind(Word):
    """What a term of a sum speaks of: a place that is affected or spared, a rule, or the standing of a candidate."""

    AFFECTED = "affected"
    SPARED = "spared"
    RULE = "rule"
    UNEXPLAINED = "unexplained"
    UNEXPLAINED_SIGN = "unexplained_sign"
    PRIOR = "prior"
    EXTENT = "extent"
    ENTRY = "entry"
    NO_ENTRY = "no_entry"
    PRICE = "price"
    NOTHING = "nothing"


class Strength(Word):
    """How strongly a rule speaks; the weights are in the knowledge."""

    DECISIVE = "decisive"
    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"


class Urgency(Word):
    """How soon a person should be seen, most urgent first."""

    EMERGENCY_NOW = "emergency_now"
    SAME_DAY = "same_day"
    URGENT_2_WEEKS = "urgent_2_weeks"
    ROUTINE = "routine"
    SELF_CARE_MONITOR = "self_care_monitor"


class Certainty(Word):
    """How far the first answer stands apart from its rivals."""

    CLEAR = "clear"
    LEANING = "leaning"
    UNDECIDED = "undecided"


class Review(Word):
    """Who stands behind a fact: nobody yet, one reader of a source, a second reader too, or no longer anyone."""

    DRAFT = "draft"
    SOURCED = "sourced"
    REVIEWED = "reviewed"
    RETIRED = "retired"


class Confidence(Word):
    """How far the sources agree."""

    ESTABLISHED = "established"
    VARIABLE = "variable"
    DISPUTED = "disputed"


class Extent(Word):
    """What a dermatome map states: whole territories, only the most constant parts, or single test points."""

    TERRITORY = "territory"
    PARTIAL = "partial"
    POINTS = "points"
