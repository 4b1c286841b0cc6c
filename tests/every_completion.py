"""Every completion of a case, one after the other: what a certificate of clearance must agree with.

A completion gives every cell that a red flag touches, and that the case leaves unknown, a result. Leaves are read here
on their own, place by place; what follows from them is what the engine derives. What the case states stays: a leaf at
a place that it settled, and the absence of a finding that has an `absent_when`.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from dermarules.inference import chain
from dermarules.inference.clauses import Clause, Ground, LeafQuestion, Program
from dermarules.inference.leaves import OPERATORS, STRENGTH
from dermarules.inference.program import index, program
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import FALSE, TRUE
from dermarules.proof import Assumed, Claim, Step
from dermarules.questions.answer import Answer
from dermarules.questions.cells import UNTAKEN, Cell, Value, cells_of, is_lowest
from dermarules.questions.unknowns import Unknowns
from dermarules.rules import Compare
from dermarules.vocabulary import MRC, Kind, Result, Side

Completion = Mapping[Cell, Value]


def _left(found: Answer) -> Unknowns:
    return found.settler.unknowns


def open_cells(found: Answer, flag: str) -> dict[Cell, tuple[Value, ...]]:
    """The cells that a red flag touches and that a case leaves unknown, with one result for each that rules tell."""
    left = _left(found)
    questions = program(found.knowledge).leaves_of.get(f"red_flags/{flag}", ())
    cells: dict[Cell, tuple[Value, ...]] = {}
    for question in questions:
        for cell in cells_of(question.leaf, question.side, found.knowledge):
            own = left.layout.fields[cell]
            bits = left.left.get(cell, own.whole)
            allowed = tuple(v for n, v in enumerate(own.values) if bits >> own.offset + n & 1)
            if len(allowed) > 1:
                cells[cell] = allowed
    return {cell: _told_apart(cell, values, questions) for cell, values in cells.items()}


def _told_apart(cell: Cell, values: Sequence[Value], questions: Sequence[LeafQuestion]) -> tuple[Value, ...]:
    """One value of those that no leaf tells from each other."""
    seen: dict[tuple[bool, ...], Value] = {}
    for value in values:
        seen.setdefault(tuple(_passes(question, value) for question in questions), value)
    return tuple(seen.values()) if cell.kind is not Kind.SENSATION else tuple(values)


def _passes(question: LeafQuestion, value: Value) -> bool:
    leaf = question.leaf
    if isinstance(leaf, Compare):
        number = MRC.get(value) if isinstance(value, Result) else value
        return number is not None and OPERATORS[leaf.operator](number, leaf.number)
    return value in leaf.results


def completions(cells: Mapping[Cell, Sequence[Value]]) -> Iterator[Completion]:
    for values in product(*cells.values()):
        yield dict(zip(cells, values, strict=True))


def is_raised_by_some(found: Answer, flag: str, cells: Mapping[Cell, Sequence[Value]]) -> bool:
    """True if a red flag is true in some completion."""
    rules = _rules(found, flag)
    return any(_is_raised(found, flag, completion, rules) for completion in completions(cells))


def _is_raised(found: Answer, flag: str, completion: Completion, rules: Program) -> bool:
    base: dict[Claim, tuple[Step, ...]] = {}
    for question in rules.questions:
        is_true = _truth(question, completion, found)
        if is_true is not None:
            base[question.true if is_true else question.false] = (Assumed("completed"),)
    derived = chain.derive(Ground(base, (), rules))
    return any(claim.predicate == TRUE and claim.subject == f"red_flags/{flag}" for claim in derived)


def _rules(found: Answer, flag: str) -> Program:
    """The clauses that can end in the red flag, less those that would take a stated absence back."""
    rules, held = program(found.knowledge), found.inference.held
    proving: dict[Claim, list[Clause]] = {}
    for clause in rules.clauses:
        proving.setdefault(clause.head, []).append(clause)
    wanted = [claim for claim in proving if claim.predicate == TRUE and claim.subject == f"red_flags/{flag}"]
    kept: dict[Clause, None] = {}
    while wanted:
        claim = wanted.pop()
        absent = Claim(FALSE, claim.subject, claim.side)
        if claim.predicate == TRUE and absent in held and _is_stated(claim, found.knowledge):
            continue
        for clause in proving.pop(claim, ()):
            kept[clause] = None
            wanted += [*clause.body, *clause.unless]
    return index(tuple(c for c in rules.clauses if c in kept), rules.leaves_of.get(f"red_flags/{flag}", ()))


def _is_stated(claim: Claim, knowledge: Knowledge) -> bool:
    table, _, name = claim.subject.partition("/")
    return table == "findings" and knowledge.derived[name].absent_when is not None


def _truth(question: LeafQuestion, completion: Completion, found: Answer) -> bool | None:
    leaf, held = question.leaf, found.inference.held
    if question.true in held and not all(isinstance(step, Assumed) for step in held[question.true]):
        return True
    if isinstance(leaf, Compare):
        return _measured(leaf, completion, found)
    if question.false in held:
        return False
    if question.side is Side.UNKNOWN:
        return None
    parts = [*_parts(question, completion, found)]
    if True in parts:
        return True
    return None if None in parts else False


def _parts(question: LeafQuestion, completion: Completion, found: Answer) -> Iterator[bool | None]:
    leaf = question.leaf
    assert not isinstance(leaf, Compare)
    told = _left(found).told
    cells = [*cells_of(leaf, question.side, found.knowledge)]
    if leaf.kind is Kind.SENSATION:
        for place, side in dict.fromkeys((cell.place, cell.side) for cell in cells):
            sides = [side, *([Side.NONE] if question.side is None else [])]
            said = [r for n in leaf.names for s in sides for r in told.get(Cell(leaf.kind, n, place, s), ())]
            drawn = (completion[Cell(leaf.kind, name, place, side)] for name in leaf.names) if not said else ()
            results = (*said, *(value for value in drawn if isinstance(value, Result)))
            yield max(results, key=STRENGTH.__getitem__) in leaf.results
        return
    for cell in cells:
        without_side = told.get(cell._replace(side=Side.NONE), ()) if question.side is None else ()
        result = completion.get(cell) or next(iter(told.get(cell, without_side)), None)
        assert result is not None
        is_told = cell.side is not Side.NONE or question.side is None or result in (Result.ABSENT, Result.NEGATIVE)
        yield result in leaf.results if is_told else None


def _measured(leaf: Compare, completion: Completion, found: Answer) -> bool | None:
    left = _left(found)
    values = []
    for cell in cells_of(leaf, None, found.knowledge):
        own = left.layout.fields[cell]
        bits = left.left.get(cell, own.whole)
        allowed = [v for n, v in enumerate(own.values) if bits >> own.offset + n & 1]
        values.append(completion.get(cell, allowed[0]))
    if values == [UNTAKEN]:
        return leaf.if_unknown
    numbers = [value if isinstance(value, float) else MRC[value] for value in values]
    assert is_lowest(leaf.measure, found.knowledge) or len(numbers) == 1
    return OPERATORS[leaf.operator](min(numbers), leaf.number)
