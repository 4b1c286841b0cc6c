"""What is examined for a lesion, and the complete examination of it without error.

The lesion lies on the left. A one-sided lesion leaves what is midline (sphincters and their reflexes) to the other
side, so that it stays normal; the skin of the perineum is examined half by half.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dermarules.audit.witness import Cell, Found, Witness, fewest
from dermarules.findings import Case, Finding
from dermarules.inference.candidates import Candidate
from dermarules.knowledgebase.base import Knowledge
from dermarules.vocabulary import BOTH_SIDES, CONSTANT, Group, Kind, Modality, Result, Side, Tier

SIDE = Side.LEFT

_GROUPS = {
    Kind.SENSATION: Group.SENSORY,
    Kind.POWER: Group.MOTOR,
    Kind.MUSCLE: Group.MOTOR,
    Kind.REFLEX: Group.REFLEX,
}
EXAMINED = frozenset(_GROUPS)

_ABNORMAL = {Group.SENSORY: Result.REDUCED, Group.MOTOR: Result.MRC_3, Group.REFLEX: Result.REDUCED}
_NORMAL = {Group.SENSORY: Result.NORMAL, Group.MOTOR: Result.MRC_5, Group.REFLEX: Result.NORMAL}


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that an examiner tests on every side that it has: skin, a movement, a muscle or a reflex."""

    kind: Kind
    name: str
    tier: Tier | None
    sides: tuple[Side, ...]

    @property
    def group(self) -> Group:
        """The group of evidence that it belongs to."""
        return _GROUPS[self.kind]

    def cell(self, side: Side) -> Cell:
        """Where its result on a side is noted."""
        if self.kind is Kind.SENSATION:
            return Cell(self.kind, Modality.PINPRICK.value, side, self.name)
        return Cell(self.kind, self.name, side)


def bedside(knowledge: Knowledge, site: Candidate) -> Iterator[Examined]:
    """All skin, movements and reflexes, with their tiers for a site."""
    for region in knowledge.regions:
        yield Examined(Kind.SENSATION, region, site.reach.get(("skin", region)), BOTH_SIDES)
    for movement in knowledge.movements.values():
        sides = BOTH_SIDES if movement.lateral else (Side.NONE,)
        yield Examined(Kind.POWER, movement.id, site.reach.get(("movement", movement.id)), sides)
    for reflex in knowledge.reflexes.values():
        sides = BOTH_SIDES if reflex.lateral else (Side.NONE,)
        yield Examined(Kind.REFLEX, reflex.id, site.reach.get(("reflex", reflex.id)), sides)


def single_muscles(knowledge: Knowledge, site: Candidate) -> Iterator[Examined]:
    """The muscles that no movement shows, because none has them as its principal mover; midline ones are left out."""
    movers = [(m, mover) for m in knowledge.movements.values() for mover in m.movers]
    shown = {mover.muscle for _, mover in movers if mover.role == "principal"}
    lateral = {mover.muscle for movement, mover in movers if movement.lateral}
    for muscle in knowledge.muscles:
        if muscle in lateral - shown:
            yield Examined(Kind.MUSCLE, muscle, site.reach.get(("muscle", muscle)), BOTH_SIDES)


def complete(knowledge: Knowledge, site: Candidate) -> Case:
    """The complete examination without error: core and usual places abnormal, variable ones and all else normal.

    A site with an entry condition shows it, in the way that adds least.
    """
    found: dict[Cell, Result | float] = {}
    for each in (*bedside(knowledge, site), *single_muscles(knowledge, site)):
        is_constant = each.tier in CONSTANT
        for side in each.sides:
            found[each.cell(side)] = result(each, is_constant and is_hit(site, side))
    return Case(site.name, findings_of({**found, **entry(Witness(knowledge, site.reach, fewest), site, found)}))


def is_hit(site: Candidate, side: Side) -> bool:
    """True on the sides on which a lesion can take something out."""
    return site.is_bilateral or side is SIDE


def result(each: Examined, is_abnormal: bool) -> Result:
    """What is noted of a place."""
    return (_ABNORMAL if is_abnormal else _NORMAL)[each.group]


def entry(witness: Witness, site: Candidate, found: Found) -> Found:
    """What makes the entry condition of a site true; a site without one needs nothing."""
    return (witness.of(site.wide.requires, SIDE, found) or {}) if site.wide is not None else {}


def findings_of(found: Found) -> tuple[Finding, ...]:
    """The cells as rows of a case: one row for the sides, and for the skin, that gave one result."""
    sides: dict[tuple[Kind, str, str, Result | float], tuple[Side, ...]] = {}
    for cell, result in found.items():
        key = (cell.kind, cell.name, cell.place, result)
        sides[key] = (*sides.get(key, ()), cell.side)
    rows: dict[tuple[Kind, str, tuple[Side, ...], Result | float], tuple[str, ...]] = {}
    for (kind, name, place, result), where in sides.items():
        row = (kind, name, tuple(sorted(where, key=list(Side).index)), result)
        rows[row] = (*rows.get(row, ()), *((place,) if place else ()))
    return tuple(
        Finding(kind, name, where, Result.MEASURED, number=result)
        if isinstance(result, float)
        else Finding(kind, name, where, result, places)
        for (kind, name, where, result), places in rows.items()
    )
