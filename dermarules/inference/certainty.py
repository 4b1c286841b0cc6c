"""How certain the first answer is: whether it leads, and whether what was examined tells it from its rivals."""

from collections.abc import Iterator, Sequence

from dermarules.inference.candidates import Candidate
from dermarules.inference.evidence import Evidence, are_nested
from dermarules.inference.observations import Observation
from dermarules.inference.rank import NOTHING, Ranked
from dermarules.inference.weigh import Weighing
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import State
from dermarules.vocabulary import CONSTANT, Certainty, Strength, TermKind, Tier, Word


class Doubt(Word):
    """Why an answer is not clear: what leaves it undecided, then what makes it no more than leaning."""

    UNEXAMINED = "unexamined"
    CLOSE = "close"
    FITS_WORSE = "fits_worse"
    PARTIAL = "partial"
    TWIN = "twin"
    NO_PLACE = "no_place"
    WEAK = "weak"
    NEAR = "near"
    COMPOUND = "compound"
    UNMARKED = "unmarked"
    OPPOSED = "opposed"
    UNTOLD = "untold"


_UNDECIDING = frozenset({Doubt.UNEXAMINED, Doubt.CLOSE, Doubt.FITS_WORSE, Doubt.PARTIAL, Doubt.TWIN})


def certainty(ranked: Sequence[Ranked], evidence: Evidence, knowledge: Knowledge) -> tuple[Certainty, Weighing | None]:
    """How far the first answer stands apart, and the rival that it is measured against."""
    rivals = unrelated(ranked)
    gravest = next(_doubts(ranked, rivals, evidence, knowledge), None)
    return _in_doubt(gravest), rivals[0] if rivals else None


def _in_doubt(gravest: Doubt | None) -> Certainty:
    if gravest is None:
        return Certainty.CLEAR
    return Certainty.UNDECIDED if gravest in _UNDECIDING else Certainty.LEANING


def doubts(ranked: Sequence[Ranked], evidence: Evidence, knowledge: Knowledge) -> tuple[Doubt, ...]:
    """Why the first answer is not clear, what leaves it undecided first; nothing if it is clear."""
    return tuple(_doubts(ranked, unrelated(ranked), evidence, knowledge))


def _doubts(
    ranked: Sequence[Ranked], rivals: Sequence[Weighing], evidence: Evidence, knowledge: Knowledge
) -> Iterator[Doubt]:
    """Every doubt, one by one: who wants to know the gravest asks for no other."""
    limits = knowledge.weights.certainty
    first = ranked[0].weighing
    if first.candidate.localization == NOTHING:
        if all(o.state is not State.NORMAL for o in evidence.observations):
            yield Doubt.UNEXAMINED
        yield Doubt.NO_PLACE
        return
    margin = first.total - max(other.total for other in rivals) if rivals else limits.margin
    if margin < limits.undecided:
        yield Doubt.CLOSE
    if _fits_worse(first, ranked, rivals, limits.undecided):
        yield Doubt.FITS_WORSE
    if _hides_a_smaller(first, ranked, evidence):
        yield Doubt.PARTIAL
    if _has_a_twin(first, ranked):
        yield Doubt.TWIN
    if first.total < limits.minimum:
        yield Doubt.WEAK
    if limits.undecided <= margin < limits.margin:
        yield Doubt.NEAR
    if _is_compound(first):
        yield Doubt.COMPOUND
    if not _is_characteristic(first, knowledge):
        yield Doubt.UNMARKED
    if _is_opposed(first, knowledge):
        yield Doubt.OPPOSED
    if not all(is_told_from(first, other, evidence) for other in _competing(first, rivals, knowledge)):
        yield Doubt.UNTOLD


def unrelated(ranked: Sequence[Ranked]) -> list[Weighing]:
    """The rivals of the first answer that neither contain it nor lie within it.

    Several lesions must be told from fewer of them as well: whether the last one is there at all is the question.
    """
    first = ranked[0].weighing.candidate
    others = (r.weighing for r in ranked[1:])
    return [w for w in others if not are_nested(first, w.candidate) or _structures(w.candidate) < _structures(first)]


def _structures(candidate: Candidate) -> set[str]:
    return {lesion.localization for lesion, _ in candidate.lesions}


def _competing(first: Weighing, rivals: Sequence[Weighing], knowledge: Knowledge) -> list[Weighing]:
    """The rivals that the first must be told from: the best, and each that would suffice for an answer by itself.

    A wide site whose pattern was not shown must suffice all the same, and come near if the pattern were shown.
    """
    weights = knowledge.weights
    minimum, margin = weights.certainty.minimum, weights.certainty.margin
    best = max((rival.total for rival in rivals if rival.has_entered), default=0)
    shown = min(minimum, best - weights.tie)
    not_shown = max(minimum, first.total - margin + weights.entry_missing)
    return [rival for rival in rivals if rival.total >= (shown if rival.has_entered else not_shown)]


def _is_compound(first: Weighing) -> bool:
    """True if it takes lesions of different structures: a hypothesis more than a finding, however well it leads."""
    return len(_structures(first.candidate)) > 1


def _is_characteristic(first: Weighing, knowledge: Knowledge) -> bool:
    """True if an answer rests on what marks it: a core place that is lost, a strong rule, or a deficit and a rule.

    What the patient feels is not enough, nor a loss that any larger structure explains as well.
    """
    strengths = knowledge.weights.strengths
    said = max((term.counted for term in first.terms if term.kind is TermKind.RULE), default=0)
    lost = {first.candidate.reach.get(o.place) for o in first.explained if o.state is State.DEFICIT}
    by_rule = said >= strengths[Strength.MODERATE if lost else Strength.STRONG]
    return by_rule or Tier.CORE in lost


def _is_opposed(first: Weighing, knowledge: Knowledge) -> bool:
    """True if a rule speaks strongly against an answer: what else was found does not go with it."""
    limit = -knowledge.weights.strengths[Strength.STRONG]
    return any(term.counted <= limit for term in first.terms if term.kind is TermKind.RULE)


def is_told_from(first: Weighing, rival: Weighing, evidence: Evidence) -> bool:
    """True if a place that was examined, a general sign, or a rule speaks for the first rather than for the rival."""
    if any(separates(first, rival, o) for o in evidence.observations):
        return True
    left_open = [{t.of for t in w.terms if t.kind is TermKind.UNEXPLAINED_SIGN} for w in (first, rival)]
    if left_open[1] - left_open[0]:
        return True
    said, of_rival = _said_by_rules(first), _said_by_rules(rival)
    return any(_sign(said.get(rule, 0)) > _sign(of_rival.get(rule, 0)) for rule in said | of_rival)


def _said_by_rules(weighing: Weighing) -> dict[str, int]:
    """What each rule that fired says for a candidate, or against it."""
    said: dict[str, int] = {}
    for term in weighing.terms:
        if term.kind is TermKind.RULE:
            said[term.of] = said.get(term.of, 0) + term.weight
    return said


def _sign(weight: int) -> int:
    return (weight > 0) - (weight < 0)


def separates(first: Weighing, rival: Weighing, o: Observation) -> bool:
    """True if a place was examined and fits the first alone: lost where only the first takes it, or kept where only
    the rival should have. Where a map does not speak of a place, the place separates nothing.
    """
    match o.state:
        case State.DEFICIT:
            return _takes(first, o) and not _takes(rival, o) and o.place not in rival.candidate.silent
        case State.NORMAL:
            is_kept_by_first = o not in first.contradicted and o.place not in first.candidate.silent
            return is_kept_by_first and o in rival.contradicted
        case _:
            return False


def _takes(weighing: Weighing, o: Observation) -> bool:
    """True if the candidate explains a loss at this place, and not merely because it now and then supplies it."""
    return o in weighing.explained and weighing.candidate.reach.get(o.place) in CONSTANT


def _fits_worse(first: Weighing, ranked: Sequence[Ranked], rivals: Sequence[Weighing], margin: int) -> bool:
    """True if something speaks against the first, and nothing against another that is about as likely.

    Of two that are nested, and so no rivals, the findings alone count: that one is rarer does not tell them apart.
    """
    fitting = (r.weighing for r in ranked[1:] if not r.weighing.contradicted and not r.weighing.unexplained)
    leads = (first.total - w.total if w in rivals else first.explained_weight - w.explained_weight for w in fitting)
    return bool(first.contradicted) and any(lead < margin for lead in leads)


def _hides_a_smaller(first: Weighing, ranked: Sequence[Ranked], evidence: Evidence) -> bool:
    """True if a one-sided lesion explains all that was found, with nothing against it, and the first may be partial.

    What is spared says nothing of a place that may be partial. If it reaches all that was lost, some of it in its
    core, no examination separates the two.
    """
    wide = first.candidate.wide
    if wide is None or wide.symmetric or evidence.upper_motor_neuron or evidence.sphincter or evidence.both_sides:
        return False
    lost = {first.candidate.reach.get(o.place) for o in evidence.observations if o.state is State.DEFICIT}
    singles = (r.weighing for r in ranked[1:] if r.weighing.candidate.klass in ("root", "nerve", "plexus"))
    is_all_reached = Tier.CORE in lost and None not in lost
    return is_all_reached and any(not w.unexplained and not w.contradicted for w in singles)


def _has_a_twin(first: Weighing, ranked: Sequence[Ranked]) -> bool:
    """True if another localization takes out the same places, so that no finding tells the two apart."""
    return any(r.weighing.candidate.reach == first.candidate.reach for r in ranked[1:])
