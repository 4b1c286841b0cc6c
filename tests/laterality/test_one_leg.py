"""A case of one leg: naming it changes only its name, and nothing is concluded of the leg that nobody spoke of."""

from dataclasses import replace

from hypothesis import given

from dermarules.findings import Case, Finding
from dermarules.knowledgebase.base import default_knowledge
from dermarules.proof import Claim
from dermarules.questions.answer import Answer
from dermarules.rules import All, Condition, Derived, Leaf, parts
from dermarules.rules import Any as AnyOf
from dermarules.vocabulary import BOTH_SIDES, Kind, Side, SideTest
from tests.properties.answers import Place, ask, gist
from tests.strategies import cases, without_contradictions


def of_one_leg(case: Case, side: Side) -> Case:
    """The case with all that has a side on one leg, less what then contradicts itself."""
    moved = [replace(finding, sides=(side,)) if has_side(finding) else finding for finding in case.findings]
    return case.with_findings(without_contradictions(moved))


def has_side(finding: Finding) -> bool:
    """True if it is on a side, or is history that nobody gave one."""
    if finding.kind is Kind.HISTORY:
        return default_knowledge().history[finding.name].lateral
    return Side.NONE not in finding.sides


def places(found: Answer, *, of: Side, called: Side) -> frozenset[Place]:
    """The ranked places, with one side called by another name."""
    seen = gist(found).places
    return frozenset((name, site, total, called if side is of else side) for name, site, total, side in seen)


@given(case=cases())
def test_leg_that_nobody_names_gets_the_answer_of_the_named_one(case: Case) -> None:
    left, nameless = ask(of_one_leg(case, Side.LEFT)), ask(of_one_leg(case, Side.UNKNOWN))

    before, after = gist(left), gist(nameless)
    assert places(nameless, of=Side.UNKNOWN, called=Side.LEFT) == gist(left).places
    assert (after.order, after.certainty, after.urgency) == (before.order, before.certainty, before.urgency)
    raised, _, cleared = after.flags
    assert raised == before.flags[0]
    assert cleared <= before.flags[2]


BOTH = [finding for finding in default_knowledge().derived.values() if "both" in finding.title.lower()]


def sided_alone(case: Case) -> Case:
    """The case without history that has no side: some of it says of itself that it is of both legs."""
    return case.with_findings(f for f in case.findings if f.kind is not Kind.HISTORY or has_side(f))


@given(case=cases())
def test_one_leg_and_an_unnamed_one_never_make_both(case: Case) -> None:
    named = of_one_leg(sided_alone(case), Side.LEFT)
    nameless = of_one_leg(sided_alone(case), Side.UNKNOWN)

    found = ask(case.with_findings([*named.findings, *nameless.findings]))

    assert len(BOTH) > 10
    assert [finding.id for finding in BOTH if found.proof.about("true", f"findings/{finding.id}")] == []


def asks_of_the_other(condition: Condition) -> bool:
    """True if no way to make it true leaves the other leg out."""
    match condition:
        case Leaf() | Derived():
            return condition.side is SideTest.OTHER
        case All():
            return any(map(asks_of_the_other, condition.of))
        case AnyOf():
            return all(map(asks_of_the_other, condition.of))
        case _:
            return any(map(asks_of_the_other, parts(condition)))


def asking_of_the_other() -> list[str]:
    """The rules, red flags and derived findings that hold only if the other leg was examined."""
    base = default_knowledge()
    conditions = [
        *((f"rules/{rule.id}", rule.when) for rule in base.rules.values()),
        *((f"red_flags/{flag.id}", flag.when) for flag in base.red_flags.values()),
        *((f"findings/{finding.id}", finding.when) for finding in base.derived.values()),
    ]
    return [name for name, condition in conditions if asks_of_the_other(condition)]


@given(case=cases())
def test_what_asks_of_the_other_leg_waits_until_it_is_examined(case: Case) -> None:
    found = ask(of_one_leg(case, Side.LEFT))

    asking = asking_of_the_other()
    assert {"findings/weak_one_leg_only", "findings/crossed_loss", "red_flags/cord_partial_acute"} <= set(asking)
    assert [name for name in asking for side in BOTH_SIDES if Claim("true", name, side.value) in found.proof] == []
