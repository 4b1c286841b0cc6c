"""Simulated patients: what an examiner finds who has time for some of the examination, and errs.

A patient with a lesion shows deficits of a group (sensory, motor, reflex) as often as patients were found to; then
each place is lost by its tier. Of a place that is examined the examiner notes the truth, or what lies beside it.
"""

from collections.abc import Sequence
from random import Random

from dermarules.audit.examination import Examined, bedside, entry, findings_of, is_hit, result
from dermarules.audit.witness import Cell, Witness
from dermarules.findings import Case
from dermarules.inference.candidates import Candidate
from dermarules.knowledgebase.base import Knowledge
from dermarules.questions.chances import affected_share, seen_share, tier_share
from dermarules.vocabulary import Group, Kind, Result, Side

# The truth about a place: the sides on which it is lost.
Truth = dict[Examined, frozenset[Side]]


def draw(knowledge: Knowledge, site: Candidate, completeness: float, number: int) -> Case:
    """What an examiner finds in patient `number` with a lesion; each place is examined with a probability.

    Both sides of a place are examined or none. The patient shows one of the ways in which the entry condition of the
    site comes true. The same patient is drawn on every machine.
    """
    random = Random(f"{site.name} {completeness} {number}")
    truth = _truth(knowledge, site, random)
    found: dict[Cell, Result | float] = {}
    for each in truth:
        is_examined = random.random() < completeness
        noted = {each.cell(side): result(each, _noted(knowledge, each, side, truth, random)) for side in each.sides}
        if is_examined:
            found |= noted
    shown = entry(Witness(knowledge, site.reach, random.choice), site, found)
    return Case(f"{site.name} {completeness:g} {number}", findings_of({**found, **shown}))


def _truth(knowledge: Knowledge, site: Candidate, random: Random) -> Truth:
    affected = {group: random.random() < affected_share(knowledge, site.klass, group) for group in _groups(knowledge)}
    return {
        each: _lost_sides(knowledge, site, each, random) if affected[each.group] else frozenset()
        for each in bedside(knowledge, site)
    }


def _groups(knowledge: Knowledge) -> Sequence[Group]:
    return [agreement.group for agreement in knowledge.agreement.values()]


def _lost_sides(knowledge: Knowledge, site: Candidate, each: Examined, random: Random) -> frozenset[Side]:
    """The sides on which a place is lost; a symmetric lesion takes both or none."""
    chances = [random.random() for _ in each.sides]
    if site.wide is not None and site.wide.symmetric:
        chances = chances[:1] * len(chances)
    rate = tier_share(knowledge, each.tier)
    return frozenset(
        side for side, chance in zip(each.sides, chances, strict=True) if is_hit(site, side) and chance < rate
    )


def _noted(knowledge: Knowledge, each: Examined, side: Side, truth: Truth, random: Random) -> bool:
    """The truth with probability sqrt(kappa), else that of a place beside it: so two examiners agree to kappa.

    Beside a patch of skin is the skin that touches it; beside a movement or reflex is any other of its kind.
    """
    is_seen = random.random() < seen_share(knowledge, each.group)
    beside = random.choice([other for other in truth if _is_beside(knowledge, each, other)])
    return side in truth[each if is_seen else beside]


def _is_beside(knowledge: Knowledge, each: Examined, other: Examined) -> bool:
    if each.kind is Kind.SENSATION:
        return other.kind is each.kind and other.name in knowledge.regions[each.name].neighbours
    return other.kind is each.kind and other.name != each.name
