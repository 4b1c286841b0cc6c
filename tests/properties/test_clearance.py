"""What is called cleared is true in no completion of what was not asked, and the other way round."""

from math import prod

from hypothesis import assume, given
from hypothesis import strategies as st

from dermarules.findings import Case
from dermarules.knowledgebase.base import Knowledge
from tests.every_completion import completions, open_cells, raises
from tests.knowledge_bases import cases_of_few_words, knowledge_bases
from tests.properties.answers import ask
from tests.strategies import cases

_MOST_CELLS, _MOST_COMPLETIONS = 14, 1500


def _agrees(case: Case, flag: str, knowledge: Knowledge | None = None) -> None:
    found = ask(case, knowledge)
    assume(flag not in {raised.id for raised in found.red_flags.raised})
    cells = open_cells(found, flag)
    assume(len(cells) <= _MOST_CELLS and prod(map(len, cells.values())) <= _MOST_COMPLETIONS)

    can_be_raised = any(raises(found, flag, completion) for completion in completions(cells))

    assert (found.settler.raising(flag) is not None) is can_be_raised


@given(base=knowledge_bases(), case=cases_of_few_words(), flag=st.sampled_from(["first", "second", "third"]))
def test_random_rule_is_cleared_if_and_only_if_no_completion_makes_it_true(
    base: Knowledge, case: Case, flag: str
) -> None:
    _agrees(case, flag, base)
