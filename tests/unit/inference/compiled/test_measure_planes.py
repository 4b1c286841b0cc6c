"""A measure that is computed from power: by the worst grade, unless the case states one as low."""

from dataclasses import replace

import pytest

from dermarules.findings import Case, Finding
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import FALSE, TRUE, root_claim
from dermarules.rules import Compare
from dermarules.vocabulary import Kind, Result, Side
from tests.planes import Compiled, told

FOOT = Compare("mrc_ankle_dorsiflexion", "le", 3)


def power(movement: str, result: Result) -> Finding:
    return Finding(Kind.POWER, movement, (Side.LEFT,), result)


def stated(number: float) -> Finding:
    return Finding(Kind.MEASURE, FOOT.measure, (Side.NONE,), Result.MEASURED, number=number)


BOTH_FOUR = (power("ankle_dorsiflexion", Result.MRC_4), power("ankle_dorsiflexion", Result.MRC_4).mirrored())


@pytest.mark.parametrize(
    ("found", "truths"),
    [
        ((), ()),
        ((stated(3),), (TRUE,)),
        ((power("ankle_dorsiflexion", Result.MRC_2),), (TRUE,)),
        ((*BOTH_FOUR, power("hip_flexion", Result.MRC_0)), (FALSE,)),
        # The other ankle may be weaker.
        (BOTH_FOUR[:1], ()),
        ((power("ankle_dorsiflexion", Result.WEAK),), ()),
        ((power("ankle_dorsiflexion", Result.MRC_4), stated(1)), (TRUE,)),
        ((power("ankle_dorsiflexion", Result.MRC_4), stated(4), stated(5)), (FALSE,)),
        ((power("ankle_dorsiflexion", Result.MRC_2), stated(5)), (TRUE,)),
        ((power("ankle_dorsiflexion", Result.MRC_4), stated(1), stated(5)), (TRUE, FALSE)),
    ],
)
def test_lowest_power_stands_unless_one_as_low_is_stated(
    knowledge: Knowledge, found: tuple[Finding, ...], truths: tuple[str, ...]
) -> None:
    name, flag = next(iter(knowledge.red_flags.items()))
    changed = replace(knowledge, red_flags={name: replace(flag, when=FOOT)})
    case = Case("probe", found)

    said = Compiled(changed).told(case)

    about = {root_claim(f"red_flags/{name}", Side.NONE, truth) for truth in (TRUE, FALSE)}
    assert said.claims & about == {root_claim(f"red_flags/{name}", Side.NONE, truth) for truth in truths}
    assert said == told(case, changed)
