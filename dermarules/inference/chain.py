"""Forward chaining in plain Python: what each clause still lacks is counted down, and nothing is looked at twice.

A claim that comes to hold is told to the clauses that wait for it; a clause that lacks nothing gives its head. A clause
with `unless` waits until all that the lower strata can prove is known, for only they can prove what speaks against it.
"""

from collections.abc import Iterable, Mapping, Sequence

from dermarules.inference.clauses import Clause
from dermarules.proof import Claim


def derive(base: Iterable[Claim], clauses: Sequence[Clause]) -> Mapping[Claim, tuple[Clause, ...]]:
    """Everything that follows from the base claims by the clauses, with every clause that proved it."""
    waiting: dict[Claim, list[int]] = {}
    for number, clause in enumerate(clauses):
        for claim in clause.body:
            waiting.setdefault(claim, []).append(number)
    lacking = [len(clause.body) for clause in clauses]
    held = set(base)
    told = list(held)
    fired: dict[Claim, list[int]] = {}
    undecided: dict[int, list[int]] = {}

    def conclude(number: int) -> None:
        head = clauses[number].head
        fired.setdefault(head, []).append(number)
        if head not in held:
            held.add(head)
            told.append(head)

    while told or undecided:
        while told:
            for number in waiting.get(told.pop(), ()):
                lacking[number] -= 1
                if lacking[number]:
                    continue
                if clauses[number].unless:
                    undecided.setdefault(clauses[number].stratum, []).append(number)
                else:
                    conclude(number)
        for number in undecided.pop(min(undecided), ()) if undecided else ():
            if held.isdisjoint(clauses[number].unless):
                conclude(number)
    return {claim: tuple(clauses[number] for number in sorted(fired[claim])) for claim in sorted(fired)}
