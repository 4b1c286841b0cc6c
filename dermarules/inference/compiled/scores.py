"""One case weighed against every candidate at once: the same sums as for one candidate after another, in lanes.

What is passed from function to function here is few arrays, each of many things: numba hands over an array slowly.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dermarules.inference.compiled.columns import Small
from dermarules.inference.compiled.machine import compiled
from dermarules.inference.compiled.tables import BASE

Rows = npt.NDArray[np.int32]
Sides = npt.NDArray[np.int8]
Bits = npt.NDArray[np.uint8]
# The sides as numbers, in the order of their vocabulary; lateral ones first.
UNNAMED, NO_SIDE = 2, 3
LATERAL, SIDES = 3, 4
# What a sight or a conclusion does to a candidate, the first index of `Block.weights`; and, as bits of `Block.says`,
# whether it does so to any.
GAIN, LOSS, COST, EXTENT = range(4)
ADDS, TAKES, COSTS, EXTENDS = 1, 2, 4, 8
# So many weights of a group count: the greatest in full, and three more at their share.
COUNTED = 4
# What there is to know of a candidate in a lane, the first index of `Block.lanes`; what each sign costs comes last.
PRIOR, IS_WIDE, SIGN_COSTS = range(3)
# What there is to know of a row, the second index of `Known.rows`. The first four are of sights, RULE of conclusions.
STATE, PLACE, PRICE, KIND, GROUP, RULE = range(6)
# The constants, the index of `Known.constants`; the caps of the groups and of the kinds of cost come last.
(
    TOTAL_CAP,
    ENTRY_MISSING,
    TIE,
    UNDECIDED_BELOW,
    MINIMUM,
    MARGIN,
    STRONG,
    MODERATE,
    RULES_CAP,
    GAIN_OF_RUN,
    NOTHING,
    NOT_ENOUGH,
    PAIN_ALONE,
    SINGLES,
    KINDS,
    CAPS,
) = range(16)
# What was scored of an entry, the second index of `Scores.weight`, and the bits of `Scores.status`.
TOTAL, FINDINGS = 0, 1
SUPPORTED, ENTERED, OPEN = 1, 2, 4
# The rooms of a scratch; what is unexplained of each kind, and the greatest weights, come last.
_PLUS, _MINUS, _UNITS, _CHARGED, _ROOM = range(5)


class Block(NamedTuple):
    """Candidates side by side in memory: lateral ones, or those read over both sides.

    `weights` is what x row x lane, `says` and `marks` row and row x lane, `lanes` what x lane, `extents` lane x units.
    """

    weights: Small
    says: Bits
    marks: Bits
    lanes: Small
    extents: Small


class Known(NamedTuple):
    """What is known of every row, and the constants."""

    rows: Rows
    constants: Rows


class Scores(NamedTuple):
    """What was scored of every entry of every case: case x what x entry; marks of all that was seen on its side, and
    status: case x entry.
    """

    weight: Small
    marks: Bits
    status: Bits


@compiled
def scratch_for(block: Block, known: Known) -> Small:
    """Room to weigh a block in."""
    return np.zeros((_ROOM + known.constants[KINDS] + COUNTED, block.lanes.shape[1]), np.int16)


@compiled
def weigh_block(
    block: Block,
    known: Known,
    mine: Rows,
    sights: int,
    elsewhere: Small,
    signs: int,
    entered: Bits,
    scratch: Small,
    weight: Small,
    marks: Bits,
    status: Bits,
) -> None:
    """Weigh what there is on one side: rows in the order of their groups, the first of which are sights.

    `elsewhere` is what the sights of other sides cost, by kind; `signs` are the general signs, as bits; `entered` the
    wide sites that have their entry condition shown. The last three take what is scored, lane by lane.
    """
    constants, kinds = known.constants, known.constants[KINDS]
    plus, minus, units, charged = scratch[_PLUS], scratch[_MINUS], scratch[_UNITS], scratch[_CHARGED]
    _add_groups(block, known, mine, scratch)
    marks[:] = 0
    units[:] = 0
    charged[:] = 0
    status[:] = 0
    for kind in range(kinds):
        scratch[_ROOM + kind, :] = elsewhere[kind]
    for row in mine[:sights]:
        if block.says[row] & EXTENDS:
            _add(block.weights[EXTENT, row], units)
        if block.says[row] & COSTS:
            _add(block.weights[COST, row], scratch[_ROOM + known.rows[row, KIND]])
        _mark(block.marks[row], marks)
    for kind in range(kinds):
        _charge(scratch[_ROOM + kind], constants[CAPS + kinds + 1 + kind], charged, status)
    for sign in range(block.lanes.shape[0] - SIGN_COSTS):
        if signs >> sign & 1:
            _add(block.lanes[SIGN_COSTS + sign], charged)
    cap, missing = constants[TOTAL_CAP], constants[ENTRY_MISSING]
    prior, is_wide, total, findings = block.lanes[PRIOR], block.lanes[IS_WIDE], weight[TOTAL], weight[FINDINGS]
    for lane in range(len(plus)):
        is_out = is_wide[lane] > entered[lane]
        findings[lane] = plus[lane] - minus[lane] - min(charged[lane], cap)
        total[lane] = findings[lane] + prior[lane] + (missing if is_out else 0)
        status[lane] |= (SUPPORTED if plus[lane] > 0 else 0) | (0 if is_out else ENTERED)
    for lane in range(len(plus)):
        if units[lane]:
            total[lane] += block.extents[lane, units[lane]]


@compiled
def _add_groups(block: Block, known: Known, mine: Rows, scratch: Small) -> None:
    """What the rows, which stand in the order of their groups, speak for and against each candidate."""
    tops = _ROOM + known.constants[KINDS]
    first, second, third, fourth = scratch[tops], scratch[tops + 1], scratch[tops + 2], scratch[tops + 3]
    scratch[_PLUS, :] = 0
    scratch[_MINUS, :] = 0
    start = 0
    while start < len(mine):
        group = known.rows[mine[start], GROUP]
        end = start
        says = 0
        while end < len(mine) and known.rows[mine[end], GROUP] == group:
            says |= block.says[mine[end]]
            end += 1
        for what, which, into in ((ADDS, GAIN, _PLUS), (TAKES, LOSS, _MINUS)):
            if says & what:
                first[:] = 0
                second[:] = 0
                third[:] = 0
                fourth[:] = 0
                for row in mine[start:end]:
                    if block.says[row] & what:
                        _keep_greatest(block.weights[which, row], first, second, third, fourth)
                _count(first, second, third, fourth, known.constants[CAPS + group], scratch[into])
        start = end


@compiled
def _keep_greatest(weights: Small, first: Small, second: Small, third: Small, fourth: Small) -> None:
    """Put a weight into each lane of the four greatest so far."""
    for lane in range(len(weights)):
        new = weights[lane]
        held = first[lane]
        first[lane] = held if held > new else new
        new = new if held > new else held
        held = second[lane]
        second[lane] = held if held > new else new
        new = new if held > new else held
        held = third[lane]
        third[lane] = held if held > new else new
        new = new if held > new else held
        held = fourth[lane]
        fourth[lane] = held if held > new else new


@compiled
def _count(first: Small, second: Small, third: Small, fourth: Small, cap: int, into: Small) -> None:
    """Add what counts of a group: the greatest in full and the next at their share, up to a cap."""
    for lane in range(len(into)):
        counted = first[lane] // BASE + second[lane] % BASE + third[lane] % BASE + fourth[lane] % BASE
        into[lane] += min(counted, cap)


@compiled
def _charge(costs: Small, cap: int, charged: Small, status: Bits) -> None:
    """Add what is unexplained of one kind, up to a cap."""
    for lane in range(len(costs)):
        charged[lane] += min(costs[lane], cap)
        status[lane] |= OPEN if costs[lane] > 0 else 0


@compiled
def _add(amounts: Small, into: Small) -> None:
    for lane in range(len(into)):
        into[lane] += amounts[lane]


@compiled
def _mark(of_row: Bits, marks: Bits) -> None:
    for lane in range(len(marks)):
        marks[lane] |= of_row[lane]
