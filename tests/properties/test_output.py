"""The same case gives the same bytes: in any order, in any process, in any thread, from files in any order."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dermarules.audit.rerun import rerun
from dermarules.findings import Case
from dermarules.knowledgebase.base import Knowledge, load_knowledge
from dermarules.report import localize
from tests.conftest import CHECKOUT
from tests.strategies import cases, shipped_cases

# Every kind of answer: a root, a nerve, a plexus, both legs, the cord, an emergency, nothing neurological.
CHOSEN = (
    "foot_drop_l5_root",
    "flail_foot_hip_abduction_weak",
    "both_legs_saddle_numb",
    "stiff_foot_drop_trunk_level",
    "walking_pain_eased_by_standing",
    "article_numbness_days",
)
PRINT = """
import sys
from dermarules import localize
for name in sys.argv[1:]:
    report = localize(name)
    print(report.to_json(), report.to_text(), report.to_markdown(), report.why(), sep="\\n")
ASKED = ("root L4", "root L5, right", "cauda_equina", "cord_partial_acute", "rule other_leg_spared")
report = localize(sys.argv[1])
first = [{"history": "fever", "is": "present"}, {"history": "urinary_retention", "is": "present"}]
replies = (report.clearance(), report.next_tests(), report.fragility(), report.dissent(), report.what_if(add=first))
for reply in (*replies, report.contrast("root L5", "root L4"), *map(report.why_not, ASKED)):
    print(reply.to_json(), reply.to_text(), reply.to_html("de"), sep="\\n")
"""


@given(case=cases(min_size=2), draw=st.data())
def test_order_of_findings_changes_no_byte_of_the_json(case: Case, draw: st.DataObject) -> None:
    shuffled = case.with_findings(draw.draw(st.permutations(case.findings)))

    assert localize(shuffled).to_json() == localize(case).to_json()


@given(case=cases(min_size=2), draw=st.data())
def test_order_of_findings_changes_no_byte_of_the_capsule(case: Case, draw: st.DataObject) -> None:
    shuffled = case.with_findings(draw.draw(st.permutations(case.findings)))

    assert localize(shuffled, engine="compiled").to_json(capsule=True) == localize(case).to_json(capsule=True)


@given(case=cases())
@settings(max_examples=10)
def test_a_capsule_run_again_gives_what_is_in_it(case: Case) -> None:
    answered = rerun(json.loads(localize(case, engine="compiled").to_json(capsule=True))).value

    assert answered.differences == ()
    assert answered.holds


@given(case=cases())
@settings(max_examples=10)
def test_same_case_twice_gives_the_same_text(case: Case) -> None:
    first, second = localize(case), localize(case)

    assert first.to_text() == second.to_text()
    assert first.to_markdown() == second.to_markdown()


def printed(seed: str) -> bytes:
    """What a process with this hash seed prints of the chosen cases."""
    files = [f"examples/cases/{name}.yaml" for name in CHOSEN]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", PRINT, *files]
    ran = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    return ran.stdout


def test_hash_seed_changes_no_byte() -> None:
    first, second, third = (printed(seed) for seed in ("0", "1", "4711"))

    assert b'"schema": "dermarules.report/1"' in first
    assert second == first
    assert third == first


SEAL = """
import random, sys
from dermarules import localize, read_cases
(case,) = read_cases(sys.argv[1])
rows = list(case.findings)
random.Random(sys.argv[2]).shuffle(rows)
print(localize(case.with_findings(rows)).to_json(capsule=True, with_knowledge=True))
"""


def sealed(name: str, seed: str) -> bytes:
    """The capsule that a process with this hash seed makes of the findings of a case, shuffled by it."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", SEAL, f"examples/cases/{name}.yaml", seed]
    ran = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    return ran.stdout


@pytest.mark.parametrize("name", ["foot_drop_l5_root", "both_legs_saddle_numb"])
def test_hash_seed_and_order_of_findings_change_no_byte_of_a_capsule(name: str) -> None:
    first, second, third = (sealed(name, seed) for seed in ("0", "1", "4711"))

    assert b'"schema": "dermarules.capsule/1"' in first
    assert second == first
    assert third == first


@pytest.fixture
def files_backwards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders list their files in the reverse of the order that they otherwise would."""
    listed = Path.rglob

    def backwards(folder: Path, pattern: str) -> Iterator[Path]:
        return iter(sorted(listed(folder, pattern), reverse=True))

    monkeypatch.setattr(Path, "rglob", backwards)


@pytest.mark.usefixtures("files_backwards")
def test_order_of_knowledge_files_changes_neither_digest_nor_answer(knowledge: Knowledge) -> None:
    again = load_knowledge(CHECKOUT / "knowledge")
    chosen = [case for case in shipped_cases() if case.id in CHOSEN]

    assert again is not knowledge
    assert again.digest == knowledge.digest
    assert list(again.rules) == list(knowledge.rules)
    assert [localize(case, knowledge=again).to_json() for case in chosen] == [
        localize(case).to_json() for case in chosen
    ]


def test_threads_answer_as_one_after_the_other() -> None:
    work = list(shipped_cases()[::6]) * 3
    one_by_one = [localize(case).to_json() for case in shipped_cases()[::6]] * 3

    with ThreadPoolExecutor(max_workers=8) as threads:
        together = list(threads.map(lambda case: localize(case).to_json(), work))

    assert together == one_by_one
