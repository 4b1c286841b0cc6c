"""What a case brings to the rules: claims with their places, measures that are computed, stated assumptions."""

from dermarules.findings import Case
from dermarules.inference.leaves import ground
from dermarules.inference.program import program
from dermarules.knowledgebase.base import default_knowledge
from dermarules.proof import Assumed, Derivation, Observed, Step
from dermarules.provenance import Location
from tests.unit.inference.rows import case, inferred


def base(of: Case) -> dict[str, tuple[Step, ...]]:
    start = ground(of, default_knowledge(), program(default_knowledge()))
    return {str(claim): steps for claim, steps in start.base.items()}


def test_row_is_observed_where_it_is_written() -> None:
    assert base(case("history: fever, is: present")) == {
        "found: history fever: present": (Observed(Location("<python>")),)
    }


def test_row_that_stands_twice_is_one_claim_observed_twice() -> None:
    steps = base(case("history: fever, is: present", "history: fever, is: present"))

    assert [len(found) for found in steps.values()] == [2]


def test_age_of_the_patient_is_a_measure() -> None:
    assert "found: measure age_years: 71" in base(case("history: fever, is: present", age=71))


def test_lowest_power_is_computed_from_the_graded_rows() -> None:
    steps = base(case("power: knee_extension, side: left, is: 3", "power: hip_flexion, side: left, is: 4-"))

    (computed,) = steps["found: measure mrc_worst: 3"]
    assert isinstance(computed, Derivation)
    assert computed.rule == "measures/mrc_worst"
    assert [str(claim) for claim in computed.premises] == ["found: power knee_extension: 3, left"]


def test_measure_that_the_case_gives_is_not_computed() -> None:
    steps = base(case("power: knee_extension, side: left, is: 3", "measure: mrc_worst, is: 2"))

    assert "found: measure mrc_worst: 2" in steps
    assert "found: measure mrc_worst: 3" not in steps


def test_weak_without_a_grade_gives_no_lowest_power() -> None:
    assert not [claim for claim in base(case("power: knee_extension, side: left, is: weak")) if "mrc_worst" in claim]


def test_assumption_says_what_was_not_given_and_how_it_is_taken() -> None:
    proof = inferred("power: ankle_dorsiflexion, side: left, is: 3").proof
    reasons = [step.reason for claim in proof for step in proof[claim] if isinstance(step, Assumed)]

    assert reasons
    assert all("is not given: taken as" in reason for reason in reasons)


def test_assumption_goes_when_the_measure_is_given() -> None:
    rows = ("power: ankle_dorsiflexion, side: left, is: 3", "measure: weakness_onset_days, is: 200")
    proof = inferred(*rows).proof

    assert not [c for c in proof for s in proof[c] if isinstance(s, Assumed) and "weakness_onset_days" in s.reason]


def test_false_leaf_rests_on_every_row_that_was_needed_to_say_no() -> None:
    rows = (
        "reflex: bulbocavernosus, is: normal",
        "reflex: ankle, side: left, is: normal",
        "reflex: ankle, side: right, is: brisk",
    )
    rules = program(default_knowledge())
    start = ground(case(*rows), default_knowledge(), rules)
    refuted = [
        c for c in start.leaves if c.head.predicate == "false" and c.head.subject == "reflex ankle is absent/reduced"
    ]

    assert {(clause.head.side, tuple(str(claim) for claim in clause.body)) for clause in refuted} >= {
        ("left", ("found: reflex ankle: normal, left",)),
        ("right", ("found: reflex ankle: brisk, right",)),
    }
