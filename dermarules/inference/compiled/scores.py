"""One case weighed against every candidate at once: the same sums as for one candidate after another, in lanes."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dermarules.inference.compiled.columns import Bools, Small
from dermarules.inference.compiled.machine import compiled
from dermarules.inference.compiled.tables import BASE

Rows = npt.NDArray[np.int32]
Sides = npt.NDArray[np.int8]
# The sides as numbers, in the order of their vocabulary; lateral ones first.
UNNAMED, NO_SIDE = 2, 3
LATERAL, SIDES = 3, 4


class Block(NamedTuple):
    """The weights of a block of candidates, lane by lane: lateral ones, or those read over both sides.

    Row x lane: what a sight or a conclusion adds, takes and costs, the units of extent it gives, and whether it adds
    or takes anything at all. Sign x lane: what an unexplained general sign costs. Lane: the prior, whether it is a
    wide site, and what the candidate is called in the arrays that hold all of them.
    """

    gains: Small
    losses: Small
    costs: Small
    extent: Small
    adds: Bools
    takes: Bools
    sign_costs: Small
    extents: Small
    prior: Small
    is_wide: Bools
    first: int


class Mine(NamedTuple):
    """What is weighed on one side: rows in the order of their groups, of which the first `sights` are sights and the
    others conclusions; what the sights of other sides cost, by kind; the general signs; the wide sites that have
    their entry condition shown there.
    """

    rows: Rows
    sights: int
    elsewhere: Small
    has_sign: Bools
    entered: Bools


class Limits(NamedTuple):
    """Constants of weighing: the group of each row, the kind under which a sight costs, the caps of each group and of what is unexplained, the price of no entry,
    and how many of a group count."""

    groups: Sides
    cost_kinds: Sides
    group_caps: Small
    cost_caps: Small
    total_cap: int
    entry_missing: int
    depth: int


class Scratch(NamedTuple):
    """Room to work in: the greatest weights of a group in each lane, and sums."""

    tops: Small
    carry: Small
    plus: Small
    minus: Small
    costs: Small
    units: Small


class Scores(NamedTuple):
    """Entry x case at hand: the total, what the findings say, whether anything is left open, and whether it counts."""

    total: Small
    explained: Small
    is_left_open: Bools
    is_supported: Bools
    has_entered: Bools


@compiled
def _keep_greatest(tops: Small, carry: Small, weights: Small) -> None:
    """Put a weight into each lane of the greatest so far, which stand in falling order."""
    width = len(weights)
    for lane in range(width):
        carry[lane] = weights[lane]
    for depth in range(tops.shape[0]):
        top = tops[depth]
        for lane in range(width):
            held, new = top[lane], carry[lane]
            top[lane] = held if held > new else new
            carry[lane] = new if held > new else held


@compiled
def _count(tops: Small, cap: int, into: Small) -> None:
    """Add what counts of a group: the greatest in full and the next at their share, up to a cap."""
    for lane in range(tops.shape[1]):
        counted = tops[0, lane] // BASE
        for depth in range(1, tops.shape[0]):
            counted += tops[depth, lane] % BASE
        into[lane] += min(counted, cap)


@compiled
def _add_groups(block: Block, rows: Rows, limits: Limits, scratch: Scratch) -> None:
    """What the rows, which stand in the order of their groups, speak for and against each candidate."""
    scratch.plus[:] = 0
    scratch.minus[:] = 0
    start = 0
    while start < len(rows):
        group = limits.groups[rows[start]]
        end = start
        while end < len(rows) and limits.groups[rows[end]] == group:
            end += 1
        cap = limits.group_caps[group]
        if _keep(block.gains, block.adds, rows[start:end], scratch):
            _count(scratch.tops, cap, scratch.plus)
        if _keep(block.losses, block.takes, rows[start:end], scratch):
            _count(scratch.tops, cap, scratch.minus)
        start = end


@compiled
def _keep(table: Small, says: Bools, rows: Rows, scratch: Scratch) -> bool:
    """The greatest weights of rows of one group and one sign, lane by lane; False if there are none."""
    is_any = False
    for row in rows:
        if says[row]:
            if not is_any:
                scratch.tops[:] = 0
                is_any = True
            _keep_greatest(scratch.tops, scratch.carry, table[row])
    return is_any


@compiled
def weigh_block(block: Block, mine: Mine, at: int, limits: Limits, scratch: Scratch, scores: Scores) -> None:
    """Weigh what there is on one side against a block of candidates; the scores go to the entries from `at` on."""
    _add_groups(block, mine.rows, limits, scratch)
    costs, units = scratch.costs, scratch.units
    width = block.gains.shape[1]
    kinds = len(mine.elsewhere)
    for kind in range(kinds):
        costs[kind, :] = mine.elsewhere[kind]
    units[:] = 0
    for row in mine.rows[: mine.sights]:
        cost, extent = block.costs[row], block.extent[row]
        kind_costs = costs[limits.cost_kinds[row]]
        for lane in range(width):
            kind_costs[lane] += cost[lane]
        for lane in range(width):
            units[lane] += extent[lane]
    for lane in range(width):
        open_cost = 0
        unlimited = 0
        for kind in range(kinds):
            open_cost += min(costs[kind, lane], limits.cost_caps[kind])
            unlimited += costs[kind, lane]
        for sign in range(len(mine.has_sign)):
            if mine.has_sign[sign]:
                open_cost += block.sign_costs[sign, lane]
        findings = scratch.plus[lane] - scratch.minus[lane] - min(open_cost, limits.total_cap)
        standing = block.prior[lane] + block.extents[lane, units[lane]]
        is_in = not block.is_wide[lane] or mine.entered[block.first + lane]
        if not is_in:
            standing += limits.entry_missing
        entry = at + lane
        scores.total[entry] = findings + standing
        scores.explained[entry] = findings
        scores.is_left_open[entry] = unlimited > 0
        scores.is_supported[entry] = scratch.plus[lane] > 0
        scores.has_entered[entry] = is_in


@compiled
def scratch_for(width: int, kinds: int, depth: int) -> Scratch:
    """Room for blocks of this width."""
    return Scratch(
        np.zeros((depth, width), np.int16),
        np.zeros(width, np.int16),
        np.zeros(width, np.int16),
        np.zeros(width, np.int16),
        np.zeros((kinds, width), np.int16),
        np.zeros(width, np.int16),
    )
