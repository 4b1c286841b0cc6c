"""Atoms: the smallest things that a case may say, each a bit for each case. A finding says one or more of them."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from dermarules.findings import Finding
from dermarules.knowledgebase.base import Knowledge
from dermarules.vocabulary import RESULTS, Feeling, Kind, Modality, Result, Side


class Atom(NamedTuple):
    """One result at one place (skin only) on one side; or that a measure was taken, of which numbers say the rest."""

    kind: Kind
    name: str
    place: str
    side: Side
    result: Result


def atoms_of(finding: Finding) -> Iterator[Atom]:
    """What a finding says, place by place and side by side."""
    for side in finding.sides:
        for place in finding.places or ("",):
            yield Atom(finding.kind, finding.name, place, side, finding.result)


def every_atom(knowledge: Knowledge) -> Iterator[Atom]:
    """All that any case may say of places, movements, muscles and reflexes, of signs and of history."""
    moved = (*knowledge.movements, *knowledge.muscles)
    names: dict[Kind, Iterable[str]] = {
        Kind.SENSATION: [modality.value for modality in Modality],
        Kind.FEELS: [feeling.value for feeling in Feeling],
        Kind.POWER: knowledge.movements,
        Kind.MUSCLE: knowledge.muscles,
        Kind.WASTING: moved,
        Kind.FASCICULATION: moved,
        Kind.REFLEX: knowledge.reflexes,
        Kind.SIGN: knowledge.signs,
        Kind.HISTORY: knowledge.history,
    }
    for kind, of in names.items():
        places = knowledge.regions if kind in (Kind.SENSATION, Kind.FEELS) else ("",)
        for name, place, side, result in product(of, places, Side, sorted(RESULTS[kind], key=lambda r: r.value)):
            yield Atom(kind, name, place, side, result)
