"""What is called cleared is true in no completion of what was not asked, and what is named to settle a flag does."""

from collections.abc import Iterator
from itertools import combinations, product
from math import prod

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from dermarules.findings import Case, Finding
from dermarules.inference import chain
from dermarules.inference.leaves import ground
from dermarules.inference.program import program
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.notation import FALSE
from dermarules.questions.again import again
from dermarules.questions.answer import Answer
from dermarules.questions.cells import Ask, Cell, asked_with
from dermarules.questions.settle import Settling
from dermarules.vocabulary import Side
from tests.every_completion import is_raised_by_some, open_cells
from tests.knowledge_bases import cases_of_few_words, knowledge_bases
from tests.properties.answers import ask
from tests.strategies import cases

_MOST_CELLS, _MOST_COMPLETIONS = 14, 20_000
_MOST_ANSWERS = 300
_FLAGS = ("first", "second", "third")
# The red flags of the shipped knowledge that read few cells.
_SMALL = [name for name in default_knowledge().red_flags if len(open_cells(ask(Case("", ())), name)) <= _MOST_CELLS]


def _agrees(found: Answer, flag: str) -> None:
    cells = open_cells(found, flag)
    assume(len(cells) <= _MOST_CELLS and prod(map(len, cells.values())) <= _MOST_COMPLETIONS)

    assert (found.settler.raising(flag) is not None) is is_raised_by_some(found, flag, cells)


@given(base=knowledge_bases(), case=cases_of_few_words(), flag=st.sampled_from(_FLAGS))
def test_random_rule_is_cleared_if_and_only_if_no_completion_makes_it_true(
    base: Knowledge, case: Case, flag: str
) -> None:
    found = ask(case, base)
    assume(flag not in {raised.id for raised in found.red_flags.raised})

    _agrees(found, flag)


@given(case=cases(), draw=st.data())
def test_shipped_rule_is_cleared_if_and_only_if_no_completion_makes_it_true(case: Case, draw: st.DataObject) -> None:
    found = ask(case)
    raised = {flag.flag.id for flag in found.inference.flags.raised}
    flag = draw.draw(st.sampled_from([name for name in _SMALL if name not in raised]))

    _agrees(found, flag)


@given(case=cases())
def test_what_a_report_calls_cleared_can_be_raised_by_nothing(case: Case) -> None:
    found = ask(case)

    assert [flag.id for flag in found.red_flags.cleared if found.settler.raising(flag.id)] == []


@given(case=cases(), draw=st.data())
def test_the_answers_that_are_named_settle_a_shipped_flag(case: Case, draw: st.DataObject) -> None:
    found = ask(case)
    flag = draw.draw(st.sampled_from([flag.id for flag in found.red_flags.open] or ["ces_saddle"]))
    clearing, raising = found.settler.clearing(flag), found.settler.raising(flag)

    assert clearing is None or flag in _cleared(found, clearing)
    assert raising is None or flag in {raised.id for raised in _with(found, raising).red_flags.raised}


@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(base=knowledge_bases(), case=cases_of_few_words(), flag=st.sampled_from(_FLAGS))
def test_no_fewer_questions_clear_a_random_rule(base: Knowledge, case: Case, flag: str) -> None:
    assume(not any(derived.absent_when for derived in base.derived.values()))
    found = ask(case, base)
    clearing = found.settler.clearing(flag)
    assume(clearing is not None and 0 < len(clearing.asks) <= 2 and case.age is not None)
    assert clearing is not None

    fewer = [a for a in _answers(found, flag, len(clearing.asks) - 1) if _is_cleared(found, flag, a)]

    assert flag in _cleared(found, clearing)
    assert fewer == []


def _with(found: Answer, settling: Settling) -> Answer:
    return again(found, (*found.case.findings, *(shown.finding for shown in settling.shown)))


def _cleared(found: Answer, settling: Settling) -> set[str]:
    return {flag.id for flag in _with(found, settling).red_flags.cleared}


def _is_cleared(found: Answer, flag: str, answers: tuple[Finding, ...]) -> bool:
    case = found.case.with_findings((*found.case.findings, *answers))
    derived = chain.derive(ground(case, found.knowledge, program(found.knowledge)))
    sides = {claim.side for claim in derived if claim.predicate == FALSE and claim.subject == f"red_flags/{flag}"}
    return Side.NONE.value in sides or {Side.LEFT.value, Side.RIGHT.value} <= sides


def _answers(found: Answer, flag: str, size: int) -> Iterator[tuple[Finding, ...]]:
    """Every way to answer so many questions."""
    left = found.settler.unknowns
    cells_of: dict[Ask, list[Cell]] = {}
    for cell in open_cells(found, flag):
        cells_of.setdefault(asked_with(cell), []).append(cell)
    for chosen in combinations(cells_of, size):
        cells = [cell for one in chosen for cell in cells_of[one]]
        shown = [[each.finding for each in left.told_apart(cell)] for cell in cells]
        assume(prod(map(len, shown)) <= _MOST_ANSWERS)
        yield from product(*shown)
