"""A report says nothing that it does not hold: its text is read back, and every fault planted in it is found."""

from collections.abc import Callable, Iterator
from functools import cache, partial

import pytest

from dermarules.report import Report, localize
from tests.strategies import EXAMPLES
from tests.told.faults import FAULTS, foreign
from tests.told.letter import unheld
from tests.told.why import unheld_why

Reader = Callable[[str], list[str]]
CHOSEN = ("foot_drop_weak_inversion", "both_legs_saddle_numb")


@cache
def report(name: str) -> Report:
    return localize(EXAMPLES / f"{name}.yaml", engine="compiled")


def pages(found: Report) -> Iterator[tuple[str, Reader]]:
    """The text of a report and of its answers to why, each with its reader."""
    yield found.to_text(), partial(unheld, found)
    flags = found.red_flags
    first = [flag.id for of in (flags.raised, flags.open, flags.cleared) for flag in of[:1]]
    for asked in (*(entry.localization for entry in found.differential[:2]), *first):
        yield found.why(asked).to_text(), partial(unheld_why, found, asked=asked)


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.yaml")))
def test_every_line_of_a_shipped_case_is_held(name: str) -> None:
    assert [fault for text, read in pages(report(name)) for fault in read(text)] == []


@pytest.mark.parametrize("kind", FAULTS)
def test_no_planted_fault_is_held(kind: str) -> None:
    planted = 0
    for name in CHOSEN:
        for text, read in pages(report(name)):
            for changed in FAULTS[kind](text, report(name)):
                if changed != text:
                    planted += 1
                    assert read(changed), differing(text, changed)

    assert planted


def differing(text: str, changed: str) -> list[tuple[str, str]]:
    """The lines in which two texts differ."""
    return [pair for pair in zip(text.splitlines(), changed.splitlines(), strict=False) if pair[0] != pair[1]]


@pytest.mark.parametrize("section", ["Why", "What does not fit"])
def test_no_sentence_of_another_case_is_held(section: str) -> None:
    found, other = (report(name) for name in CHOSEN)
    planted = [*foreign(found.to_text(), other.to_text(), section), *foreign(other.to_text(), found.to_text(), section)]

    assert planted
    for changed in planted[: len(planted) // 2 or 1]:
        assert unheld(found, changed) or unheld(other, changed), changed


def test_the_text_of_another_case_is_not_held() -> None:
    found, other = (report(name) for name in CHOSEN)

    assert len(unheld(found, other.to_text())) > 10
    assert len(unheld_why(found, other.why().to_text())) > 10


@pytest.mark.parametrize(
    "added",
    [
        "  The patient is well.",
        "    weak hip flexion (2/5), left  foot_drop_weak_inversion.yaml:9",
        "  Not explained: both legs affected.",
        "  Weak ankle dorsiflexion (3/5), right: core territory of the L5 root.  [dermatomes/L5/consensus]",
        "  A lesion of the spine hurts where it sits.  [rules/sensory_level_cord]",
    ],
)
def test_no_line_that_is_added_is_held(added: str) -> None:
    found = report(CHOSEN[0])
    text = found.to_text()

    for head in ("\nWhy\n", "\nWhat does not fit\n"):
        after_first = text.index("\n", text.index(head) + len(head)) + 1
        assert unheld(found, f"{text[:after_first]}{added}\n{text[after_first:]}")


def test_what_is_no_report_is_not_read() -> None:
    found = report(CHOSEN[0])

    assert unheld(found, "") == ["it has no small print"]
    assert unheld(found, found.to_text().replace("\n  ", "\n     "))
