"""The fewest questions whose reassuring answers would clear a red flag: a cheapest proof that it is false.

The clauses form an and/or graph; costs spread from what is known and what could be asked to all that would follow
(Knuth 1977, a generalization of Dijkstra's algorithm).
"""

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dermarules.inference.clauses import Clause, LeafQuestion, Program
from dermarules.proof import Assumed, Claim, Proof
from dermarules.rules import Compare
from dermarules.vocabulary import Kind

# Asking is cheaper than examining.
_COST = {Kind.HISTORY: 2, Kind.MEASURE: 2, Kind.FEELS: 2}
_EXAMINE = 3


@dataclass(frozen=True, slots=True)
class Routes:
    """The cheapest way to each claim: the clause that ends it, and for leaves what would have to be asked."""

    cost: Mapping[Claim, int]
    last: Mapping[Claim, Clause]
    asked: Mapping[Claim, LeafQuestion]

    def questions(self, goal: Claim) -> tuple[LeafQuestion, ...]:
        """What would have to be asked to prove the goal, each once; nothing if it cannot be proved."""
        found: dict[LeafQuestion, None] = {}
        seen: set[Claim] = set()
        stack = [goal]
        while stack:
            claim = stack.pop()
            if claim in seen:
                continue
            seen.add(claim)
            if claim in self.asked:
                found[self.asked[claim]] = None
            elif claim in self.last:
                stack.extend(reversed(self.last[claim].body))
        return tuple(found)


def routes(proof: Proof, program: Program) -> Routes:
    """The cheapest ways from what the case holds, and from answers to what was not asked, to every claim."""
    asked = dict(_askable(proof, program.questions))
    cost: dict[Claim, int] = {}
    last: dict[Claim, Clause] = {}
    left = [len(set(clause.body)) for clause in program.clauses]
    queue = [(0, claim) for claim in proof if claim not in asked]
    queue += [(_cost(question), claim) for claim, question in asked.items()]
    heapq.heapify(queue)
    while queue:
        price, claim = heapq.heappop(queue)
        if claim in cost:
            continue
        cost[claim] = price
        for number in program.by_body.get(claim, ()):
            left[number] -= 1
            clause = program.clauses[number]
            if left[number] or clause.head in cost or any(c in proof for c in clause.unless):
                continue
            total = sum(cost[part] for part in set(clause.body))
            if clause.head not in last or total < sum(cost[part] for part in set(last[clause.head].body)):
                last[clause.head] = clause
                heapq.heappush(queue, (total, clause.head))
    return Routes(cost, last, {claim: question for claim, question in asked.items() if claim in cost})


def _cost(question: LeafQuestion) -> int:
    leaf = question.leaf
    return 2 if isinstance(leaf, Compare) else _COST.get(leaf.kind, _EXAMINE + len(leaf.places))


def _askable(proof: Proof, questions: Iterable[LeafQuestion]) -> Iterable[tuple[Claim, LeafQuestion]]:
    """The claims that an answer could still bring; an assumption can be replaced by an answer."""
    for question in questions:
        assumed = question.true in proof and all(isinstance(step, Assumed) for step in proof[question.true])
        if assumed:
            yield question.false, question
        elif question.true not in proof and question.false not in proof:
            yield question.true, question
            yield question.false, question
