"""The report: the one object that a caller holds, and the one function that makes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from os import PathLike
from typing import Any

from dermarules.findings import Case
from dermarules.inference.infer import ENGINES, infer
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.knowledgebase.case_values import case_values, numbered
from dermarules.knowledgebase.cases import case_from_mapping, read_case
from dermarules.knowledgebase.given_rows import GivenRows, Rows, read_changes
from dermarules.knowledgebase.json_text import read_values
from dermarules.knowledgebase.languages import ENGLISH
from dermarules.knowledgebase.languages import language as read
from dermarules.questions.answer import Answer, answer
from dermarules.questions.clearance import Clearance, clearance
from dermarules.questions.contrast import Contrast, contrast
from dermarules.questions.dissent import Dissent, dissent
from dermarules.questions.fragility import Fragility, fragility
from dermarules.questions.next_tests import NextTests, next_tests
from dermarules.questions.what_if import WhatIf, what_if
from dermarules.questions.why import Why, why
from dermarules.questions.why_not import WhyNot, why_not
from dermarules.render.capsule import capsule_values
from dermarules.render.clearance import clearance_page
from dermarules.render.contrast import contrast_page
from dermarules.render.dissent import dissent_page
from dermarules.render.fragility import fragility_page
from dermarules.render.html import to_html
from dermarules.render.json import canonical, proven_values, to_json
from dermarules.render.markdown import to_markdown
from dermarules.render.next_tests import next_tests_page
from dermarules.render.replay import replay_page
from dermarules.render.terminal import to_rich
from dermarules.render.text import to_text
from dermarules.render.verbosity import verbosity_of
from dermarules.render.voice import Voice
from dermarules.render.what_if import what_if_page
from dermarules.render.why import why_page
from dermarules.render.why_not import why_not_page
from dermarules.replay.capsule import Capsule, is_capsule, opened, replay_capsule
from dermarules.replay.verdict import Verdict, observed, replay
from dermarules.replay.written import written
from dermarules.reply import Reply


@dataclass(frozen=True)
class Report(Answer):
    """What dermarules says of a case, and why. Values are frozen; every sentence printed rests on the proof."""

    def why(self, claim: str | None = None) -> Reply[Why]:
        """Why a localization (`"root L5"`) or a red flag is said; by default the first localization.

        ValueError for anything of which the report says nothing, with what can be asked.
        """
        return Reply("why", why(self, claim), self, why_page)

    def contrast(self, first: str, second: str) -> Reply[Contrast]:
        """What speaks for one localization and not for another, and the fewest changes of findings that turn them.

        ValueError if one of them names no localization, or if nothing that was found speaks for either.
        """
        return Reply("contrast", contrast(self, first, second), self, contrast_page)

    def what_if(self, add: Rows = (), change: Rows = (), remove: Rows = ()) -> Reply[WhatIf]:
        """What other rows would change: order, weights, certainty, urgency and red flags, with the reasons.

        A row is a mapping in the case format, or such a mapping as JSON or YAML text. Rows of `change` replace what was
        found of the same thing at the same place and side; rows of `remove` may leave out `is`, and what they name is
        not known any more. Raises `CaseError` with every fault of every row.
        """
        value, after = what_if(self, read_changes(self.case, GivenRows(add, change, remove), self.knowledge))
        return Reply("what-if", value, self, partial(what_if_page, after))

    def why_not(self, claim: str) -> Reply[WhyNot]:
        """Why a localization is not first, or what a red flag or a rule lacks to hold, the nearest miss first.

        `claim` is a localization with or without side (`"root L5, left"`), a red flag or a rule. ValueError for any
        other, with the nearest name.
        """
        return Reply("why-not", why_not(self, claim), self, why_not_page)

    def clearance(self) -> Reply[Clearance]:
        """Which red flags are raised, open and cleared, and the fewest questions that would settle each open one."""
        return Reply("clearance", clearance(self), self, clearance_page)

    def next_tests(self) -> Reply[NextTests]:
        """What to ask and examine next, what each outcome would do, and whether anything can still change."""
        return Reply("next", next_tests(self), self, next_tests_page)

    def dissent(self) -> Reply[Dissent]:
        """The first answer under each map and plexus, and the facts and citations whose loss or exchange turns it."""
        return Reply("dissent", dissent(self), self, dissent_page)

    def fragility(self) -> Reply[Fragility]:
        """Which single finding, if wrong by one step, changes the first answer or the urgency; each error is run."""
        return Reply("fragility", fragility(self), self, fragility_page)

    def replay(self) -> Reply[Verdict]:
        """Whether every step of this report follows a second time, without an engine, and what was checked."""
        return Reply("replay", replay(written(proven_values(self)), self.knowledge), self, replay_page)

    def to_text(self, language: str = ENGLISH, verbosity: str = "full") -> str:
        """The report as plain text, emergencies first. `verbosity` is short (how urgent, where), medium or full."""
        return to_text(self, _voice(self, language), verbosity_of(verbosity))

    def to_json(self, indent: int | None = 2, *, capsule: bool = False, with_knowledge: bool = False) -> str:
        """The report as canonical JSON, schema `dermarules.report/1`.

        A `capsule`, schema `dermarules.capsule/1`, holds beside it the case and which knowledge it was made with; with
        its files too (`with_knowledge`) it can be run again without an installation that has the same. Raises
        `CaseError` if the case has faults, as one made in Python may.
        """
        if with_knowledge and not capsule:
            raise ValueError("with_knowledge says what a capsule holds, and none is asked for: give capsule=True")
        if not capsule:
            return to_json(self, indent)
        # Where its findings are written differs from file to file: in a capsule a finding has a number.
        case = numbered(case_from_mapping(case_values(self.case), self.knowledge))
        sealed = localize(case, knowledge=self.knowledge, map=self.map, engine=self.engine)
        return canonical(capsule_values(sealed, with_knowledge=with_knowledge), indent)

    def to_markdown(self, language: str = ENGLISH, verbosity: str = "full") -> str:
        """The report as Markdown."""
        return to_markdown(self, _voice(self, language), verbosity_of(verbosity))

    def to_html(self, language: str = ENGLISH, verbosity: str = "full") -> str:
        """The report as a self-contained block of HTML."""
        return to_html(self, _voice(self, language), verbosity_of(verbosity))

    def to_rich(self, language: str = ENGLISH, verbosity: str = "full") -> Any:
        """The report as a rich renderable, for a terminal."""
        return to_rich(self, _voice(self, language), verbosity_of(verbosity))

    def __str__(self) -> str:
        return self.to_text()

    def __rich__(self) -> Any:
        return self.to_rich()

    def _repr_html_(self) -> str:
        return self.to_html()


def _voice(report: Report, name: str) -> Voice:
    return Voice(report.knowledge, read(name))


def localize(
    case: "Case | Mapping[str, Any] | str | PathLike[str]",
    *,
    knowledge: Knowledge | None = None,
    map: str = "consensus",
    engine: str = "experta",
) -> Report:
    """Localize the lesion and raise red flags, with a proof for each.

    `case` is a path to a YAML file with one case, a mapping in the case format, or a `Case`. Raises `CaseError` if the
    case has faults, `KnowledgeError` if the knowledge base has, and `ValueError` for an unknown map or engine.
    """
    base = default_knowledge() if knowledge is None else knowledge
    if map not in base.maps:
        raise ValueError(f"unknown map {map!r}: choose from {', '.join(base.maps)}")
    if engine not in ENGINES:
        raise ValueError(f"unknown engine {engine!r}: choose from {', '.join(ENGINES)}")
    match case:
        case Case():
            read = case
        case Mapping():
            read = case_from_mapping(case, base)
        case _:
            read = read_case(case, base)
    found = answer(read, map, engine, infer(read, base, map, ENGINES[engine]), base)
    return Report(**{name: getattr(found, name) for name in Answer.__dataclass_fields__})


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report that was read back from its JSON: of which case, by which map, and the knowledge that it is held to."""

    case: Case
    map: str
    knowledge: Knowledge


def replay_report(
    report: "Mapping[str, Any] | str | PathLike[str]", *, knowledge: Knowledge | None = None
) -> Reply[Verdict]:
    """Whether every step of a report follows a second time from its own findings and the knowledge, without an engine.

    `report` is a path to a JSON file of a report or capsule, or the values in it; the report of a capsule must be of
    the case in it, and is checked with the knowledge in it if there is any. Raises `ReportError` if it has not the form
    of a report; whatever in it does not hold is a flaw of the verdict.
    """
    told = read_values(report, lambda values: opened(values, knowledge) if is_capsule(values) else written(values))
    if isinstance(told, Capsule):
        asked = ReadReport(told.case, told.map, told.knowledge)
        return Reply("replay", replay_capsule(told), asked, replay_page)
    base = default_knowledge() if knowledge is None else knowledge
    findings, _ = observed(told.proof, base)
    asked = ReadReport(Case(told.case, tuple(findings)), told.map, base)
    return Reply("replay", replay(told, base), asked, replay_page)
