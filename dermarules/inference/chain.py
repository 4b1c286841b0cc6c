"""Forward chaining in plain Python: what each clause still lacks is counted down, and nothing is looked at twice.

A claim that comes to hold is told to the clauses that wait for it; a clause that lacks nothing gives its head. A clause
with `unless` waits until all that the lower strata can prove is known, for only they can prove what speaks against it.
"""

from dermarules.inference.clauses import Clause, Derivations, Ground
from dermarules.proof import Claim


def derive(start: Ground) -> Derivations:
    """Everything that follows from what a case brings, with every clause that proved it."""
    by_leaf: dict[Claim, list[Clause]] = {}
    for clause in start.leaves:
        by_leaf.setdefault(clause.head, []).append(clause)
    clauses, waiting, lacking = start.program.clauses, start.program.by_body, list(start.program.lacking)
    held = {*start.base, *by_leaf}
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
        for number in undecided.pop(min(undecided)) if undecided else ():
            if held.isdisjoint(clauses[number].unless):
                conclude(number)
    proved = {claim: tuple([clauses[number] for number in sorted(fired[claim])]) for claim in fired}
    for claim, found in by_leaf.items():
        proved[claim] = (*found, *proved.get(claim, ()))
    return proved
