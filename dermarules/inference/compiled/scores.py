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
# What a sight or a conclusion does to a candidate, the first index of `Block.weights`; and whether it does so to any.
GAIN, LOSS, COST, EXTENT = range(4)
ADDS, TAKES = 1, 2
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
    DEPTH,
    SINGLES,
    KINDS,
    CAPS,
) = range(17)
# What was scored of an entry, the first index of `Scores.weight`, and the bits of `Scores.status`.
TOTAL, FINDINGS = 0, 1
SUPPORTED, ENTERED, OPEN = 1, 2, 4
# The rooms of a scratch; what is unexplained of each kind, and the greatest weights, come last.
_PLUS, _MINUS, _CARRY, _UNITS, _ROOM = range(5)


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
    """What was scored of every entry: what x entry; marks of all that was seen on its side; status."""

    weight: Small
    marks: Bits
    status: Bits


@compiled
def scratch_for(block: Block, known: Known) -> Small:
    """Room to weigh a block in."""
    depth, kinds = known.constants[DEPTH], known.constants[KINDS]
    return np.zeros((_ROOM + kinds + depth, block.lanes.shape[1]), np.int16)


@compiled
def weigh_block(
    block: Block,
    known: Known,
    mine: Rows,
    sights: int,
    elsewhere: Small,
    signs: int,
    entered: Bits,
    at: int,
    scratch: Small,
    scores: Scores,
) -> None:
    """Weigh what there is on one side: rows in the order of their groups, the first of which are sights.

    `elsewhere` is what the sights of other sides cost, by kind; `signs` are the general signs, as bits; `entered` the
    wide sites that have their entry condition shown. The scores go to the entries from `at` on.
    """
    constants, kinds = known.constants, known.constants[KINDS]
    costs = scratch[_ROOM : _ROOM + kinds]
    _add_groups(block, known, mine, scratch)
    width = scratch.shape[1]
    marks = scores.marks[at : at + width]
    marks[:] = 0
    units = scratch[_UNITS]
    units[:] = 0
    for kind in range(kinds):
        costs[kind, :] = elsewhere[kind]
    for row in mine[:sights]:
        _add(block.weights[EXTENT, row], units)
        _add(block.weights[COST, row], costs[known.rows[row, KIND]])
        of_row = block.marks[row]
        for lane in range(width):
            marks[lane] |= of_row[lane]
    for lane in range(width):
        charged, cost = 0, 0
        for kind in range(kinds):
            charged += min(costs[kind, lane], constants[CAPS + kinds + 1 + kind])
            cost += costs[kind, lane]
        for sign in range(block.lanes.shape[0] - SIGN_COSTS):
            if signs >> sign & 1:
                charged += block.lanes[SIGN_COSTS + sign, lane]
        findings = scratch[_PLUS, lane] - scratch[_MINUS, lane] - min(charged, constants[TOTAL_CAP])
        standing = block.lanes[PRIOR, lane] + block.extents[lane, units[lane]]
        status = SUPPORTED if scratch[_PLUS, lane] > 0 else 0
        if cost > 0:
            status |= OPEN
        if not block.lanes[IS_WIDE, lane] or entered[lane]:
            status |= ENTERED
        else:
            standing += constants[ENTRY_MISSING]
        scores.weight[TOTAL, at + lane] = findings + standing
        scores.weight[FINDINGS, at + lane] = findings
        scores.status[at + lane] = status


@compiled
def _add_groups(block: Block, known: Known, mine: Rows, scratch: Small) -> None:
    """What the rows, which stand in the order of their groups, speak for and against each candidate."""
    tops = scratch[_ROOM + known.constants[KINDS] :]
    scratch[_PLUS, :] = 0
    scratch[_MINUS, :] = 0
    start = 0
    while start < len(mine):
        group = known.rows[mine[start], GROUP]
        end = start
        while end < len(mine) and known.rows[mine[end], GROUP] == group:
            end += 1
        cap = known.constants[CAPS + group]
        if _keep(block.weights[GAIN], block.says, ADDS, mine[start:end], tops, scratch[_CARRY]):
            _count(tops, cap, scratch[_PLUS])
        if _keep(block.weights[LOSS], block.says, TAKES, mine[start:end], tops, scratch[_CARRY]):
            _count(tops, cap, scratch[_MINUS])
        start = end


@compiled
def _keep(weights: Small, says: Bits, what: int, rows: Rows, tops: Small, carry: Small) -> bool:
    """The greatest weights of rows of one group and one sign, lane by lane; False if there are none."""
    is_any = False
    for row in rows:
        if says[row] & what:
            if not is_any:
                tops[:] = 0
                is_any = True
            _keep_greatest(weights[row], tops, carry)
    return is_any


@compiled
def _keep_greatest(weights: Small, tops: Small, carry: Small) -> None:
    """Put a weight into each lane of the greatest so far, which stand in falling order."""
    for lane in range(len(weights)):
        carry[lane] = weights[lane]
    for depth in range(tops.shape[0]):
        top = tops[depth]
        for lane in range(len(weights)):
            held, new = top[lane], carry[lane]
            top[lane] = held if held > new else new
            carry[lane] = new if held > new else held


@compiled
def _count(tops: Small, cap: int, into: Small) -> None:
    """Add what counts of a group: the greatest in full and the next at their share, up to a cap."""
    first = tops[0]
    for lane in range(len(into)):
        counted = first[lane] // BASE
        for depth in range(1, tops.shape[0]):
            counted += tops[depth, lane] % BASE
        into[lane] += min(counted, cap)


@compiled
def _add(amounts: Small, into: Small) -> None:
    for lane in range(len(into)):
        into[lane] += amounts[lane]
