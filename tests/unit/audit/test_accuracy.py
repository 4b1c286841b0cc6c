"""The page on accuracy: its tables, and the text that they are put into."""

from dataclasses import replace
from string import Template

import pytest

from dermarules.audit import marked
from dermarules.audit.accuracy import group_table, page, score_columns, urgency_table
from dermarules.audit.calibration import (
    bin_table,
    bins,
    by_certainty,
    called_clear,
    certainty_table,
    limits_table,
)
from dermarules.audit.confusion import class_of, class_table, pair_table
from dermarules.audit.intervals import Share
from dermarules.audit.limits import limits
from dermarules.audit.misses import FEATURES, VOICE, by, common_table, miss_table, right, summary
from dermarules.audit.ranges import named, ranges
from dermarules.audit.study import Studied, study
from dermarules.knowledgebase.base import Knowledge
from dermarules.vocabulary import Certainty
from tests.conftest import CHECKOUT
from tests.unit.audit.written import case

TEXT = CHECKOUT / "benchmarks" / "accuracy.md"
TOE = [{"feels": "pain", "over": ["great_toe_dorsal"], "side": "left", "is": "present"}]
TIBIAL = "nerve tibial"


@pytest.fixture(scope="module")
def found(knowledge: Knowledge) -> list[Studied]:
    patient, doctor = ("question", "patient"), ("case_report", "clinician")
    return [
        *study(
            {
                "published": [
                    case("sure", knowledge, tags=doctor, localization="root L5", key_strength="A", category="root"),
                    case("also", knowledge, localization=TIBIAL, also_accept=["root L5"], category="nerve"),
                    case("wrong", knowledge, tags=doctor, localization=TIBIAL, side="left", category="nerve"),
                    case("toe", knowledge, TOE, tags=patient, localization="spinal_cord", category="cord"),
                    case("two", knowledge, localization=["root L5", "polyneuropathy"]),
                    case("calm", knowledge, urgency="routine"),
                ]
            },
            knowledge,
            "consensus",
        )
    ]


def lines(text: str) -> list[str]:
    return text.splitlines()


def test_table_sets_numbers_to_the_right() -> None:
    assert marked.table(("a", "b"), [("x", "1")]) == "| a | b |\n| --- | ---: |\n| x | 1 |"


def test_share_is_told_with_its_interval() -> None:
    assert marked.percent(Share(9, 10)) == "9 of 10, 90% (60% to 98%)"
    assert marked.percent(Share(0, 0)) == "–"
    assert marked.of(Share(0, 0)) == "–"


def test_cases_are_counted_and_named() -> None:
    assert marked.counted([]) == "no case"
    assert marked.counted(["a"]) == "1 case: `a`"
    assert marked.counted(["a", "b"]) == "2 cases: `a`, `b`"
    assert marked.named([]) == "none"


def test_range_has_a_name() -> None:
    assert [str(each) for each in ranges((1, 2, 5))] == ["below 1", "1", "2 to 4", "5 or more"]
    assert [named(number, (1, 2, 5)) for number in (-3, 0, 1, 2, 4, 5, 60)] == [
        "below 1",
        "below 1",
        "1",
        "2 to 4",
        "2 to 4",
        "5 or more",
        "5 or more",
    ]


def test_right_answers_are_over_the_cases_that_name_a_place(found: list[Studied]) -> None:
    assert right(found) == Share(2, 5)


def test_cases_are_grouped_by_what_is_known_in_the_order_of_its_values(found: list[Studied]) -> None:
    groups = {value: [each.id for each in those] for value, those in by(VOICE, found).items()}

    assert groups == {"clinician": ["sure", "wrong"], "patient": ["toe"]}
    assert list(groups) == ["clinician", "patient"]


def test_common_table_has_every_feature_with_its_share_of_the_misses(found: list[Studied]) -> None:
    table = common_table(found)

    assert [feature.title for feature in FEATURES if feature.title not in table] == []
    assert "| who tells the case | clinician | 1 of 2, 50% (9% to 91%) | 1 of 2 |" in lines(table)
    assert "|  | patient | 0 of 1, 0% (0% to 79%) | 1 of 2 |" in lines(table)


def test_summary_counts_what_the_misses_share(found: list[Studied]) -> None:
    told = lines(summary(found))

    assert "- 1 of 3 rest on what is felt or told alone." in told
    assert "- 1 of 3 expect a wide place whose pattern was not shown." not in told
    assert "- 2 of 3 expect a wide place whose pattern was not shown." in told


def test_every_miss_is_told(found: list[Studied]) -> None:
    rows = lines(miss_table(found))

    assert [row.split(" | ")[0] for row in rows[2:]] == ["| `wrong`", "| `toe`", "| `two`"]
    assert rows[2].startswith("| `wrong` | nerve tibial, left | root L5, left | ")
    assert rows[3].startswith("| `toe` | spinal_cord | ")


@pytest.mark.parametrize(
    ("localization", "name"),
    [
        ("root L5", "root"),
        ("roots L5-S1", "root"),
        ("nerve tibial", "nerve"),
        ("plexus lumbar", "plexus"),
        ("spinal_cord", "cord"),
        ("not_neurological", "mimic"),
        ("nothing_to_localize", "nothing to localize"),
        ("root L5 + nerve femoral", "several lesions"),
    ],
)
def test_answer_has_a_class(localization: str, name: str, knowledge: Knowledge) -> None:
    assert class_of(localization, knowledge) == name


def test_pairs_are_counted_the_most_frequent_first(found: list[Studied]) -> None:
    rows = lines(pair_table(found))

    assert rows[2] == "| nerve tibial | root L5 | 2 | `also`, **`wrong`** |"
    assert "| root L5 + polyneuropathy | root L5 | 1 | **`two`** |" in rows
    assert lines(class_table(found))[2] == "| nerve | root | 2 | 1 |"


def test_share_of_right_answers_is_by_certainty(found: list[Studied]) -> None:
    shares = by_certainty(found)

    assert sum(share.n for share in shares.values()) == 5
    assert shares[Certainty.CLEAR] == Share(2, 4)
    assert lines(certainty_table({"all": found}))[2] == "| clear | 2 of 4, 50% (15% to 85%) |"


def test_share_of_right_answers_is_by_range_of_a_number(found: list[Studied]) -> None:
    numbers = {"sure": 5, "also": 10, "wrong": 10, "toe": 25}
    told = bins(found, lambda each: numbers.get(each.id), (10, 20))

    assert [each.share for each in told] == [Share(1, 1), Share(1, 2), Share(0, 1)]
    assert lines(bin_table("lead", bins(found[:1], lambda each: 12, (10, 20))))[2:] == [
        "| 10 to 19 | 1 of 1, 100% (21% to 100%) |"
    ]


def test_other_limits_call_other_answers_clear(found: list[Studied], knowledge: Knowledge) -> None:
    limits = knowledge.weights.certainty

    assert called_clear(found[0], limits, knowledge)
    assert not called_clear(found[0], replace(limits, minimum=1000), knowledge)
    assert not called_clear(found[0], replace(limits, margin=1000), knowledge)
    assert "| 20 | 40 | 4 of 5 | 2 of 4, 50% (15% to 85%) | `wrong`, `two` |" in lines(limits_table(found, knowledge))


def test_limits_name_the_cases_that_show_them(found: list[Studied]) -> None:
    told = limits(found)

    assert told["level"] == "1 case: `toe`"
    assert told["few"] == "1 case: `toe`"
    assert told["pain"] == "1 case: `toe`"
    assert told["pattern"] == "2 cases: `toe`, `two`"
    assert told["several"] == "1 case: `two`"
    assert told["time"] == "1 case: `calm`"
    assert told["told"] == "1 case: `toe`"
    assert told["far"] == "no case"


def test_score_stands_column_by_column(found: list[Studied]) -> None:
    rows = lines(score_columns({"one": found[:1], "all": found}))

    assert rows[0] == "|  | one | all |"
    assert rows[3] == "| first, or also accepted | 1 of 1, 100% (21% to 100%) | 2 of 5, 40% (12% to 77%) |"


def test_groups_are_scored_by_an_attribute_or_a_feature(found: list[Studied]) -> None:
    rows = lines(group_table("category", found, "category"))

    assert [row.split(" | ")[0] for row in rows] == ["| category", "| ---", "| cord", "| nerve", "| root"]
    assert rows[3].startswith("| nerve | 2 | 1 of 2, 50% (9% to 91%) | 0 of 2 | ")
    assert [row.split(" | ")[0] for row in lines(group_table("voice", found, VOICE))[2:]] == [
        "| clinician",
        "| patient",
    ]


def test_urgencies_are_counted_by_what_was_expected(found: list[Studied]) -> None:
    assert lines(urgency_table(found))[5] == "| routine | – | 1 | – | – | – |"


def test_page_holds_every_computed_part(found: list[Studied], knowledge: Knowledge) -> None:
    text = TEXT.read_text(encoding="utf-8")
    one_half = page(text, {"examples": found[:1], "half a": found}, knowledge)
    both = page(text, {"examples": found[:1], "half a": found, "half b": found}, knowledge)

    assert "${" not in one_half
    assert f"Made with knowledge {knowledge.version} ({knowledge.digest[:12]}), on 1 examples, 6 half a.\n" in one_half
    assert "|  | examples | half a |\n" in one_half
    assert "|  | examples | half a | half b | published, together |\n" in both
    assert "6 published cases have a wrong first answer." in both


def test_text_asks_for_what_is_computed_and_no_more() -> None:
    asked = set(Template(TEXT.read_text(encoding="utf-8")).get_identifiers())

    assert {"score", "groups", "confusion_pairs", "misses_common", "limits", "cannot_alike", "cannot_time"} <= asked
