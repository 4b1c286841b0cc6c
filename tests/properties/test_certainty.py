"""An answer is clear only if it leads, and something that was examined or asked tells it from its rivals."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from dermarules.findings import Case, Finding
from dermarules.inference.candidates import Candidate
from dermarules.inference.certainty import certainty
from dermarules.inference.evidence import are_nested
from dermarules.inference.experta_engine import derive
from dermarules.inference.infer import Inference, infer
from dermarules.inference.rank import Ranked
from dermarules.inference.weigh import Weighing, weigh
from dermarules.knowledgebase.base import default_knowledge
from dermarules.notation import Place, State
from dermarules.vocabulary import Certainty, Side, Tier
from tests.strategies import cases, examinations, examined, shipped_cases, unrelated_pairs
from tests.unit.inference.rows import examinations_alone

FIRM = (Tier.CORE, Tier.USUAL)


def places_alike(first: Candidate, rival: Candidate) -> list[Place]:
    """The places of two structures that a lesion of either takes alike."""
    return [place for place in sorted({*first.reach, *rival.reach}) if first.reach.get(place) is rival.reach.get(place)]


def places_of_the_first(first: Candidate, rival: Candidate) -> list[Place]:
    """The places that a lesion of the first nearly always takes, and one of the rival does not."""
    core = [place for place, tier in first.reach.items() if tier is Tier.CORE]
    return sorted(place for place in core if rival.reach.get(place) not in FIRM and place not in rival.silent)


def far_ahead(first: Candidate, rival: Candidate, findings: Iterable[Finding]) -> Certainty:
    """The certainty on what was examined, and no rule, if the first stood far ahead of the rival on the left."""
    seen, knowledge = examinations_alone(Case("pair", tuple(findings))), default_knowledge()
    totals = ((first, 300), (rival, 0))
    ranked = [Ranked(replace(weigh(c, Side.LEFT, seen, knowledge), total=total), ()) for c, total in totals]
    return certainty(ranked, seen, knowledge)[0]


@given(pair=unrelated_pairs(), draw=st.data())
def test_no_lead_makes_an_answer_clear_if_what_was_examined_is_of_both_alike(
    pair: tuple[Candidate, Candidate], draw: st.DataObject
) -> None:
    alike = places_alike(*pair)
    assume(alike)

    assert far_ahead(*pair, draw.draw(examinations(alike))) is not Certainty.CLEAR


@given(pair=unrelated_pairs(), draw=st.data())
def test_further_loss_at_a_place_of_the_rival_alone_does_not_make_an_answer_clear(
    pair: tuple[Candidate, Candidate], draw: st.DataObject
) -> None:
    of_both = [place for place in places_alike(*pair) if pair[0].reach.get(place) is Tier.CORE]
    of_rival = places_of_the_first(*pair[::-1])
    assume(of_both and of_rival)
    lost = [draw.draw(st.sampled_from(of_both)), draw.draw(st.sampled_from(of_rival))]

    assert far_ahead(*pair, [examined(place, is_lost=True) for place in lost]) is not Certainty.CLEAR


@given(pair=unrelated_pairs(), draw=st.data())
def test_loss_at_a_core_place_of_the_first_alone_makes_a_far_lead_clear(
    pair: tuple[Candidate, Candidate], draw: st.DataObject
) -> None:
    of_first = places_of_the_first(*pair)
    assume(of_first)

    assert far_ahead(*pair, [examined(draw.draw(st.sampled_from(of_first)), is_lost=True)]) is Certainty.CLEAR


def inferred(case: Case) -> Inference:
    return infer(case, default_knowledge(), "consensus", derive)


def unrelated(found: Inference) -> list[Weighing]:
    """The rivals of the first answer that neither contain it nor lie within it."""
    first = found.ranked[0].weighing.candidate
    return [r.weighing for r in found.ranked[1:] if not are_nested(first, r.weighing.candidate)]


def said(weighing: Weighing, found: Inference) -> dict[str, int]:
    """What each thing that was examined, and each rule or general sign, says for a candidate or against it."""
    tested = {o.claim for o in found.observations if o.state in (State.DEFICIT, State.NORMAL)}
    sums: dict[str, int] = {}
    for term in weighing.terms:
        source = term.premises[0]
        if source in tested or source.predicate == "true":
            name = str(source) if source in tested else source.subject
            sums[name] = sums.get(name, 0) + term.weight
    return sums


def faults(found: Inference) -> Iterator[str]:
    """Why an answer should not have been called clear."""
    first, limits = found.ranked[0].weighing, default_knowledge().weights.certainty
    if first.total < limits.minimum:
        yield "too little speaks for it"
    for rival in unrelated(found):
        if first.total - rival.total < limits.margin:
            yield f"{rival.candidate.name} is too near"
    competing = [r for r in unrelated(found) if r.has_entered]
    best = max((r.total for r in competing), default=0)
    for rival in (r for r in competing if r.total >= min(best, limits.minimum)):
        for_first, for_rival = said(first, found), said(rival, found)
        if not any(for_first.get(name, 0) > for_rival.get(name, 0) for name in for_first | for_rival):
            yield f"nothing that was examined tells it from {rival.candidate.name}"


@given(case=cases())
def test_clear_answer_leads_and_is_told_from_its_rivals_by_what_was_examined(case: Case) -> None:
    found = inferred(case)
    assume(found.certainty is Certainty.CLEAR)

    assert list(faults(found)) == []


def test_clear_answers_of_the_shipped_cases_are_told_from_their_rivals() -> None:
    clear = [found for found in map(inferred, shipped_cases()) if found.certainty is Certainty.CLEAR]

    assert len(clear) > 20
    assert [fault for found in clear for fault in faults(found)] == []
