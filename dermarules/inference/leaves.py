"""Which leaves of the rules a case makes true or false, and by which of its rows.

A leaf is true by every row that makes it so. It is false only if everything that could make it true was examined, on
every side that it asks about, with another result.
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dermarules.findings import Case, Finding
from dermarules.inference.clauses import Clause, Ground, LeafQuestion, Program
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import stated
from dermarules.knowledgebase.sides import sides_of
from dermarules.notation import row_claim
from dermarules.proof import Assumed, Claim, Derivation, Observed, Step
from dermarules.provenance import Location
from dermarules.rules import Compare, Leaf
from dermarules.vocabulary import BOTH_SIDES, MRC, WEAK_POWER, Kind, Result, Side

OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "lt": operator.lt,
    "le": operator.le,
    "eq": operator.eq,
    "ge": operator.ge,
    "gt": operator.gt,
}
# The grades that power may have, the lowest first.
GRADES = tuple(sorted(set(MRC.values())))
# The order in which findings of one place and side overrule each other.
STRENGTH = {Result.ABSENT: 3, Result.REDUCED: 2, Result.INCREASED: 1, Result.NORMAL: 0}


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """What a finding says, wherever it is written, and the claim that it makes.

    The same finding makes the same row in every case, so that what it answers need be found out only once. It
    `is_partial` if its number is the lowest grade of power of some that were tested, and others were not.
    """

    kind: Kind
    name: str
    sides: tuple[Side, ...]
    result: Result
    places: tuple[str, ...]
    number: float | None
    claim: Claim
    is_partial: bool = False

    def shows(self, holds: Callable[[float], bool]) -> bool | None:
        """Whether its number passes a test; None if it is the lowest of what was graded, and the rest may decide."""
        number = self.number
        assert number is not None
        is_final = not self.is_partial or all(holds(n) is holds(number) for n in GRADES if n < number)
        return holds(number) if is_final else None

    def told_of(self, side: Side | None, *, unsaid_fits: bool) -> tuple[Side, ...]:
        """The sides that the row speaks of, as asked about `side` (None: any); none if it says nothing of it.

        What is denied without a side is denied of both. What is present without a side is on a side that nobody named:
        it may be the one that a rule speaks of (`unsaid_fits`), but it is never both.
        """
        if Side.NONE not in self.sides or side is None:
            return self.sides if side is None or side in self.sides else ()
        is_denied = self.result in (Result.ABSENT, Result.NEGATIVE)
        return (side,) if is_denied or unsaid_fits or side is Side.UNKNOWN else ()


def row(finding: Finding, *, is_partial: bool = False) -> Row:
    """The row that a finding makes."""
    f = finding
    return _row(f.kind, f.name, f.sides, f.result, f.places, f.number, row_claim(f), is_partial)


_row = lru_cache(maxsize=1 << 13)(Row)


def ground(case: Case, knowledge: Knowledge, program: Program) -> Ground:
    """The base claims of a case and the clauses that its findings touch."""
    findings = sorted(stated(case, knowledge), key=lambda f: f.key)
    rows = [row(finding) for finding in findings]
    places: dict[Claim, list[Location]] = {}
    for finding, told in zip(findings, rows, strict=True):
        places.setdefault(told.claim, []).append(finding.location)
    base: dict[Claim, tuple[Step, ...]] = {
        claim: tuple(Observed(place) for place in sorted(found)) for claim, found in places.items()
    }
    for computed, step in tuple(_computed(rows, knowledge)):
        rows.append(computed)
        base[computed.claim] = (step,)
    leaves = _leaves(rows, program)
    base |= _assumptions(rows, {clause.head for clause in leaves}, program)
    return Ground(base, leaves, program)


def _computed(rows: list[Row], knowledge: Knowledge) -> Iterator[tuple[Row, Derivation]]:
    """Measures that are the lowest power of any movement or of one, unless the case states one as low."""
    for measure in knowledge.measures.values():
        words = measure.derived.split()
        if not words or words[0] != "lowest":
            continue
        graded = [row for row in rows if row.result in MRC and _is_power(row, words[1:])]
        stated = [row.number for row in rows if row.name == measure.id and row.number is not None]
        worst = min((MRC[row.result] for row in graded), default=None)
        if worst is None or any(number <= worst for number in stated):
            continue
        rows[:] = [row for row in rows if row.name != measure.id]
        premises = tuple(dict.fromkeys(r.claim for r in graded if MRC[r.result] == worst))
        finding = Finding(Kind.MEASURE, measure.id, (Side.NONE,), Result.MEASURED, number=worst)
        graded_cells = {(row.kind, row.name, side) for row in graded for side in row.sides}
        is_partial = not graded_cells.issuperset(powers(knowledge, measure.derived))
        yield row(finding, is_partial=is_partial), Derivation(f"measures/{measure.id}", premises, measure.name)


@lru_cache(maxsize=64)
def powers(knowledge: Knowledge, derived: str) -> tuple[tuple[Kind, str, Side], ...]:
    """The movements and muscles, each on its sides, of which a measure is the lowest grade: those named, or all."""
    named = derived.split()[1:]
    midline = sides_of(knowledge).midline
    of = {Kind.POWER: knowledge.movements, Kind.MUSCLE: knowledge.muscles}
    return tuple(
        (kind, name, side)
        for kind, names in of.items()
        for name in names
        if name in named or not named
        for side in ((Side.NONE,) if (kind, name) in midline else BOTH_SIDES)
    )


def _is_power(row: Row, movement: list[str]) -> bool:
    if movement:
        return row.name in movement
    return row.kind in (Kind.POWER, Kind.MUSCLE)


def _leaves(rows: Sequence[Row], program: Program) -> tuple[Clause, ...]:
    """The clauses from rows to the leaves that they touch."""
    about: dict[tuple[Kind, str], dict[int, Row]] = {}
    for number, told in enumerate(rows):
        for name in told.places or (told.name,):
            about.setdefault((told.kind, name), {})[number] = told
    clauses: list[Clause] = []
    shared: dict[LeafQuestion, dict[int, Row]] = {}
    for key, found in about.items():
        clauses += _of_one_key(program, key, tuple(found.values()))
        for question in program.shared.get(key, ()):
            shared.setdefault(question, {}).update(found)
    for question, found in shared.items():
        clauses += _answers(question, tuple([found[number] for number in sorted(found)]))
    return tuple(clauses)


@lru_cache(maxsize=1 << 13)
def _of_one_key(program: Program, key: tuple[Kind, str], rows: tuple[Row, ...]) -> tuple[Clause, ...]:
    """The clauses from rows to the leaves that these rows alone touch."""
    return tuple(clause for question in program.alone.get(key, ()) for clause in _answers(question, rows))


# The rows that touch a leaf settle it, whatever else a case says.
@lru_cache(maxsize=1 << 14)
def _answers(question: LeafQuestion, rows: tuple[Row, ...]) -> tuple[Clause, ...]:
    """Clauses from the rows that touch a leaf to its truth or falsehood."""
    leaf = question.leaf
    text = f"leaf {question.true.subject}"
    if isinstance(leaf, Compare):
        compare, limit = OPERATORS[leaf.operator], leaf.number
        shown = [(row.claim, row.shows(lambda n: compare(n, limit))) for row in rows if row.number is not None]
        heads = {True: question.true, False: question.false}
        return tuple(Clause(heads[holds], (claim,), text, stratum=-1) for claim, holds in shown if holds is not None)
    cells = _cells(question, leaf, [row for row in rows if row.name in leaf.names])
    true = dict.fromkeys(claim for cell in cells for claim in cell.true)
    if true:
        return tuple(Clause(question.true, (claim,), text, stratum=-1) for claim in true)
    against = _all_false(question, leaf, cells)
    return (Clause(question.false, against, text, stratum=-1),) if against else ()


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
        names = [p for p in row.places if p in wanted] if leaf.places else [row.name]
        for name in names:
            for side in row.told_of(question.side, unsaid_fits=question.unsaid_fits):
                if question.side in (None, side):
                    by_cell.setdefault((name, side), []).append(row)
    return [_cell(leaf, name, side, found) for (name, side), found in by_cell.items()]


def _cell(leaf: Leaf, name: str, side: Side, rows: list[Row]) -> _Cell:
    if leaf.kind is Kind.SENSATION:
        top = max(STRENGTH[row.result] for row in rows)
        rows = [row for row in rows if STRENGTH[row.result] == top]
    true = tuple(row.claim for row in rows if row.result in leaf.results)
    false = tuple(row.claim for row in rows if row.result not in leaf.results and not _may_be(leaf, row))
    if leaf.kind is Kind.FEELS and leaf.places and not _every_quality(leaf, rows):
        false = ()
    return _Cell(name, side, true, false)


def _may_be(leaf: Leaf, row: Row) -> bool:
    """Weak without a grade may be as weak as the leaf asks: that is unknown, not false."""
    return row.result is Result.WEAK and leaf.results <= WEAK_POWER


def _every_quality(leaf: Leaf, rows: list[Row]) -> bool:
    """A feeling is denied at a place only if every quality that the leaf asks for is."""
    return {row.name for row in rows} >= set(leaf.names)


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


def _assumptions(rows: Iterable[Row], answered: set[Claim], program: Program) -> dict[Claim, tuple[Step, ...]]:
    """What rules that the case touches take for true where nobody measured."""
    measured = {row.name for row in rows if row.kind is Kind.MEASURE}
    found: dict[Claim, tuple[Step, ...]] = {}
    for question, reaching in program.assumed.items():
        leaf = question.leaf
        if isinstance(leaf, Compare) and leaf.measure not in measured and not reaching.isdisjoint(answered):
            reason = f"{leaf.measure} is not given: taken as {leaf.operator} {leaf.number:g}"
            found[question.true] = (Assumed(reason),)
    return found
