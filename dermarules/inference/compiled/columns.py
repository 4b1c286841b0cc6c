"""What is known of many cases, one column for each thing that may be found; and what follows, one row for each case."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dermarules.findings import Finding

Codes = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.float64]
Small = npt.NDArray[np.int16]
Tiny = npt.NDArray[np.int8]
Bools = npt.NDArray[np.bool_]

# The code of what was not examined, and the index of a place that is not there.
UNKNOWN = -1
# The name under which the age of the patient is a measure.
AGE = "age"


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that may be found, in every row: an index into `findings`, or UNKNOWN where it was not examined."""

    findings: tuple[Finding, ...]
    codes: Codes


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure in every row, in the unit of its name; NaN where it was not taken. The age is the measure AGE."""

    name: str
    values: Numbers


@dataclass(frozen=True, slots=True)
class Label:
    """A localization on a side, as a report names it."""

    localization: str
    side: str | None


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What follows for N cases. Certainty and urgency are indices into their vocabularies, in its order.

    `place`, `site` and `weight` are 3 x N: the first three localizations as indices into `labels` and `sites`
    (UNKNOWN: no such place, no site, or sites that cannot be told apart), and their centibans. `raised` and `open` are
    flags x N, `fired` is rules x N. `unexplained` counts what the first place leaves open. Where `several` holds, one
    lesion leaves something open: sets of lesions are possible, and were not searched.
    """

    labels: tuple[Label, ...]
    sites: tuple[str, ...]
    flags: tuple[str, ...]
    rules: tuple[str, ...]
    place: Small
    site: Small
    weight: Small
    certainty: Tiny
    urgency: Tiny
    urgency_possible: Tiny
    raised: Bools
    open: Bools
    fired: Bools
    unexplained: Small
    several: Bools
