"""Cases: one or a list in a file, or a Python mapping; every fault is told with its place and the way out."""

from pathlib import Path
from typing import Any

import pytest

from dermarules.errors import CaseError
from dermarules.findings import Expectation, Finding, Origin
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import case_from_mapping, read_case, read_cases, read_each
from dermarules.vocabulary import Kind, Result, Side, Urgency

LEFT = (Side.LEFT,)
ONE_CASE = """\
id: s1_left
title: Weak calf
origin: {kind: constructed}
patient: {age: 52, sex: male}
text: Cannot stand on tiptoe.
findings:
  - {sensation: pinprick, over: [sole, heel], side: left, is: reduced}
  - {reflex: ankle, side: left, is: absent, derived_from: no ankle jerk}
expect:
  localization: root S1
  also_accept: []
  side: left
  site: null
  urgency: routine
  red_flags: []
  below: [nerve tibial]
  because: [slr_positive]
  silent: [ces]
  condition: sciatica
tags: [teaching]
note: Made up.
"""


def test_a_whole_case_is_read(tmp_path: Path, small: Knowledge) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(ONE_CASE)
    case = read_case(path, small)
    assert (case.id, case.title, case.age, case.sex) == ("s1_left", "Weak calf", 52, "male")
    assert (case.text, case.tags, case.note) == ("Cannot stand on tiptoe.", ("teaching",), "Made up.")
    assert case.origin == Origin("constructed")
    assert case.findings == (
        Finding(Kind.SENSATION, "pinprick", LEFT, Result.REDUCED, ("sole_medial", "sole_lateral", "heel")),
        Finding(Kind.REFLEX, "ankle", LEFT, Result.ABSENT, said="no ankle jerk"),
    )
    assert str(case.findings[1].location) == f"{path}:8"
    assert case.expect == Expectation(
        localization=("root S1",),
        side="left",
        urgency=Urgency.ROUTINE,
        red_flags=(),
        below=("nerve tibial",),
        because=("slr_positive",),
        silent=("ces",),
    )


@pytest.mark.parametrize(
    ("case", "messages"),
    [
        ({"id": 12}, ["id: text is needed, not the number 12"]),
        ({"titel": "x"}, ["titel: unknown field 'titel' (did you mean 'title'?)"]),
        ({3: "x"}, ["3: unknown field, the number 3"]),
        ({"findings": "none"}, ["findings: a list of findings is needed, not the text 'none'"]),
        ({"patient": {"age": "old"}}, ["patient.age: a number is needed, not the text 'old'"]),
        ({"patient": {"age": 10**400}}, ["patient.age: a number is needed, not a number beyond all measure"]),
        ({"patient": {"age": 200}}, ["patient.age: 200 is outside the possible range, 0 to 120 years"]),
        ({"patient": {"aged": 20}}, ["patient.aged: unknown field 'aged' (did you mean 'age'?)"]),
        ({"expect": "root S1"}, ["expect: a mapping is needed, not the text 'root S1'"]),
        ({"expect": {"localization": "S1"}}, ["expect.localization: unknown target 'S1' (did you mean 'root S1'?)"]),
        ({"expect": {"localization": [5]}}, ["expect.localization.0: text is needed, not the number 5"]),
        ({"expect": {"localization": ["root S9"]}}, ["expect.localization.0: unknown root 'S9'"]),
        ({"expect": {"below": ["roots L5"]}}, ["expect.below.0: 'roots L5' is no range of roots; write roots L5-S1"]),
        ({"expect": {"red_flags": ["cess"]}}, ["expect.red_flags.0: unknown red flag 'cess' (did you mean 'ces'?)"]),
        ({"expect": {"silent": ["slr"]}}, ["expect.silent.0: unknown rule or red flag 'slr'"]),
        ({"expect": {"site": "tarsal"}}, ["expect.site: unknown lesion site 'tarsal' (did you mean 'tarsal_tunnel'?)"]),
        ({"expect": {"side": "lft"}}, ["expect.side: unknown side 'lft' (did you mean 'left'?)"]),
        (
            {"expect": {"urgency": "now"}},
            [
                "expect.urgency: unknown urgency 'now'; it is one of emergency_now, "
                "same_day, urgent_2_weeks, routine, self_care_monitor"
            ],
        ),
    ],
)
def test_a_fault_of_a_case_is_told(small: Knowledge, case: dict[Any, object], messages: list[str]) -> None:
    with pytest.raises(CaseError) as error:
        case_from_mapping({"id": "x", **case}, small)
    assert [fault.message for fault in error.value.faults] == messages


@pytest.mark.parametrize(
    "localization",
    [
        "root S1",
        "root unspecified",
        "roots unspecified",
        "roots L5-S1",
        "nerve tibial",
        "plexus sacral",
        "plexus lumbosacral",
        "cauda_equina",
        "upper_motor_neuron",
        "not_neurological",
    ],
)
def test_an_expected_localization_is_known(small: Knowledge, localization: str) -> None:
    case = case_from_mapping({"id": "x", "expect": {"localization": [localization]}}, small)
    assert case.expect is not None
    assert case.expect.localization == (localization,)


@pytest.mark.parametrize("findings", ["findings: []\n", "findings:\n", ""])
def test_a_case_without_findings_is_a_case(tmp_path: Path, small: Knowledge, findings: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(f"id: x\n{findings}")
    assert read_case(path, small).findings == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "1:1: the file is empty"),
        ("[]\n", "1:1: a case or a list of cases is needed"),
        ("just text\n", " a case or a list of cases is needed"),
        ("- just text\n", "1:3: 0: a case is needed, not the text 'just text'"),
        ("title: x\n", "1:1: missing field 'id'"),
        ("id: x\nid: y\n", "2:1: duplicate key 'id', first given in line 1"),
    ],
)
def test_what_is_no_case_is_told(tmp_path: Path, small: Knowledge, text: str, fault: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(text)
    with pytest.raises(CaseError) as error:
        read_cases(path, small)
    assert str(error.value) == f"{path}:{fault}"


def test_a_missing_file_is_told(small: Knowledge) -> None:
    with pytest.raises(CaseError, match=r"^nowhere\.yaml: cannot be read: No such file or directory$"):
        read_cases("nowhere.yaml", small)


SEVERAL = """\
- id: a
- id: b
  title: x
  title: y
- id: c
  findings: [{sign: slr, is: maybe}]
- id: a
- id: d
"""


def test_one_faulty_case_does_not_hide_the_others(tmp_path: Path, small: Knowledge) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(SEVERAL)
    answers = read_each(path, small)
    assert [str(answer) if isinstance(answer, CaseError) else answer.id for answer in answers] == [
        "a",
        f"{path}:4:3: duplicate key 'title', first given in line 3",
        f"{path}:6:30: 2.findings.0.is: unknown result 'maybe'; it is one of positive, negative",
        f"{path}:7:7: 3.id: duplicate case 'a', first given in line 1",
        "d",
    ]


def test_the_faults_of_all_cases_are_told_at_once(tmp_path: Path, small: Knowledge) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text(SEVERAL)
    with pytest.raises(CaseError) as error:
        read_cases(path, small)
    assert [fault.line for fault in error.value.faults] == [4, 6, 7]


def test_one_case_is_not_two(tmp_path: Path, small: Knowledge) -> None:
    path = tmp_path / "cases.yaml"
    path.write_text("- id: a\n- id: b\n")
    with pytest.raises(CaseError, match="2 cases; a file with one case is needed"):
        read_case(path, small)


def test_a_thousand_findings_are_read(small: Knowledge) -> None:
    row = {"sensation": "pinprick", "over": ["sole", "heel"], "side": "both", "is": "absent"}
    assert len(case_from_mapping({"id": "x", "findings": [row] * 1000}, small).findings) == 1000
