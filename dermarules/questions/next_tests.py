"""What to ask or examine next: what open red flags wait for first, then the tests that tell most between the answers.

What a test would do is found by doing it: the case is answered again with it abnormal, and with it normal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from dermarules.findings import Finding
from dermarules.inference.sums import GROUP_OF
from dermarules.inference.weigh import Weighing
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import Place, State
from dermarules.questions.answer import Answer
from dermarules.questions.ask import Question
from dermarules.questions.chances import affected_share, noted_share
from dermarules.questions.horizon import Horizon, Model, greedy
from dermarules.questions.many import Gist, gist_of, gists
from dermarules.vocabulary import BOTH_SIDES, Certainty, Group, Kind, Modality, Result, Side, Urgency, Word

# So many hypotheses are told apart, so many tests are listed, and so far ahead is looked.
_HYPOTHESES = 5
_LISTED = 8
_AHEAD = 5
_CENTIBANS = 100
# The segment of the skin for which a patient has to undress.
_INTIMATE = "perineum"
_KINDS = {"skin": Kind.SENSATION, "movement": Kind.POWER, "reflex": Kind.REFLEX}
_LOST = {"skin": Result.REDUCED, "movement": Result.MRC_3, "reflex": Result.REDUCED}
_KEPT = {"skin": Result.NORMAL, "movement": Result.MRC_5, "reflex": Result.NORMAL}


class Effort(Word):
    """What an examination asks of patient and examiner, the least first."""

    TOUCH = "touch"
    RESIST = "resist"
    INTIMATE = "intimate"


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A leading answer, and its probability among them."""

    localization: str
    side: str | None
    probability: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows if a test turns out so: the first answer, how certain, how urgent, and whether that is new."""

    localization: str
    side: str | None
    certainty: Certainty
    urgency: Urgency
    changes_answer: bool
    changes_urgency: bool


@dataclass(frozen=True, slots=True)
class BedsideTest:
    """Something to examine: `bits` is what it is expected to tell between the leading answers."""

    kind: Kind
    name: str
    side: Side
    bits: float
    chance_abnormal: float
    effort: Effort
    abnormal: Outcome
    normal: Outcome


class Stop(Word):
    """Whether to go on: what was shown of that which was not examined, never more."""

    GO_ON = "go_on"
    NO_SINGLE_TEST = "no_single_test"
    NOTHING_LEFT = "nothing_left"


@dataclass(frozen=True, slots=True)
class NextTests:
    """What to ask and examine next, and whether it could still change the first answer or the urgency.

    `untold` red flags more urgent than the case were neither cleared nor asked for: stopping says nothing of them.
    """

    questions: tuple[Question, ...]
    hypotheses: tuple[Hypothesis, ...]
    tests: tuple[BedsideTest, ...]
    further: int
    horizon: Horizon
    ahead: int
    stop: Stop
    untold: int

    @property
    def is_settled(self) -> bool:
        """True if no single examination or question could change the first answer or the urgency."""
        return self.stop is not Stop.GO_ON


@dataclass(frozen=True, slots=True)
class _Trial:
    """A place on a side that can be examined."""

    place: Place
    side: Side

    def finding(self, results: dict[str, Result]) -> Finding:
        """A row of the case in which it was examined."""
        kind, name = self.place
        if kind == "skin":
            return Finding(Kind.SENSATION, Modality.PINPRICK.value, (self.side,), results[kind], (name,))
        return Finding(_KINDS[kind], name, (self.side,), results[kind])


def next_tests(answer: Answer) -> NextTests:
    """What to ask and examine next, the most telling first; of tests that tell as much, the easier."""
    leading = _leading(answer)
    trials = tuple(_trials(answer))
    model, weights = _model(leading, trials, answer)
    bits = [model.bits(weights, number) for number in range(len(trials))]
    order = sorted(range(len(trials)), key=lambda n: (-round(bits[n], 3), _effort(trials[n], answer.knowledge).rank, n))
    now = gist_of(answer.inference)
    listed = order[:_LISTED]
    tests = tuple(
        _test(trials[n], bits[n], sum(model.outcomes(weights, n)[0]), pair, answer)
        for n, pair in zip(listed, _pairs([trials[n] for n in listed], now, answer), strict=True)
    )
    seen = Model(model.of, tuple(model.chances[n] for n in order[: 2 * _LISTED]), model.lead)
    return NextTests(
        questions=answer.questions,
        hypotheses=tuple(
            Hypothesis(w.candidate.localization, w.candidate.told_side(w.side), p)
            for w, p in zip(leading, model.by_hypothesis(weights), strict=True)
        ),
        tests=tests,
        further=len(order) - len(listed),
        horizon=greedy(seen, weights, _AHEAD),
        ahead=_AHEAD,
        stop=_stop(tests, [trials[n] for n in order[_LISTED:]], now, answer),
        untold=_untold(answer),
    )


def _leading(answer: Answer) -> tuple[Weighing, ...]:
    """The first answers: those that could be meant with a probability worth a test."""
    return tuple(place.weighing for place in answer.inference.ranked[:_HYPOTHESES])


def _trials(answer: Answer) -> Iterator[_Trial]:
    """What can be examined at the bedside and was not, on the sides that the answers are about and their opposites."""
    knowledge = answer.knowledge
    done = {(o.place, o.side) for o in answer.inference.observations if o.state in (State.DEFICIT, State.NORMAL)}
    places: list[tuple[Place, bool]] = [(("skin", region), True) for region in knowledge.regions]
    places += [(("movement", m.id), m.lateral) for m in knowledge.movements.values() if m.bedside]
    places += [(("reflex", r.id), r.lateral) for r in knowledge.reflexes.values() if not r.results]
    for place, is_lateral in places:
        for side in BOTH_SIDES if is_lateral else (Side.NONE,):
            if (place, side) not in done and (place, Side.NONE) not in done:
                yield _Trial(place, side)


def _model(leading: Sequence[Weighing], trials: Sequence[_Trial], answer: Answer) -> tuple[Model, tuple[float, ...]]:
    """The leading answers as hypotheses, each with and without its groups abnormal; what was found is taken in."""
    knowledge = answer.knowledge
    odds = [10 ** ((w.total - leading[0].total) / _CENTIBANS) for w in leading]
    of: list[int] = []
    weights: list[float] = []
    rows: list[tuple[float, ...]] = []
    groups = (Group.SENSORY, Group.MOTOR, Group.REFLEX)
    for number, weighing in enumerate(leading):
        shares = [_affected(weighing, group, answer) for group in groups]
        seen = [_noted(weighing, trial, knowledge) for trial in trials]
        for shown in product((True, False), repeat=len(groups)):
            weight = prod(share if is_shown else 1 - share for share, is_shown in zip(shares, shown, strict=True))
            if weight > 0:
                abnormal = dict(zip(groups, shown, strict=True))
                of.append(number)
                weights.append(odds[number] / sum(odds) * weight)
                rows.append(
                    tuple(p if abnormal[GROUP_OF[t.place[0]]] else 0.0 for p, t in zip(seen, trials, strict=True))
                )
    lead = 10 ** (knowledge.weights.certainty.undecided / _CENTIBANS)
    return Model(tuple(of), tuple(zip(*rows, strict=True)), lead), tuple(weights)


def _affected(weighing: Weighing, group: Group, answer: Answer) -> float:
    """How probable it is that a lesion shows in a group: surely if something of it was lost, less if it was spared."""
    share = max(affected_share(answer.knowledge, lesion.klass, group) for lesion, _ in weighing.candidate.lesions)
    spared = 1.0
    for o in answer.inference.observations:
        if GROUP_OF[o.place[0]] is not group or o.state not in (State.DEFICIT, State.NORMAL):
            continue
        chance = _noted(weighing, _Trial(o.place, o.side), answer.knowledge) if o.place[0] != "muscle" else 0.0
        if o.state is State.DEFICIT and chance > 0:
            return 1.0
        spared *= 1 - chance
    return share * spared / (share * spared + 1 - share)


def _noted(weighing: Weighing, trial: _Trial, knowledge: Knowledge) -> float:
    """How often a lesion is noted at a place, of the sides that it takes."""
    hit = (
        candidate
        for candidate, side in weighing.candidate.lesions
        if candidate.is_bilateral or trial.side in (side if weighing.candidate.parts else weighing.side, Side.UNKNOWN)
    )
    return max((noted_share(knowledge, candidate, trial.place) for candidate in hit), default=0.0)


def _effort(trial: _Trial, knowledge: Knowledge) -> Effort:
    kind, name = trial.place
    if trial.side is Side.NONE or (kind == "skin" and knowledge.regions[name].segment == _INTIMATE):
        return Effort.INTIMATE
    return Effort.RESIST if kind == "movement" else Effort.TOUCH


def _pairs(trials: Sequence[_Trial], now: Gist, answer: Answer) -> Iterator[tuple[Outcome, Outcome]]:
    """What follows from each trial if it is abnormal and if it is normal, by answering the case with it."""
    rows = [(trial.finding(_LOST), trial.finding(_KEPT)) for trial in trials]
    cases = [answer.case.with_findings((*answer.case.findings, row)) for pair in rows for row in pair]
    told = gists(cases, answer)
    return ((_outcome(lost, now), _outcome(kept, now)) for lost, kept in zip(told, told, strict=True))


def _outcome(found: Gist, now: Gist) -> Outcome:
    return Outcome(
        found.localization,
        found.side,
        found.certainty,
        found.urgency,
        (found.localization, found.side) != (now.localization, now.side),
        found.urgency is not now.urgency,
    )


def _test(trial: _Trial, bits: float, chance: float, outcomes: tuple[Outcome, Outcome], answer: Answer) -> BedsideTest:
    kind, name = trial.place
    effort = _effort(trial, answer.knowledge)
    return BedsideTest(_KINDS[kind], name, trial.side, round(bits, 3), round(chance, 3), effort, *outcomes)


def _stop(tests: Sequence[BedsideTest], others: Sequence[_Trial], now: Gist, answer: Answer) -> Stop:
    """Whether one more examination, or an answer that an open red flag waits for, can change anything."""
    if any(flag.urgency.rank < answer.urgency.rank for flag in answer.red_flags.open):
        return Stop.GO_ON
    if any(_is_new(outcome) for test in tests for outcome in (test.abnormal, test.normal)):
        return Stop.GO_ON
    if any(_is_new(outcome) for pair in _pairs(others, now, answer) for outcome in pair):
        return Stop.GO_ON
    return Stop.NO_SINGLE_TEST if tests or _untold(answer) else Stop.NOTHING_LEFT


def _is_new(outcome: Outcome) -> bool:
    return outcome.changes_answer or outcome.changes_urgency


def _untold(answer: Answer) -> int:
    """How many red flags more urgent than the case are neither raised nor cleared nor asked for."""
    flags = answer.inference.flags
    asked = {waiting.flag.id for waiting in flags.open} | {raised.flag.id for raised in flags.raised}
    return sum(
        flag.then.urgency.rank < answer.urgency.rank
        and flag.id not in asked
        and answer.settler.raising(flag.id) is not None
        for flag in answer.knowledge.red_flags.values()
    )
