"""The scales: what was weighed once is what would be weighed again, and no set or run explains more than its bound."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import pytest

from dermarules.inference.candidates import candidates, ranges
from dermarules.inference.cover import covers
from dermarules.inference.evidence import Evidence
from dermarules.inference.infer import Inference
from dermarules.inference.scales import Lesion, Scales
from dermarules.inference.weigh import Weighing, weigh
from dermarules.knowledgebase.base import Knowledge
from dermarules.proof import Term
from tests.unit.inference.rows import inferred

MAP = "consensus"
# Both legs, with rules that fire: many candidates on both sides, and runs of roots.
BOTH_LEGS = (
    "power: ankle_plantarflexion, side: both, is: 4",
    "power: knee_extension, side: left, is: 2",
    "power: hip_flexion, side: left, is: 5",
    "sensation: pinprick, over: [lateral_foot_border, heel_lateral], side: both, is: reduced",
    "sensation: pinprick, over: [anterior_thigh_mid, medial_leg_lower], side: right, is: absent",
    "sensation: pinprick, over: [saddle_inner, great_toe_dorsal], side: both, is: normal",
    "feels: shooting, over: [posterolateral_thigh], side: left, is: present",
    "reflex: ankle, side: both, is: absent",
    "reflex: patellar, side: left, is: reduced",
    "sign: slr, side: left, is: positive",
    "history: back_pain, is: present",
)


@pytest.fixture(scope="module")
def found() -> Inference:
    return inferred(*BOTH_LEGS)


@pytest.fixture(scope="module")
def scales(found: Inference, knowledge: Knowledge) -> Scales:
    return Scales(found.evidence, knowledge)


def supported(scales: Scales) -> list[Weighing]:
    return scales.supported(candidates(scales.knowledge, MAP))


def joined(scales: Scales, chosen: Sequence[Lesion]) -> Iterator[int]:
    """What a run of roots explains that is made of just these, if there is one."""
    roots = tuple(lesion.weighing.candidate.roots[0] for lesion in chosen)
    for run in ranges(scales.knowledge, MAP):
        if run.roots == roots:
            yield scales.weigh(run, chosen[0].weighing.side).explained_weight


def test_candidate_weighs_what_it_weighs_without_scales(scales: Scales) -> None:
    for found in supported(scales):
        assert found == weigh(found.candidate, found.side, scales.evidence, scales.knowledge)
        assert scales.weigh(found.candidate, found.side) is found


def test_lesion_explains_alone_no_more_than_its_bound(scales: Scales) -> None:
    lesions = [scales.lesion(weighing) for weighing in supported(scales)]

    assert all(scales.most([lesion]) >= lesion.weighing.explained_weight for lesion in lesions)
    assert any(scales.most([lesion]) == lesion.weighing.explained_weight for lesion in lesions)


def test_run_of_roots_explains_no_more_than_its_roots_together(scales: Scales) -> None:
    roots = [scales.lesion(w) for w in supported(scales) if w.candidate.klass == "root"]
    sets = [c for size in (2, 3) for c in combinations(roots, size) if len({lesion.weighing.side for lesion in c}) == 1]
    bounds = [(scales.most(chosen), explained) for chosen in sets for explained in joined(scales, chosen)]

    assert len(bounds) > 10
    assert all(most >= explained for most, explained in bounds)


def test_no_set_is_missed_that_explains_enough(
    found: Inference, scales: Scales, monkeypatch: pytest.MonkeyPatch
) -> None:
    bounded = covers(supported(scales), scales, MAP)
    boundless = Scales(found.evidence, scales.knowledge)
    monkeypatch.setattr(Scales, "most", lambda *_: 100_000)

    assert bounded
    assert bounded == covers(supported(boundless), boundless, MAP)


def test_without_a_rule_all_weighs_as_if_it_had_not_fired(found: Inference, scales: Scales) -> None:
    rules = {fired.rule for fired in found.evidence.fired}
    supported(scales)
    covers(supported(scales), scales, MAP)

    assert len(rules) > 2
    for rule in rules:
        silent = scales.without({rule})
        anew = Scales(silent.evidence, silent.knowledge)
        assert rule not in {fired.rule for fired in silent.evidence.fired}
        assert supported(silent) == supported(anew)
        assert covers(supported(silent), silent, MAP) == covers(supported(anew), anew, MAP)


def test_what_is_left_open_is_found_once(
    found: Inference, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[frozenset[str]] = []

    def open_terms(signs: frozenset[str], _: object, evidence: Evidence, knowledge: Knowledge) -> list[Term]:
        asked.append(signs)
        return []

    monkeypatch.setattr("dermarules.inference.scales.unexplained_terms", open_terms)
    scales = Scales(found.evidence, knowledge)
    lesion = scales.lesion(supported(scales)[0])

    assert scales.unexplained([lesion, lesion]) is scales.unexplained([lesion])
    assert len(asked) == 1
