"""Why not: what a rule lacks and why a localization is not first, held against what the engine does."""

import time

import pytest

from dermarules.findings import Finding
from dermarules.knowledgebase.base import default_knowledge
from dermarules.proof import Claim
from dermarules.questions.again import again
from dermarules.questions.behind import Behind, Position
from dermarules.questions.claims import Sort
from dermarules.questions.unmet import Lack, Missing, Several, Unmet, UnmetOnSide, is_in_reach, is_open
from dermarules.questions.why_not import NotMet, State, WhyNot, why_not
from dermarules.report import Report, localize
from dermarules.vocabulary import Kind, Result, Side
from tests.strategies import EXAMPLES

NAMES = ("foot_drop_weak_inversion", "both_legs_saddle_numb", "two_nerves_apart", "walking_pain_eased_by_standing")


def answered(name: str) -> Report:
    return localize(EXAMPLES / f"{name}.yaml", engine="compiled")


@pytest.fixture(scope="module")
def foot_drop() -> Report:
    return answered("foot_drop_weak_inversion")


def missing_in(part: Unmet) -> tuple[Missing, ...]:
    """Every test in a part that is not met, each once."""
    if isinstance(part, Missing):
        return (part,)
    return tuple({test.claim: test for each in part.parts for test in missing_in(each)}.values())


def of_rule(report: Report, claim: str) -> NotMet:
    found = why_not(report, claim).because
    assert isinstance(found, NotMet)
    return found


def of_place(report: Report, claim: str) -> Behind:
    found = why_not(report, claim).because
    assert isinstance(found, Behind)
    return found


def made(*findings: dict[str, object]) -> Report:
    return localize({"id": "made", "findings": list(findings)}, engine="compiled")


def with_rows(report: Report, *rows: Finding) -> Report:
    return localize(report.case.with_findings((*report.case.findings, *rows)), engine="compiled")


def test_a_red_flag_that_one_number_rules_out_names_the_number(foot_drop: Report) -> None:
    found = of_rule(foot_drop, "red flag acute_foot_drop")
    (test,) = found.sides[0].nearest

    assert (found.state, test.lack, test.found) == (
        State.FAILS,
        Lack.OTHERWISE,
        (Claim("found", "measure weakness_onset_days: 60", "none"),),
    )
    assert found.raising is None


def test_without_the_number_that_rules_it_out_it_is_raised(foot_drop: Report) -> None:
    rows = [row for row in foot_drop.case.findings if row.name != "weakness_onset_days"]
    raised = localize(foot_drop.case.with_findings(rows), engine="compiled")

    assert of_rule(raised, "acute_foot_drop").state is State.HOLDS
    assert "acute_foot_drop" in {flag.id for flag in raised.red_flags.raised}
    assert "New foot drop: it is raised" in str(raised.why_not("acute_foot_drop"))


def test_what_was_denied_and_what_was_not_asked_are_told_apart(foot_drop: Report) -> None:
    assert [t.lack for t in of_rule(foot_drop, "ces_retention").sides[0].nearest] == [Lack.OTHERWISE]
    (test,) = of_rule(foot_drop, "rule tinel_fibular_head").sides[0].nearest

    assert test.lack is Lack.NOT_EXAMINED
    assert [(each.name, each.side, each.result) for each in test.wants] == [
        ("tinel_fibular_head", Side.LEFT, Result.POSITIVE)
    ]


def test_sides_are_tried_apart_and_the_nearer_comes_first(foot_drop: Report) -> None:
    left, right = of_rule(foot_drop, "rule injury_or_cast_foot_drop").sides

    assert (left.side, len(left.nearest)) == (Side.LEFT, 1)
    assert right.side is Side.RIGHT
    assert len(right.nearest) == 2


def test_what_must_be_absent_and_is_present_overrules() -> None:
    report = made(
        {"power": "knee_extension", "side": "left", "is": 2}, {"power": "ankle_dorsiflexion", "side": "both", "is": 2}
    )
    lacks = {
        (test.claim.subject, test.lack, test.found)
        for rule in report.knowledge.rules
        for side in of_rule(report, f"rule {rule}").sides
        for test in missing_in(side.parts)
        if test.lack is Lack.OVERRULED
    }

    assert lacks
    for subject, _, found in lacks:
        assert all(claim in report.proof and claim.subject == subject for claim in found)


def test_the_opposite_of_a_side_that_nobody_named_is_out_of_reach() -> None:
    report = made({"power": "knee_extension", "side": "unknown", "is": 2})
    sides = {side.side: side for side in of_rule(report, "rule other_leg_spared").sides}

    assert {test.lack for test in missing_in(sides[Side.UNKNOWN].parts)} >= {Lack.OUT_OF_REACH}
    assert not is_in_reach(sides[Side.UNKNOWN].parts)
    assert list(sides)[-1] is Side.UNKNOWN


def test_advice_for_self_care_that_holds_is_held_back_where_something_else_is_raised(foot_drop: Report) -> None:
    raising = of_rule(foot_drop, "self_care").raising
    assert raising is not None
    report = with_rows(foot_drop, *(each.finding for each in raising.shown))
    found = of_rule(report, "self_care")

    assert found.state is State.HELD_BACK
    assert "self_care" not in {flag.id for flag in report.red_flags.raised}
    states = report.red_flags
    assert found.overruled_by == (*(flag.id for flag in states.raised), *(flag.id for flag in states.open))
    assert "Advice for self-care is given only where nothing else is raised or open" in str(report.why_not("self_care"))


def test_a_rule_holds_or_lacks_something_on_each_side() -> None:
    knowledge = default_knowledge()
    claims = [*(f"rule {rule}" for rule in knowledge.rules), *(f"red flag {flag}" for flag in knowledge.red_flags)]
    for report in map(answered, NAMES):
        for claim in claims:
            found = of_rule(report, claim)
            assert bool(found.claims) is not bool(found.sides)
            for side in found.sides:
                assert all(test.claim not in report.proof for test in missing_in(side.parts))
                assert set(side.nearest) <= set(missing_in(side.parts))
                assert _is_in_order(side.parts)


def _is_in_order(part: Missing | Several) -> bool:
    if isinstance(part, Missing):
        return True
    keys = [(not is_in_reach(each), each.fewest, not is_open(each)) for each in part.parts]
    return keys == sorted(keys) and part.needed <= len(part.parts) and all(map(_is_in_order, part.parts))


def _unexamined(report: Report) -> dict[Claim, tuple[str, Missing]]:
    """Every test that is said to be not examined, with a claim that lacks it."""
    found: dict[Claim, tuple[str, Missing]] = {}
    for claim in (
        *(f"rule {r}" for r in report.knowledge.rules),
        *(f"red flag {f}" for f in report.knowledge.red_flags),
    ):
        for side in of_rule(report, claim).sides:
            for test in missing_in(side.parts):
                if test.lack is Lack.NOT_EXAMINED:
                    found.setdefault(test.claim, (claim, test))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_that_a_test_lacks_takes_it_from_the_list(name: str) -> None:
    report = answered(name)
    for number, (claim, (asked, test)) in enumerate(sorted(_unexamined(report).items())):
        if number % 12:
            continue
        rows = test.wants if test.needs_all else test.wants[number % len(test.wants) :][:1]
        then = again(report, (*report.case.findings, *(row.finding for row in rows)))
        left = why_not(then, asked).because

        assert claim in then.proof, (asked, test)
        assert isinstance(left, NotMet)
        assert claim not in {each.claim for side in left.sides for each in missing_in(side.parts)}


def test_without_the_rows_that_say_otherwise_a_test_is_not_examined(foot_drop: Report) -> None:
    (test,) = of_rule(foot_drop, "ces_retention").sides[0].nearest
    rows = [row for row in foot_drop.case.findings if row.name != "urinary_retention"]
    (then,) = of_rule(localize(foot_drop.case.with_findings(rows), engine="compiled"), "ces_retention").sides[0].nearest

    assert (test.claim, test.lack) == (then.claim, Lack.OTHERWISE)
    assert then.lack is Lack.NOT_EXAMINED


def test_the_nearest_miss_of_an_open_rule_makes_it_hold(foot_drop: Report) -> None:
    tried = 0
    for rule in foot_drop.knowledge.rules:
        for side in of_rule(foot_drop, f"rule {rule}").sides[:1]:
            if all(test.lack is Lack.NOT_EXAMINED and not test.needs_all for test in side.nearest):
                rows = dict.fromkeys(test.wants[0].finding for test in side.nearest)
                if len({(r.kind, r.name, r.places, r.sides) for r in rows}) == len(rows):
                    assert of_rule(with_rows(foot_drop, *rows), f"rule {rule}").state is State.HOLDS, rule
                    tried += 1

    assert tried > 50


def test_the_first_answer_is_said_to_be_first(foot_drop: Report) -> None:
    found = of_place(foot_drop, "root L5")

    assert (found.standing, found.rank, found.total) == (Position.FIRST, 1, foot_drop.differential[0].weight_centibans)
    assert (found.ahead, found.not_examined, found.rules) == ((), (), ())


def test_a_rival_is_behind_by_what_the_order_says(foot_drop: Report) -> None:
    for rank, entry in enumerate(foot_drop.differential[1:], start=2):
        found = of_place(foot_drop, str(entry).replace(f" at {entry.site}", ""))
        assert (found.standing, found.rank, found.total) == (Position.BEHIND, rank, entry.weight_centibans)
        assert [r.localization for r in found.ahead] == [e.localization for e in foot_drop.differential[: rank - 1]][:5]


def test_what_speaks_against_a_rival_are_the_terms_that_take_from_its_total(foot_drop: Report) -> None:
    found = of_place(foot_drop, "nerve common_peroneal")
    weighing = foot_drop.inference.ranked[1].weighing

    assert sum(each.counted for each in found.against) == sum(t.counted for t in weighing.terms if t.counted < 0)
    assert "deficit ankle_inversion" in found.against[0].label


def test_a_wide_site_that_lacks_its_entry_says_what_it_lacks(foot_drop: Report) -> None:
    gate = of_place(foot_drop, "cauda_equina").gate

    assert gate is not None
    assert not gate.met_by
    (side,) = gate.unmet
    assert isinstance(side, UnmetOnSide)
    rows = [want.finding for test in side.nearest for want in test.wants[:1]]
    then = of_place(with_rows(foot_drop, *rows), "cauda_equina").gate
    assert then is not None
    assert then.met_by
    assert not then.unmet


def test_a_localization_that_is_not_in_the_order_is_weighed_all_the_same(foot_drop: Report) -> None:
    listed = {place.weighing.candidate.localization for place in foot_drop.inference.ranked}
    found = of_place(foot_drop, "nerve genitofemoral")

    assert "nerve genitofemoral" not in listed
    assert (found.standing, found.rank) == (Position.UNSUPPORTED, None)
    assert found.total < found.first.total
    assert "Nothing abnormal was found in its territory" in str(foot_drop.why_not("nerve genitofemoral"))


def test_another_side_is_told_where_it_stands(foot_drop: Report) -> None:
    found = of_place(foot_drop, "root L5, right")

    assert (found.side, found.standing, found.rank) == ("right", Position.NOTHING_ON_SIDE, None)
    assert [(r.localization, r.side, r.rank) for r in found.elsewhere] == [("root L5", "left", 1)]
    assert "In the order as the L5 root, left: place 1" in str(foot_drop.why_not("root L5, right"))


def test_a_site_of_both_sides_is_not_read_for_one(foot_drop: Report) -> None:
    assert of_place(foot_drop, "polyneuropathy, left").side == "both"
    assert "It is not read for the side that was asked about" in str(foot_drop.why_not("polyneuropathy, left"))


def test_a_run_of_roots_is_named_only_where_it_explains_more(foot_drop: Report) -> None:
    assert of_place(foot_drop, "roots L4-L5").standing is Position.RUN_NOT_NEEDED


def test_a_part_of_the_first_answer_is_named_as_one() -> None:
    report = answered("two_nerves_apart")
    first, _, second = report.differential[0].localization.partition(" + ")

    assert second
    assert of_place(report, first).is_part_of_first
    assert "It is a part of the first answer" in str(report.why_not(first))


def test_what_would_bring_a_rival_nearer_does_so_when_it_is_run(foot_drop: Report) -> None:
    before = of_place(foot_drop, "cauda_equina")
    assert before.not_examined
    for telling in before.not_examined:
        then = with_rows(foot_drop, *(each.finding for each in telling.shown))
        entry = next(p.weighing for p in then.inference.ranked if p.weighing.claim == before.claim)
        first = next(p.weighing for p in then.inference.ranked if p.weighing.candidate.localization == "root L5")

        gap = before.first.total - before.total
        assert gap - (first.total - entry.total) == telling.nearer


def test_a_normal_place_of_the_first_brings_a_rival_nearer(foot_drop: Report) -> None:
    found = of_place(foot_drop, "nerve common_peroneal").not_examined

    assert any(
        not t.is_own and t.shown[0].name == "hip_abduction" and t.shown[0].result is Result.NORMAL for t in found
    )
    nearer = [telling.nearer for telling in found]
    assert nearer == sorted(nearer, reverse=True)


def test_rules_that_would_speak_for_a_rival_lack_only_what_was_not_examined(foot_drop: Report) -> None:
    found = of_place(foot_drop, "nerve common_peroneal")

    assert found.rules[0].rule == "tinel_fibular_head"
    for near in found.rules:
        assert {test.lack for test in near.unmet.nearest} == {Lack.NOT_EXAMINED}
        assert near.weight > 0


@pytest.mark.parametrize("name", NAMES)
def test_every_localization_that_is_known_is_answered(name: str) -> None:
    report = answered(name)
    known = [
        *(site for site, told in report.knowledge.wide_sites.items() if not told.report_as),
        *(f"root {root.id}" for root in report.knowledge.roots.values() if root.answer),
    ]
    known += [f"nerve {n.id}" for n in report.knowledge.nerves.values() if n.answer and n.kind != "plexus"]
    known += [e.localization for e in report.differential] + ["nothing_to_localize"]
    for number, place in enumerate(known):
        reply = report.why_not(f"{place}{('', ', left', ', right', ', both')[number % 4]}")

        assert isinstance(reply.value.because, Behind)
        assert reply.value.because.localization == place
        assert reply.to_text()


def test_a_name_that_nobody_knows_gives_the_nearest(foot_drop: Report) -> None:
    with pytest.raises(ValueError, match="did you mean 'red flag acute_foot_drop'"):
        foot_drop.why_not("acute_foot_dropp")


def test_the_order_of_findings_changes_nothing(foot_drop: Report) -> None:
    turned = localize(foot_drop.case.with_findings(foot_drop.case.findings[::-1]), engine="compiled")
    for claim in (
        "root L4",
        "root L5, right",
        "cauda_equina",
        "self_care",
        "cord_partial_acute",
        "rule other_leg_spared",
    ):
        assert turned.why_not(claim).to_json() == foot_drop.why_not(claim).to_json()
        assert turned.why_not(claim).to_text() == foot_drop.why_not(claim).to_text()


def test_the_sort_of_what_was_asked_is_told(foot_drop: Report) -> None:
    asked = {claim: foot_drop.why_not(claim).value for claim in ("root L4", "acute_foot_drop", "tinel_fibular_head")}

    assert [type(value) for value in asked.values()] == [WhyNot] * 3
    assert [value.sort for value in asked.values()] == [Sort.LOCALIZATION, Sort.RED_FLAG, Sort.RULE]
    assert [value.asked for value in asked.values()] == [
        "root L4",
        "red flag acute_foot_drop",
        "rule tinel_fibular_head",
    ]


def test_the_pages_say_what_is_missing_in_both_languages(foot_drop: Report) -> None:
    english = " ".join(foot_drop.why_not("acute_foot_drop").to_text().split())
    german = " ".join(foot_drop.why_not("acute_foot_drop").to_text("de").split())

    assert "Examined and otherwise: time since the weakness began: 60 days; needed: time since" in english
    assert "Untersucht und anders: Zeit seit Beginn der Parese: 60 Tage; verlangt ist: Zeit seit" in german
    assert "What is missing" not in foot_drop.why_not("acute_foot_drop").to_text(verbosity="short")
    assert foot_drop.why_not("acute_foot_drop").to_html().startswith("<div")


def test_a_rule_that_holds_says_what_it_rests_on(foot_drop: Report) -> None:
    held = next(rule for rule in foot_drop.knowledge.rules if of_rule(foot_drop, f"rule {rule}").claims)

    assert of_rule(foot_drop, f"rule {held}").state is State.HOLDS
    assert "it holds" in str(foot_drop.why_not(f"rule {held}"))
    assert "It rests on: " in str(foot_drop.why_not(f"rule {held}"))


def test_it_answers_in_a_moment() -> None:
    report = answered("stiff_foot_drop_headache")
    claims = ("root L4", "cauda_equina", "nerve femoral", "acute_foot_drop", "cord_partial_acute", "ces_retention")
    for claim in claims:
        report.why_not(claim)
    started = time.perf_counter()
    for claim in claims:
        report.why_not(claim)

    # A tenth of a second each, and as much again for a machine that does other things as well.
    assert time.perf_counter() - started < 0.2 * len(claims)


def test_a_felt_thing_of_a_place_waits_for_each_place() -> None:
    report = made({"sensation": "pinprick", "over": ["saddle_outer"], "side": "both", "is": "normal"})
    found = of_rule(report, "ces_saddle")
    wants = {
        want.place
        for side in found.sides
        for test in missing_in(side.parts)
        for want in test.wants
        if want.kind is Kind.SENSATION and test.lack is Lack.NOT_EXAMINED
    }

    assert "saddle_inner" in wants
    assert "saddle_outer" not in wants
