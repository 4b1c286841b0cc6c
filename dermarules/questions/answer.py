"""The answer to a case: everything that a report shows, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from dermarules.findings import Case
from dermarules.inference.infer import Inference
from dermarules.inference.urgency import urgencies
from dermarules.knowledgebase.base import Knowledge
from dermarules.proof import Claim, Proof
from dermarules.questions.along import ElsewhereAlong, elsewhere_along
from dermarules.questions.ask import Examination, Question, abouts, asked_by, deciding_examinations, open_questions
from dermarules.questions.cells import Ask
from dermarules.questions.differential import Localization, differential
from dermarules.questions.isncsci import Isncsci, isncsci
from dermarules.questions.robustness import FirstAnswer, robustness
from dermarules.questions.settle import Settler
from dermarules.questions.suggestions import Suggestions, suggestions
from dermarules.questions.unknowns import unknowns
from dermarules.vocabulary import Urgency


@dataclass(frozen=True, slots=True)
class Raised:
    """A red flag that is raised: how urgent, what to do, and the claims that it holds."""

    id: str
    urgency: Urgency
    suspects: str
    action: str
    because: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """A red flag that is neither raised nor cleared, and the questions that it waits for."""

    id: str
    urgency: Urgency
    ask: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cleared:
    """A red flag that is false whatever was not asked. It names a rule and never a disease."""

    id: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class RedFlags:
    """The red flags that the case touches, most urgent first."""

    raised: tuple[Raised, ...]
    open: tuple[Open, ...]
    cleared: tuple[Cleared, ...]


class Asked(Protocol):
    """What was asked: an answer, or a report that was read back from its JSON."""

    @property
    def case(self) -> Case: ...
    @property
    def map(self) -> str: ...
    @property
    def knowledge(self) -> Knowledge: ...


@dataclass(frozen=True)
class Answer:
    """What dermarules says of a case. Built by `answer`; every part follows from the inference.

    `engine` is how it was found and no part of what was: answers of two engines are equal.
    """

    case: Case
    map: str
    engine: str = field(compare=False)
    differential: tuple[Localization, ...]
    urgency: Urgency
    urgency_possible: Urgency
    inference: Inference = field(repr=False)
    knowledge: Knowledge = field(repr=False)

    @property
    def proof(self) -> Proof:
        """Every claim that holds, with every way it was proved."""
        return self.inference.proof

    @cached_property
    def _asked(self) -> Mapping[str, tuple[Ask, ...]]:
        return asked_by(self.inference.flags.open, self.settler)

    @cached_property
    def settler(self) -> Settler:
        """What would raise and what would clear each red flag."""
        return Settler(unknowns(self.case, self.knowledge), self.inference.held, self.knowledge)

    @cached_property
    def red_flags(self) -> RedFlags:
        """The red flags that the case touches, most urgent first."""
        flags = self.inference.flags
        return RedFlags(
            tuple(
                Raised(r.flag.id, r.flag.then.urgency, r.flag.then.suspects, r.flag.then.do, r.flag.because, r.claims)
                for r in flags.raised
            ),
            tuple(Open(o.flag.id, o.flag.then.urgency, abouts(self._asked[o.flag.id])) for o in flags.open),
            tuple(Cleared(c.flag.id, c.claims) for c in flags.cleared),
        )

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What open red flags wait for: bladder, bowel, saddle and both legs first."""
        return open_questions(self.inference.flags.open, self._asked, self.knowledge)

    @cached_property
    def deciding(self) -> tuple[Examination, ...]:
        """What was not examined and tells the first answer from its nearest rival, the most telling first."""
        return deciding_examinations(self.inference, self.knowledge)

    @cached_property
    def elsewhere_along(self) -> tuple[ElsewhereAlong, ...]:
        """Other places on the course of the injured nerve, and what speaks against each or would tell."""
        return elsewhere_along(self.inference, self.knowledge, self.map)

    @cached_property
    def robustness(self) -> tuple[FirstAnswer, ...]:
        """The first answer under every dermatome map, and with every plexus variant."""
        return robustness(self.inference, self.knowledge, self.map)

    @property
    def unexplained(self) -> tuple[str, ...]:
        """The findings that the first answer does not explain."""
        return self.differential[0].unexplained

    @cached_property
    def suggestions(self) -> Suggestions:
        """What to consider, to be confirmed by the usual means: conditions and discs, never findings."""
        return suggestions(self.inference, self.differential[0], self.knowledge)

    @cached_property
    def isncsci(self) -> Isncsci:
        """The ISNCSCI key muscles and key points of the case, scored; what was not examined is NT."""
        return isncsci(self.case, self.knowledge)

    @property
    def suspects(self) -> tuple[str, ...]:
        """The conditions to consider: those that go with the first answer, and those that rules bring to mind."""
        return tuple(suggested.condition for suggested in self.suggestions.conditions)


def answer(case: Case, map_id: str, engine: str, inference: Inference, knowledge: Knowledge) -> Answer:
    """The answer that an inference gives."""
    urgency, possible = urgencies(inference.flags, inference.floor)
    return Answer(
        case=case,
        map=map_id,
        engine=engine,
        differential=differential(inference, knowledge.weights.certainty.undecided),
        urgency=urgency,
        urgency_possible=possible,
        inference=inference,
        knowledge=knowledge,
    )
