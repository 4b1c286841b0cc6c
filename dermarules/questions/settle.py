"""What would raise a red flag and what would clear it: the fewest questions, exactly, and whether any completion can.

A completion gives every cell that a case leaves unknown a result that the case format allows; what was stated is not
taken back. A red flag that is true in no completion is cleared.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from dermarules.findings import Case
from dermarules.inference.clauses import Clause, LeafQuestion
from dermarules.inference.program import program
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import FALSE, TRUE
from dermarules.proof import Claim, Proof
from dermarules.questions.cells import Ask, Shown, asked_with, cells_of, layout
from dermarules.questions.leaf_ways import LeafWays, leaf_ways
from dermarules.questions.unknowns import Unknowns, unknowns
from dermarules.questions.ways import NEVER, NOW, Algebra, Loose, Ways
from dermarules.vocabulary import LATERAL_SIDES, Side

# So many ways to one claim are looked through; the greedy search keeps one.
_WIDEST = 400
# With so many questions the search for alarming answers goes on; the last finds whatever there is.
_STEPS = (1, 2, 3, 4, 6, 10, 100_000)
_LOOSE = 0


@dataclass(slots=True, eq=False)
class Search:
    """The ways to claims from what a case holds and leaves unknown.

    In a `strict` search a finding counts as absent only where nothing can make it present any more: what holds then
    holds in every completion. Else it is absent as soon as its `absent_when` is answered so, as in a report.
    """

    unknowns: Unknowns
    held: Proof
    knowledge: Knowledge
    join: Algebra
    strict: bool
    untouched: "Search | None"
    leaves: dict[LeafQuestion, LeafWays]
    _found: dict[tuple[Claim, bool], Ways] = field(default_factory=dict)

    def holding(self, claim: Claim) -> Ways:
        """The ways in which a claim comes to hold."""
        key = (claim, True)
        if key not in self._found:
            elsewhere = self._without_case(claim)
            self._found[key] = elsewhere.holding(claim) if elsewhere else self._holding(claim)
        return self._found[key]

    def failing(self, claim: Claim) -> Ways:
        """The ways in which a claim can hold no more, whatever else is found."""
        key = (claim, False)
        if key not in self._found:
            elsewhere = self._without_case(claim)
            self._found[key] = elsewhere.failing(claim) if elsewhere else self._failing(claim)
        return self._found[key]

    def _holding(self, claim: Claim) -> Ways:
        question = _graph(self.knowledge).leaves.get(claim)
        if question is not None:
            ways = self._leaf(question)
            return ways.true if claim == question.true else ways.false
        if self._is_stated_absent(claim) or self._is_overruled(claim):
            return NEVER
        return self.join.one(self._by(clause) for clause in _graph(self.knowledge).proving.get(claim, ()))

    def _by(self, clause: Clause) -> Ways:
        body = self.join.all(self.holding(claim) for claim in clause.body)
        if not (self.strict and body and _is_stated(clause.head, self.knowledge)):
            return body
        return self.join.all((body, *(self.failing(claim) for claim in clause.unless)))

    def _failing(self, claim: Claim) -> Ways:
        question = _graph(self.knowledge).leaves.get(claim)
        if question is not None:
            ways = self._leaf(question)
            return ways.untrue if claim == question.true else ways.unfalse
        if self._is_stated_absent(claim):
            return NOW
        return self.join.all(self._not_by(clause) for clause in _graph(self.knowledge).proving.get(claim, ()))

    def _not_by(self, clause: Clause) -> Ways:
        choices = [self.failing(claim) for claim in clause.body]
        if _is_stated(clause.head, self.knowledge):
            choices += [self.holding(claim) for claim in clause.unless]
        return self.join.one(choices)

    @property
    def is_cut(self) -> bool:
        """True if there were too many ways to look through."""
        return self.join.is_cut or (self.untouched is not None and self.untouched.is_cut)

    def _without_case(self, claim: Claim) -> "Search | None":
        """The search without a case, if nothing that the case says touches the claim."""
        if self.untouched is None or _support(self.knowledge).get(claim, 0) & self.unknowns.touched:
            return None
        return self.untouched

    def _leaf(self, question: LeafQuestion) -> LeafWays:
        if question not in self.leaves:
            self.leaves[question] = leaf_ways(question, self.held, self.unknowns, self.knowledge)
        return self.leaves[question]

    def _is_overruled(self, claim: Claim) -> bool:
        """True of the absence of a finding that is present: whatever `absent_when` asks for, presence wins."""
        return _is_stated(claim, self.knowledge) and Claim(TRUE, claim.subject, claim.side) in self.held

    def _is_stated_absent(self, claim: Claim) -> bool:
        """True if the case states that a derived finding is absent: no completion takes that back."""
        absent = Claim(FALSE, claim.subject, claim.side)
        return claim.predicate == TRUE and absent in self.held and _is_stated(absent, self.knowledge)


def _is_stated(claim: Claim, knowledge: Knowledge) -> bool:
    """True if a claim is that a derived finding is absent, by an `absent_when` of its own."""
    table, _, name = claim.subject.partition("/")
    return claim.predicate == FALSE and table == "findings" and knowledge.derived[name].absent_when is not None


@dataclass(frozen=True, slots=True, eq=False)
class _Graph:
    proving: Mapping[Claim, tuple[Clause, ...]]
    leaves: Mapping[Claim, LeafQuestion]


@lru_cache(maxsize=8)
def _graph(knowledge: Knowledge) -> _Graph:
    """The clauses by what they prove, and the leaves by what they say."""
    rules = program(knowledge)
    proving: dict[Claim, tuple[Clause, ...]] = {}
    for clause in rules.clauses:
        proving[clause.head] = (*proving.get(clause.head, ()), clause)
    return _Graph(proving, {claim: q for q in rules.questions for claim in (q.true, q.false)})


@lru_cache(maxsize=8)
def _support(knowledge: Knowledge) -> Mapping[Claim, int]:
    """The questions that each claim hangs on, as bits."""
    graph, cells = _graph(knowledge), layout(knowledge)
    number = {ask: 1 << n for n, ask in enumerate(cells.asks)}
    support: dict[Claim, int] = {}

    def of(claim: Claim) -> int:
        if claim not in support:
            question = graph.leaves.get(claim)
            if question is not None:
                side = None if question.side is Side.UNKNOWN else question.side
                asks = {asked_with(cell) for cell in cells_of(question.leaf, side, knowledge)}
                support[claim] = sum(number[ask] for ask in asks if ask in number)
            else:
                support[claim] = 0
                for clause in graph.proving.get(claim, ()):
                    for part in (*clause.body, *clause.unless):
                        support[claim] |= of(part)
        return support[claim]

    for claim in (*graph.proving, *graph.leaves):
        of(claim)
    return support


@lru_cache(maxsize=8)
def _without_findings(knowledge: Knowledge) -> "Settler":
    return Settler(unknowns(Case("", ()), knowledge), Proof({}), knowledge, is_case=False)


@dataclass(frozen=True, slots=True)
class Settling:
    """Questions that settle a red flag if they show what is `shown`; `is_fewest` if it was shown that no fewer do."""

    asks: tuple[Ask, ...]
    shown: tuple[Shown, ...]
    is_fewest: bool


class Settler:
    """What would raise and what would clear the red flags of one case."""

    def __init__(self, left: Unknowns, held: Proof, knowledge: Knowledge, *, is_case: bool = True) -> None:
        self.unknowns = left
        self._held, self._knowledge = held, knowledge
        self._base = _without_findings(knowledge) if is_case else None
        self._searches: dict[tuple[bool, int], Search] = {}
        self._leaves: dict[LeafQuestion, LeafWays] = {}
        self._settled: dict[tuple[str, str], Settling | None] = {}

    def raising(self, flag: str) -> Settling | None:
        """The fewest answers that raise a flag; None if it is true in no completion."""
        return self._once(flag, TRUE, lambda: self._fewest(True, lambda search: self._raised(search, flag)))

    def clearing(self, flag: str) -> Settling | None:
        """The fewest answers that clear a flag as a report does; None if none can."""
        return self._once(flag, FALSE, lambda: self._fewest(False, lambda search: self._cleared(search, flag)))

    def _once(self, flag: str, truth: str, find: Callable[[], Settling | None]) -> Settling | None:
        """What was found; where the case says nothing of a flag, what was found without a case."""
        if (flag, truth) not in self._settled:
            support = _support(self._knowledge)
            is_touched = any(support[claim] & self.unknowns.touched for claim in self._claims(flag, truth))
            if self._base is not None and not is_touched:
                self._settled[flag, truth] = self._base.raising(flag) if truth == TRUE else self._base.clearing(flag)
            else:
                self._settled[flag, truth] = find()
        return self._settled[flag, truth]

    def _fewest(self, strict: bool, goal: Callable[[Search], Ways]) -> Settling | None:
        """A quick search bounds the thorough one, which shows whether fewer questions do."""
        cells = self.unknowns.layout
        loose = self._search(strict, _LOOSE)
        quick = goal(loose)
        if not quick:
            return None
        if not cells.can_be_met(quick[0]):
            return self._any(strict, goal)
        most = loose.join.questions(quick[0])
        if most <= 1:
            return self._settling(quick[0])
        search = self._search(strict, most - 1)
        return self._settling((goal(search) or quick)[0], is_fewest=not search.is_cut)

    def _any(self, strict: bool, goal: Callable[[Search], Ways]) -> Settling | None:
        for most in _STEPS:
            search = self._search(strict, most)
            if found := goal(search):
                return self._settling(found[0], is_fewest=not search.is_cut)
        return None

    def _settling(self, way: int, *, is_fewest: bool = True) -> Settling:
        cells = self.unknowns.layout
        return Settling(cells.questions(way), tuple(cells.shown(way)), is_fewest)

    def _search(self, strict: bool, most: int) -> Search:
        if (strict, most) not in self._searches:
            cells = self.unknowns.layout
            join = Loose(cells, len(cells.asks), 1) if most == _LOOSE else Algebra(cells, most, _WIDEST)
            untouched = self._base._search(strict, most) if self._base else None
            self._searches[strict, most] = Search(
                self.unknowns, self._held, self._knowledge, join, strict, untouched, self._leaves
            )
        return self._searches[strict, most]

    def _raised(self, search: Search, flag: str) -> Ways:
        return search.join.one(search.holding(claim) for claim in self._claims(flag, TRUE))

    def _cleared(self, search: Search, flag: str) -> Ways:
        """A rule that binds a side is cleared on both sides or not at all."""
        return search.join.all(search.holding(claim) for claim in self._claims(flag, FALSE))

    def _claims(self, flag: str, truth: str) -> list[Claim]:
        proving = _graph(self._knowledge).proving
        sides = [side for side in (Side.NONE, *LATERAL_SIDES) if side is not Side.UNKNOWN or truth == TRUE]
        subject = f"red_flags/{flag}"
        return [claim for side in sides if (claim := Claim(truth, subject, side.value)) in proving]
