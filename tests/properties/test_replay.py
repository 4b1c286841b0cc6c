"""What is derived a second time, without an engine, is what the engine derived: step by step."""

from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from dermarules.findings import Case
from dermarules.inference import chain
from dermarules.inference.infer import infer
from dermarules.inference.urgency import urgencies
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.proof import Claim, Observed, Step
from dermarules.replay.derive import derived
from dermarules.replay.rows import finding_of
from tests.knowledge_bases import cases_of_few_words, knowledge_bases
from tests.strategies import cases

MAPS = tuple(default_knowledge().maps)


@settings(max_examples=60)
@given(case=cases(max_size=20), map_id=st.sampled_from(MAPS))
def test_every_step_of_a_random_case_is_found_again(case: Case, map_id: str) -> None:
    _is_found_again(case, default_knowledge(), map_id)


@settings(max_examples=40)
@given(case=cases_of_few_words(), knowledge=knowledge_bases())
def test_every_step_under_random_rules_is_found_again(case: Case, knowledge: Knowledge) -> None:
    _is_found_again(case, knowledge, "consensus")


def _is_found_again(case: Case, knowledge: Knowledge, map_id: str) -> None:
    found = infer(case, knowledge, map_id, chain.derive)
    told = [claim for claim in found.proof if any(isinstance(step, Observed) for step in found.proof[claim])]
    again = derived([finding_of(claim, knowledge) for claim in told], knowledge, map_id)
    flags = again.flags
    assert _steps({**again.holds, **again.totals}) == _steps(found.proof.steps)
    assert [place.best.claim for place in again.order] == [place.weighing.claim for place in found.ranked]
    assert again.certainty is found.certainty
    assert dict(flags.raised) == {raised.flag.id: raised.claims for raised in found.flags.raised}
    assert set(flags.open) == {undecided.flag.id for undecided in found.flags.open}
    assert dict(flags.cleared) == {cleared.flag.id: cleared.claims for cleared in found.flags.cleared}
    assert again.urgency == urgencies(found.flags, found.floor)


def _steps(steps: Mapping[Claim, tuple[Step, ...]]) -> dict[Claim, set[Step]]:
    """Steps in no order, without those that are the rows themselves."""
    found: dict[Claim, set[Step]] = {
        claim: {step for step in of if not isinstance(step, Observed)} for claim, of in steps.items()
    }
    return {claim: of for claim, of in found.items() if of}
