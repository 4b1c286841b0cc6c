"""Which leaves of the rules a case makes true or false, and by which of its rows.

A leaf is true by every row that makes it so. It is false only if everything that could make it true was examined, on
every side that it asks about, with another result.
"""

import operator
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dermarules.findings import Case, Finding
from dermarules.inference.clauses import Clause, LeafQuestion, Program
from dermarules.inference.observations import row_claim
from dermarules.knowledgebase.base import Knowledge
from dermarules.proof import Assumed, Claim, Derivation, Observed, Step
from dermarules.provenance import Location
from dermarules.rules import Compare, Leaf
from dermarules.vocabulary import BOTH_SIDES, MRC, WEAK_POWER, Kind, Result, Side

_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "lt": operator.lt,
    "le": operator.le,
    "eq": operator.eq,
    "ge": operator.ge,
    "gt": operator.gt,
}
# The order in which findings of one place and side overrule each other.
_STRENGTH = {Result.ABSENT: 3, Result.REDUCED: 2, Result.INCREASED: 1, Result.NORMAL: 0}


@dataclass(frozen=True, slots=True)
class Row:
    """A finding with the claim that it makes."""

    finding: Finding
    claim: Claim

    def sides(self, side: Side | None, *, unsaid_fits: bool) -> tuple[Side, ...]:
        """The sides that the row speaks of, as asked about `side` (None: any); none if it says nothing of it.

        What is denied without a side is denied of both. What is present without a side is on a side that nobody named:
        it may be the one that a rule speaks of (`unsaid_fits`), but it is never both.
        """
        if Side.NONE not in self.finding.sides or side is None:
            return self.finding.sides if side is None or side in self.finding.sides else ()
        is_denied = self.finding.result in (Result.ABSENT, Result.NEGATIVE)
        return (side,) if is_denied or unsaid_fits or side is Side.UNKNOWN else ()


@dataclass(frozen=True, slots=True)
class Ground:
    """What a case brings to the rules: base claims with their steps, and clauses from rows to leaves."""

    base: dict[Claim, tuple[Step, ...]]
    clauses: tuple[Clause, ...]


def ground(case: Case, knowledge: Knowledge, program: Program) -> Ground:
    """The base claims of a case and the clauses that its findings touch."""
    findings = sorted((*case.findings, *_age(case, knowledge)), key=lambda f: f.key)
    rows = [Row(finding, row_claim(finding)) for finding in findings]
    base: dict[Claim, tuple[Step, ...]] = {}
    places: dict[Claim, list[Location]] = {}
    for row in rows:
        places.setdefault(row.claim, []).append(row.finding.location)
    base |= {claim: tuple(Observed(place) for place in sorted(found)) for claim, found in places.items()}
    for row, step in tuple(_computed(rows, knowledge)):
        rows.append(row)
        base[row.claim] = (step,)
    leaf_clauses = [clause for question in _touched(rows, program) for clause in _answers(question, rows)]
    reach = _Reach(program)
    reach.extend(clause.head for clause in leaf_clauses)
    assumptions = dict(_assumptions(reach.clauses(), rows, program))
    base |= assumptions
    reach.extend(assumptions)
    known = base.keys() | {c.head for c in leaf_clauses} | assumptions.keys()
    return Ground(base, (*leaf_clauses, *_possible(reach.clauses(), known, program)))


def _age(case: Case, knowledge: Knowledge) -> Iterator[Finding]:
    """The patient's age as a measure, where a measure is said to be it."""
    if case.age is None:
        return
    for measure in knowledge.measures.values():
        if measure.derived == "age":
            location = Location(case.location.file, case.location.line)
            yield Finding(Kind.MEASURE, measure.id, (Side.NONE,), Result.MEASURED, number=case.age, location=location)


def _computed(rows: list[Row], knowledge: Knowledge) -> Iterator[tuple[Row, Derivation]]:
    """Measures that are the lowest power of any movement or of one, unless the case states one as low."""
    for measure in knowledge.measures.values():
        words = measure.derived.split()
        if not words or words[0] != "lowest":
            continue
        graded = [row for row in rows if row.finding.result in MRC and _is_power(row, words[1:])]
        stated = [
            row.finding.number for row in rows if row.finding.name == measure.id and row.finding.number is not None
        ]
        worst = min((MRC[row.finding.result] for row in graded), default=None)
        if worst is None or any(number <= worst for number in stated):
            continue
        rows[:] = [row for row in rows if row.finding.name != measure.id]
        premises = tuple(dict.fromkeys(r.claim for r in graded if MRC[r.finding.result] == worst))
        finding = Finding(Kind.MEASURE, measure.id, (Side.NONE,), Result.MEASURED, number=worst)
        yield Row(finding, row_claim(finding)), Derivation(f"measures/{measure.id}", premises, measure.name)


def _is_power(row: Row, movement: list[str]) -> bool:
    if movement:
        return row.finding.name in movement
    return row.finding.kind in (Kind.POWER, Kind.MUSCLE)


def _touched(rows: Iterable[Row], program: Program) -> Iterable[LeafQuestion]:
    keys: dict[tuple[Kind, str], None] = {}
    for row in rows:
        for name in row.finding.places or (row.finding.name,):
            keys[row.finding.kind, name] = None
    return tuple(dict.fromkeys(question for key in keys for question in program.by_key.get(key, ())))


def _answers(question: LeafQuestion, rows: list[Row]) -> Iterator[Clause]:
    """Clauses from rows to the leaf's truth or falsehood."""
    leaf = question.leaf
    text = f"leaf {question.true.subject}"
    if isinstance(leaf, Compare):
        for row in rows:
            if row.finding.kind is Kind.MEASURE and row.finding.name == leaf.measure and row.finding.number is not None:
                holds = _OPERATORS[leaf.operator](row.finding.number, leaf.number)
                yield Clause(question.true if holds else question.false, (row.claim,), text, stratum=-1)
        return
    mine = [row for row in rows if row.finding.kind is leaf.kind and row.finding.name in leaf.names]
    cells = _cells(question, leaf, mine)
    true = {claim: None for cell in cells for claim in cell.true}
    for claim in true:
        yield Clause(question.true, (claim,), text, stratum=-1)
    against = None if true else _all_false(question, leaf, cells)
    if against:
        yield Clause(question.false, against, text, stratum=-1)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One place and side of a leaf: the rows that make it true there, or that show another result there."""

    name: str
    side: Side
    true: tuple[Claim, ...]
    false: tuple[Claim, ...]


def _cells(question: LeafQuestion, leaf: Leaf, rows: list[Row]) -> list[_Cell]:
    """The cells that the rows fill. Sensation of several modalities at one place: the strongest finding counts."""
    by_cell: dict[tuple[str, Side], list[Row]] = {}
    wanted = frozenset(leaf.places)
    for row in rows:
        names = [p for p in row.finding.places if p in wanted] if leaf.places else [row.finding.name]
        for name in names:
            for side in row.sides(question.side, unsaid_fits=question.unsaid_fits):
                if question.side in (None, side):
                    by_cell.setdefault((name, side), []).append(row)
    return [_cell(leaf, name, side, found) for (name, side), found in by_cell.items()]


def _cell(leaf: Leaf, name: str, side: Side, rows: list[Row]) -> _Cell:
    if leaf.kind is Kind.SENSATION:
        top = max(_STRENGTH[row.finding.result] for row in rows)
        rows = [row for row in rows if _STRENGTH[row.finding.result] == top]
    true = tuple(row.claim for row in rows if row.finding.result in leaf.results)
    false = tuple(row.claim for row in rows if row.finding.result not in leaf.results and not _may_be(leaf, row))
    if leaf.kind is Kind.FEELS and leaf.places and not _every_quality(leaf, rows):
        false = ()
    return _Cell(name, side, true, false)


def _may_be(leaf: Leaf, row: Row) -> bool:
    """Weak without a grade may be as weak as the leaf asks: that is unknown, not false."""
    return row.finding.result is Result.WEAK and leaf.results <= WEAK_POWER


def _every_quality(leaf: Leaf, rows: list[Row]) -> bool:
    """A feeling is denied at a place only if every quality that the leaf asks for is."""
    return {row.finding.name for row in rows} >= set(leaf.names)


def _all_false(question: LeafQuestion, leaf: Leaf, cells: list[_Cell]) -> tuple[Claim, ...] | None:
    """The rows that together leave the leaf nowhere to be true; None if something was not examined."""
    filled = {(cell.name, cell.side): cell.false for cell in cells if cell.false}
    rows: dict[Claim, None] = {}
    for name in leaf.places or leaf.names:
        sides = BOTH_SIDES if question.side is None else (question.side,)
        if (name, Side.NONE) in filled:
            sides = (Side.NONE,)
        for side in sides:
            if (name, side) not in filled:
                return None
            rows[filled[name, side][0]] = None
    return tuple(rows)


def _assumptions(
    relevant: Iterable[Clause], rows: list[Row], program: Program
) -> Iterator[tuple[Claim, tuple[Step, ...]]]:
    """What rules that the case touches take for true where nobody measured."""
    measured = {row.finding.name for row in rows if row.finding.kind is Kind.MEASURE}
    wanted = {claim for clause in relevant for claim in clause.body}
    for clause in program.assumable:
        if clause.head in wanted:
            wanted.update(clause.body)
    for question in program.questions:
        leaf = question.leaf
        if isinstance(leaf, Compare) and leaf.if_unknown and leaf.measure not in measured and question.true in wanted:
            yield question.true, (Assumed(f"{leaf.measure} is not given: taken as {leaf.operator} {leaf.number:g}"),)


class _Reach:
    """The clauses that claims can reach, if all else went well."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.numbers: set[int] = set()
        self.seen: set[Claim] = set()

    def extend(self, claims: Iterable[Claim]) -> None:
        """Reach further, from more claims."""
        stack = [claim for claim in dict.fromkeys(claims) if claim not in self.seen]
        self.seen.update(stack)
        waiting, clauses = self.program.by_body, self.program.clauses
        while stack:
            for number in waiting.get(stack.pop(), ()):
                if number in self.numbers:
                    continue
                self.numbers.add(number)
                head = clauses[number].head
                if head not in self.seen:
                    self.seen.add(head)
                    stack.append(head)

    def clauses(self) -> tuple[Clause, ...]:
        """What was reached, in the order of the program."""
        return tuple(self.program.clauses[number] for number in sorted(self.numbers))


def _possible(relevant: Iterable[Clause], known: set[Claim], program: Program) -> tuple[Clause, ...]:
    """Relevant clauses, without those that wait for a leaf which the case does not answer."""
    unanswered = program.leaf_claims - known
    return tuple(clause for clause in relevant if unanswered.isdisjoint(clause.body))
