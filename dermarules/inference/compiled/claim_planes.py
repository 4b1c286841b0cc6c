"""The claims of the rules as planes: a claim holds where one of its clauses does."""

from dermarules.inference.clauses import Clause, LeafQuestion
from dermarules.inference.compiled.assumptions import Assumptions
from dermarules.inference.compiled.circuit import ALWAYS, NEVER, Circuit
from dermarules.inference.compiled.leaf_planes import LeafPlanes
from dermarules.inference.compiled.products import Products
from dermarules.inference.program import program
from dermarules.knowledgebase.base import Knowledge
from dermarules.proof import Claim
from dermarules.rules import Compare
from dermarules.vocabulary import Side


class ClaimPlanes:
    """The planes of the claims that a proof may hold about conditions."""

    def __init__(self, knowledge: Knowledge, circuit: Circuit) -> None:
        rules = program(knowledge)
        self.circuit = circuit
        self._leaves = LeafPlanes(knowledge, circuit)
        self._products = Products(circuit)
        self._assumptions = Assumptions(rules)
        self._clauses: dict[Claim, list[Clause]] = {}
        for clause in rules.clauses:
            self._clauses.setdefault(clause.head, []).append(clause)
        self._true = {question.true: question for question in rules.questions}
        self._false = {question.false: question for question in rules.questions}
        self._made: dict[Claim, int] = {}

    def plane(self, claim: Claim) -> int:
        """Set where the claim holds; of what no rule speaks, never.

        It is exact for what is told (rules, red flags, entries, modifiers, general signs) and all that it rests on; an
        assumption that is harmless may be set beyond that.
        """
        if claim not in self._made:
            self._made[claim] = self._plane(claim)
        return self._made[claim]

    def about(self, predicate: str, subject: str) -> dict[Side, int]:
        """The planes of the claims that say this of the subject, by side, without those that never hold."""
        planes = {side: self.plane(Claim(predicate, subject, side.value)) for side in Side}
        return {side: plane for side, plane in planes.items() if plane != NEVER}

    def assumed_or_found(self, question: LeafQuestion) -> int:
        """Set where a proof holds that a leaf is true: by what was found, or as an assumption that a rule wants."""
        return self._true_leaf(question, self._wanted(question) if _is_assumable(question) else NEVER)

    def _plane(self, claim: Claim) -> int:
        if claim in self._true:
            # What is assumed where no rule wants it is in no proof, and changes nothing that is told.
            question = self._true[claim]
            freely = _is_assumable(question) and self._assumptions.harmless
            return self._true_leaf(question, ALWAYS) if freely else self.assumed_or_found(question)
        if claim in self._false:
            return self._leaves.false(self._false[claim])
        ways: dict[tuple[Claim, ...], list[list[int]]] = {}
        for clause in self._clauses.get(claim, ()):
            ways.setdefault(clause.unless, []).append([self.plane(each) for each in clause.body])
        return self.circuit.one(
            self.circuit.without(self._products.one_of(bodies), self.circuit.one(map(self.plane, unless)))
            for unless, bodies in ways.items()
        )

    def _true_leaf(self, question: LeafQuestion, wanted: int) -> int:
        """A leaf that is true by what was found; or, where it is wanted and nobody measured, by assumption."""
        found = self._leaves.true(question)
        if wanted == NEVER or not isinstance(question.leaf, Compare):
            return found
        measured = self._leaves.measures.is_taken(question.leaf.measure)
        return self.circuit.one((found, self.circuit.without(wanted, measured)))

    def _wanted(self, question: LeafQuestion) -> int:
        """Set where what was found touches a clause that wants the leaf."""
        return self.circuit.one(map(self._found, self._assumptions.wanted_by(question)))

    def _found(self, claim: Claim) -> int:
        """A leaf claim by what was found alone."""
        if claim in self._true:
            return self._leaves.true(self._true[claim])
        return self._leaves.false(self._false[claim])


def _is_assumable(question: LeafQuestion) -> bool:
    return isinstance(question.leaf, Compare) and bool(question.leaf.if_unknown)
