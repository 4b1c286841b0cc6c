"""What is checked of every case of a soak. One check more is one function and one line of `CHECKS`."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import prod
from random import Random

from dermarules.findings import Case
from dermarules.knowledgebase.base import default_knowledge
from dermarules.questions.contrast import contrast
from dermarules.report import Report, localize, replay_report
from tests.every_completion import is_raised_by_some, open_cells
from tests.soak.cases import random_case
from tests.soak.tampering import FAULTS as TAMPERING
from tests.told.faults import FAULTS as PLANTED
from tests.told.letter import unheld
from tests.told.why import unheld_why
from tests.turned import check as holds
from tests.turned import names

_MOST_CELLS, _MOST_COMPLETIONS = 14, 2000
_FLAGS, _SWAPS = 2, 2
# Sets of several lesions are run in full: a case of so many findings at most is searched.
_MOST_FINDINGS = 12


@dataclass(frozen=True)
class Drawn:
    """A case by its number among those of a seed, with its report."""

    seed: int
    number: int

    def random(self, of: str) -> Random:
        """The chance that one check draws from: the same whether it is made alone or among others."""
        return Random(f"{self.seed} {self.number} {of}")

    @cached_property
    def case(self) -> Case:
        return random_case(self.seed, self.number)

    @cached_property
    def report(self) -> Report:
        return localize(self.case, engine="compiled")

    @cached_property
    def json(self) -> str:
        return self.report.to_json()

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """What why is asked about: two localizations, and a red flag of each state."""
        flags, places, random = self.report.red_flags, names(self.report), self.random("asked")
        states = [[flag.id for flag in of] for of in (flags.raised, flags.open, flags.cleared)]
        return (places[0], random.choice(places), *(random.choice(of) for of in states if of))


# What does not hold of a case. What cannot be checked of it yields NotPossibleError.
Found = Iterator[str]


class NotPossibleError(Exception):
    """A check that says nothing of a case: too many completions, or nothing there that could be changed."""


def replays(drawn: Drawn) -> Found:
    """Every step follows a second time, without the engine."""
    yield from (str(flaw) for flaw in drawn.report.replay().value.flaws)


def replays_from_json(drawn: Drawn) -> Found:
    """Every step follows from the JSON alone."""
    yield from (str(flaw) for flaw in replay_report(json.loads(drawn.json)).value.flaws)


def tampering_is_found(drawn: Drawn) -> Found:
    """A report with one thing changed does not replay."""
    values, random = json.loads(drawn.json), drawn.random("tampering")
    name = random.choice(list(TAMPERING))
    if not TAMPERING[name](values, random):
        raise NotPossibleError
    if replay_report(values).value.is_sound:
        yield f"another {name} is not found"


@cache
def _small() -> tuple[str, ...]:
    """The red flags that read few cells."""
    nothing = localize(Case("", ()), engine="compiled")
    flags = default_knowledge().red_flags
    return tuple(flag for flag in flags if len(open_cells(nothing, flag)) <= _MOST_CELLS)


def clearance_is_that_of_every_completion(drawn: Drawn) -> Found:
    """A red flag can be raised if and only if some completion of what is unknown raises it."""
    report, is_possible = drawn.report, False
    touched = {*(flag.id for flag in report.red_flags.open), *(flag.id for flag in report.red_flags.cleared)}
    raised = {flag.flag.id for flag in report.inference.flags.raised}
    left = [flag for flag in _small() if flag not in raised]
    drawn.random("flags").shuffle(left)
    left.sort(key=lambda flag: flag not in touched)
    for flag in left[:_FLAGS]:
        cells = open_cells(report, flag)
        if prod(map(len, cells.values())) <= _MOST_COMPLETIONS:
            is_possible = True
            if (report.settler.raising(flag) is not None) is not is_raised_by_some(report, flag, cells):
                yield f"{flag} can be raised, or cannot, and brute force says otherwise"
    if not is_possible:
        raise NotPossibleError


def text_is_held(drawn: Drawn) -> Found:
    """The text of the report, and of its answers to why, read back: its proof holds every line."""
    yield from unheld(drawn.report, drawn.report.to_text())
    for asked in drawn.asked:
        told = unheld_why(drawn.report, drawn.report.why(asked).to_text(), asked)
        yield from (f"why {asked}: {fault}" for fault in told)


def planted_text_is_not_held(drawn: Drawn) -> Found:
    """A text with one thing changed is not held."""
    report, random = drawn.report, drawn.random("planted")
    asked = random.choice((None, *drawn.asked))
    text = report.to_text() if asked is None else report.why(asked).to_text()
    by_kind = [[each for each in plant(text, report) if each != text] for plant in PLANTED.values()]
    changed = random.choice(random.choice([planted for planted in by_kind if planted]))
    if not (unheld(report, changed) if asked is None else unheld_why(report, changed, asked)):
        lines = zip(text.splitlines(), changed.splitlines(), strict=False)
        yield f"of {asked or 'the report'} it passes: {next(line for old, line in lines if line != old)!r}"


def order_changes_no_byte(drawn: Drawn) -> Found:
    """The other engine says the same of the findings in another order, to the byte."""
    findings = list(drawn.case.findings)
    drawn.random("order").shuffle(findings)
    if localize(drawn.case.with_findings(findings), engine="experta").to_json() != drawn.json:
        yield "in another order, by the other engine, the JSON is another one"


def contrast_is_minimal(drawn: Drawn) -> Found:
    """Each set of changes that is said to turn two localizations does, and needs each of its parts."""
    report, (one, *others) = drawn.report, names(drawn.report)
    if not others or len(drawn.case.findings) > _MOST_FINDINGS:
        raise NotPossibleError
    other = others[0]
    (place, _, side), (place_of_other, _, side_of_other) = one.partition(", "), other.partition(", ")
    if place == place_of_other and not (side and side_of_other):
        raise NotPossibleError
    told = contrast(report, one, other)
    # Several lesions on sides that have no one name are reached by the place alone only if they stand highest.
    if (told.first.side or "", told.second.side or "") != (side, side_of_other):
        raise NotPossibleError
    for swap in told.search.swaps[:_SWAPS]:
        try:
            holds(report, one, other, swap)
        except AssertionError as fault:
            yield f"{one} or {other}: {fault}"


@dataclass(frozen=True)
class Check:
    """A check, and in how many cases of a sample it is made once: those that take long are made sparsely."""

    run: Callable[[Drawn], Found]
    every: int = 1

    @property
    def name(self) -> str:
        return self.run.__name__.replace("_", " ")


CHECKS: Sequence[Check] = (
    Check(replays, every=2),
    Check(replays_from_json, every=6),
    Check(tampering_is_found, every=6),
    Check(clearance_is_that_of_every_completion, every=6),
    Check(text_is_held),
    Check(planted_text_is_not_held),
    Check(order_changes_no_byte, every=6),
    Check(contrast_is_minimal, every=20),
)
