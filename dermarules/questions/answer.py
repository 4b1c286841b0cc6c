"""The answer to a case: everything that a report shows, as values."""

from dataclasses import dataclass, field

from dermarules.findings import Case
from dermarules.inference.infer import Inference
from dermarules.inference.program import LeafQuestion
from dermarules.inference.urgency import OpenFlag, highest
from dermarules.knowledgebase.base import Knowledge
from dermarules.proof import Claim, Proof
from dermarules.questions.ask import Examination, Question, deciding_examinations, open_questions
from dermarules.questions.differential import Localization, differential
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


@dataclass(frozen=True)
class Answer:
    """What dermarules says of a case. Built by `answer`; every part follows from the inference."""

    case: Case
    map: str
    engine: str
    differential: tuple[Localization, ...]
    urgency: Urgency
    urgency_possible: Urgency
    red_flags: RedFlags
    questions: tuple[Question, ...]
    deciding: tuple[Examination, ...]
    inference: Inference = field(repr=False)
    knowledge: Knowledge = field(repr=False)

    @property
    def proof(self) -> Proof:
        """Every claim that holds, with every way it was proved."""
        return self.inference.proof

    @property
    def unexplained(self) -> tuple[str, ...]:
        """The findings that the first answer does not explain."""
        return self.differential[0].unexplained

    @property
    def suspects(self) -> tuple[str, ...]:
        """Conditions that rules bring to mind, and those that go with the first answer if it is a wide one."""
        wide = self.inference.ranked[0].weighing.candidate.wide
        named = (condition for condition, _ in self.inference.suspected)
        return tuple(dict.fromkeys((*(wide.suspects if wide else ()), *named)))


def answer(case: Case, map_id: str, engine: str, inference: Inference, knowledge: Knowledge) -> Answer:
    """The answer that an inference gives."""
    flags = inference.flags
    raised = [r.flag.then.urgency for r in flags.raised]
    floor = [inference.floor.urgency] if inference.floor else []
    urgency = highest([*raised, *floor])
    possible = [o.flag.then.urgency for o in flags.open]
    return Answer(
        case=case,
        map=map_id,
        engine=engine,
        differential=differential(inference, knowledge.weights.certainty.undecided),
        urgency=urgency,
        urgency_possible=highest([urgency, *possible]),
        red_flags=RedFlags(
            tuple(
                Raised(r.flag.id, r.flag.then.urgency, r.flag.then.suspects, r.flag.then.do, r.flag.because, r.claims)
                for r in flags.raised
            ),
            tuple(_open(o, knowledge) for o in flags.open),
            tuple(Cleared(c.flag.id, c.claims) for c in flags.cleared),
        ),
        questions=open_questions(flags.open, knowledge),
        deciding=deciding_examinations(inference, knowledge),
        inference=inference,
        knowledge=knowledge,
    )


def _open(flag: OpenFlag, knowledge: Knowledge) -> Open:
    asked = tuple(question.about for question in open_questions([flag], knowledge))
    return Open(flag.flag.id, flag.flag.then.urgency, asked or tuple(_about(q) for q in flag.missing))


def _about(question: LeafQuestion) -> str:
    return question.true.subject
