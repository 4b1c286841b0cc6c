"""When a rule takes something for true that nobody measured: only if the case touches the rule at all."""

from collections.abc import Iterable, Iterator

from dermarules.inference.clauses import LeafQuestion, Program
from dermarules.proof import Claim


class Assumptions:
    """The leaves of a case by which each assumption is wanted."""

    def __init__(self, rules: Program) -> None:
        self._rules = rules
        self._by_head: dict[Claim, list[int]] = {}
        for number, clause in enumerate(rules.clauses):
            self._by_head.setdefault(clause.head, []).append(number)

    def wanted_by(self, question: LeafQuestion) -> Iterator[Claim]:
        """The leaf claims from which a clause can be reached that wants the leaf of a question."""
        wanting = [
            number
            for number, clause in enumerate(self._rules.clauses)
            if question.true in self._wanted(clause.body)
        ]
        return (claim for claim in self._behind(wanting) if claim in self._rules.leaf_claims)

    def _wanted(self, body: Iterable[Claim]) -> set[Claim]:
        """What a body asks for, straight or by clauses that could hold by assumptions alone."""
        wanted = set(body)
        for clause in self._rules.assumable:
            if clause.head in wanted:
                wanted.update(clause.body)
        return wanted

    def _behind(self, numbers: list[int]) -> dict[Claim, None]:
        """The claims from which clauses can be reached, if all else went well."""
        seen: dict[Claim, None] = {}
        stack = [claim for number in numbers for claim in self._rules.clauses[number].body]
        while stack:
            claim = stack.pop()
            if claim not in seen:
                seen[claim] = None
                stack.extend(each for number in self._by_head.get(claim, ()) for each in self._rules.clauses[number].body)
        return seen
