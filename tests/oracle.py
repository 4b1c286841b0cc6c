"""A plain forward chainer, slow and obvious: what the engines of the package must agree with."""

from collections.abc import Iterable, Mapping

from dermarules.inference.clauses import Clause, Derivations, Ground
from dermarules.inference.touched import touched
from dermarules.proof import Claim


def derive(base: Iterable[Claim], clauses: Iterable[Clause]) -> Mapping[Claim, frozenset[Clause]]:
    """Every claim that follows, with every clause that proves it: stratum by stratum, each until nothing is new."""
    strata: dict[int, list[Clause]] = {}
    for clause in clauses:
        strata.setdefault(clause.stratum, []).append(clause)
    held = set(base)
    proved: dict[Claim, set[Clause]] = {}
    for stratum in sorted(strata):
        while new := [clause for clause in strata[stratum] if follows(clause, held) and not is_in(clause, proved)]:
            for clause in new:
                proved.setdefault(clause.head, set()).add(clause)
                held.add(clause.head)
    return {claim: frozenset(found) for claim, found in proved.items()}


def chain(start: Ground) -> Derivations:
    """The same as an engine gives it: claims in order, and the ways to prove each in the order of the clauses."""
    clauses = touched(start)
    proved = derive(start.base, clauses)
    return {claim: tuple(clause for clause in clauses if clause in proved[claim]) for claim in sorted(proved)}


def follows(clause: Clause, held: set[Claim]) -> bool:
    return all(claim in held for claim in clause.body) and not any(claim in held for claim in clause.unless)


def is_in(clause: Clause, proved: Mapping[Claim, set[Clause]]) -> bool:
    return clause in proved.get(clause.head, ())
