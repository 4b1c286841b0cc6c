"""When a rule takes something for true that nobody measured: only if the case touches the rule at all."""

from collections.abc import Iterable, Iterator

from dermarules.inference.clauses import LeafQuestion, Program
from dermarules.proof import Claim
from dermarules.rules import Compare


class Assumptions:
    """What assumptions the clauses want, and by which leaves of a case.

    If they are `harmless`, nothing that is told follows from assumptions alone: then what follows is the same whether
    they are made only where they are wanted, or always.
    """

    def __init__(self, rules: Program) -> None:
        self._rules = rules
        self._by_head: dict[Claim, list[int]] = {}
        for number, clause in enumerate(rules.clauses):
            self._by_head.setdefault(clause.head, []).append(number)
        self.harmless = self._are_harmless()

    def wanted_by(self, question: LeafQuestion) -> Iterator[Claim]:
        """The leaf claims from which a clause can be reached that wants the leaf of a question."""
        clauses = enumerate(self._rules.clauses)
        wanting = [number for number, clause in clauses if question.true in self._wanted(clause.body)]
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
        clauses = self._rules.clauses
        seen: dict[Claim, None] = {}
        stack = [claim for number in numbers for claim in clauses[number].body]
        while stack:
            claim = stack.pop()
            if claim not in seen:
                seen[claim] = None
                stack.extend(each for number in self._by_head.get(claim, ()) for each in clauses[number].body)
        return seen

    def _are_harmless(self) -> bool:
        """True if each claim that follows from assumptions alone is part of a rule, asked for before what proves it.

        What is asked for last cannot ask for anything more (see `leaves._assumptions`).
        """
        rules = self._rules
        assumed = {q.true for q in rules.questions if isinstance(q.leaf, Compare) and q.leaf.if_unknown}
        while new := {c.head for c in rules.clauses if assumed.issuperset(c.body)} - assumed:
            assumed |= new
        alone = [clause for clause in rules.clauses if assumed.issuperset(clause.body)]
        turns = {clause: turn for turn, clause in enumerate(rules.assumable)}
        return all(
            clause in turns
            and clause.head.subject != clause.by
            and all(turns.get(other, -1) < turns[clause] for other in alone if clause.head in other.body)
            for clause in alone
        )
