"""What a question asks about: one reading of names for all questions."""

import pytest

from dermarules.questions.claims import Named, Sort, flag_of, named, placed, spoken_of
from dermarules.report import Report, localize


@pytest.fixture(scope="module")
def foot_drop() -> Report:
    case = {
        "id": "foot drop",
        "findings": [
            {"power": "ankle_dorsiflexion", "side": "left", "is": 2},
            {"history": "back_pain", "is": "present"},
        ],
    }
    return localize(case, engine="compiled")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("root L5", Named(Sort.LOCALIZATION, "root L5")),
        (" root  L5,  left ", Named(Sort.LOCALIZATION, "root L5", "left")),
        ("roots L5-S1", Named(Sort.LOCALIZATION, "roots L5-S1")),
        ("nothing_to_localize", Named(Sort.LOCALIZATION, "nothing_to_localize")),
        ("acute_foot_drop", Named(Sort.RED_FLAG, "acute_foot_drop")),
        ("red flag acute_foot_drop", Named(Sort.RED_FLAG, "acute_foot_drop")),
    ],
)
def test_a_name_is_read_with_and_without_its_sort_and_side(text: str, expected: Named, foot_drop: Report) -> None:
    assert named(text, foot_drop) == expected


def test_a_rule_is_named_by_its_id(foot_drop: Report) -> None:
    rules = [rule for rule in foot_drop.knowledge.rules if rule not in foot_drop.knowledge.red_flags]
    assert named(rules[0], foot_drop) == named(f"rule {rules[0]}", foot_drop) == Named(Sort.RULE, rules[0])


def test_a_bare_id_of_a_rule_and_a_red_flag_is_that_of_the_red_flag(foot_drop: Report) -> None:
    shared = next(rule for rule in foot_drop.knowledge.rules if rule in foot_drop.knowledge.red_flags)
    assert named(shared, foot_drop) == Named(Sort.RED_FLAG, shared)
    assert named(f"rule {shared}", foot_drop) == Named(Sort.RULE, shared)


@pytest.mark.parametrize("text", ["root L5, left", "red flag acute_foot_drop", "nerve tibial"])
def test_what_is_named_is_written_as_it_is_read(text: str, foot_drop: Report) -> None:
    assert str(named(text, foot_drop)) == text


def test_what_nothing_is_known_as_is_refused_with_the_nearest_name(foot_drop: Report) -> None:
    with pytest.raises(
        ValueError, match=r"nothing is known as 'nerve tibal' \(did you mean 'nerve tibial'\?\); ask for"
    ):
        named("nerve tibal", foot_drop)
    with pytest.raises(ValueError, match="nothing is known as 'root L5, middle'"):
        named("root L5, middle", foot_drop)


def test_a_localization_that_is_known_but_not_ranked_is_not_spoken_of(foot_drop: Report) -> None:
    assert placed("root L5, right", foot_drop) is None
    with pytest.raises(ValueError, match="nothing is said of 'root L5, right'"):
        spoken_of("root L5, right", foot_drop)


def test_without_a_side_the_best_of_a_localization_is_meant(foot_drop: Report) -> None:
    assert placed("root L5", foot_drop) == placed("root L5, left", foot_drop)


def test_a_red_flag_that_the_case_does_not_touch_has_no_state(foot_drop: Report) -> None:
    flags = foot_drop.inference.flags
    raised, opened = {state.flag.id for state in flags.raised}, {state.flag.id for state in flags.open}
    touched = {*raised, *opened, *(state.flag.id for state in flags.cleared)}
    untouched = next(flag for flag in foot_drop.knowledge.red_flags if flag not in touched)
    assert flag_of(untouched, foot_drop) is None
    assert flag_of("acute_foot_drop", foot_drop) is not None
