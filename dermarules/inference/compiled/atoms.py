"""Atoms: the smallest things that a case may say, each a bit for each case. A finding says one or more of them."""

from collections.abc import Iterator
from typing import NamedTuple

from dermarules.findings import Finding
from dermarules.vocabulary import Kind, Result, Side


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
