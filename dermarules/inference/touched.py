"""The clauses that a case touches: an engine that looks at every clause it is given should be given few."""

from collections.abc import Iterator

from dermarules.inference.clauses import Clause, Ground
from dermarules.proof import Claim


def touched(start: Ground) -> tuple[Clause, ...]:
    """The clauses from rows to leaves and those that they can reach, without any that waits for an unknown leaf."""
    known = {*start.base, *(clause.head for clause in start.leaves)}
    unanswered = start.program.leaf_claims - known
    reached = (start.program.clauses[number] for number in sorted(_reached(start)))
    return (*start.leaves, *(clause for clause in reached if unanswered.isdisjoint(clause.body)))


def _reached(start: Ground) -> Iterator[int]:
    """The numbers of the clauses that could follow if all else went well."""
    stack = [*start.base, *dict.fromkeys(clause.head for clause in start.leaves)]
    seen: set[Claim] = set(stack)
    numbers: set[int] = set()
    while stack:
        for number in start.program.by_body.get(stack.pop(), ()):
            if number in numbers:
                continue
            numbers.add(number)
            yield number
            head = start.program.clauses[number].head
            if head not in seen:
                seen.add(head)
                stack.append(head)
