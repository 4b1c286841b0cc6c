"""Faults planted in the JSON of a report: each changes one thing, so that it no longer follows."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

Values = dict[str, Any]


def _steps(report: Values, kind: str) -> list[Values]:
    return [step for entry in report["proof"]["claims"] for step in entry["steps"] if step["kind"] == kind]


def _change(report: Values, random: Random, key: str) -> bool:
    """A term of a total with another number."""
    terms = [term for step in _steps(report, "weighed") for term in step["terms"]]
    random.choice(terms)[key] += random.choice((-10, -2, 2, 10))
    return True


def weight(report: Values, random: Random) -> bool:
    """The weight of a term."""
    return _change(report, random, "weight")


def counted(report: Values, random: Random) -> bool:
    """What of a term counts."""
    return _change(report, random, "counted")


def total(report: Values, random: Random) -> bool:
    """A total, with the term that would make it."""
    step = random.choice(_steps(report, "weighed"))
    step["terms"][0]["counted"] += 50
    step["total"] += 50
    return True


def removed_premise(report: Values, random: Random) -> bool:
    """A premise that is gone."""
    steps = [step for step in _steps(report, "derived") if step["premises"]]
    if steps:
        premises = random.choice(steps)["premises"]
        premises.pop(random.randrange(len(premises)))
    return bool(steps)


def idle_leaf(report: Values, random: Random) -> bool:
    """A finding that a step does not rest on."""
    rows = [entry["claim"] for entry in report["proof"]["claims"] if entry["predicate"] == "found"]
    steps = [(step, row) for step in _steps(report, "derived") for row in rows if row not in step["premises"]]
    if steps:
        step, row = random.choice(steps)
        step["premises"].append(row)
    return bool(steps)


def wrong_premise(report: Values, random: Random) -> bool:
    """A premise in the place of another."""
    claims = [entry["claim"] for entry in report["proof"]["claims"]]
    steps = [step for step in _steps(report, "derived") if step["premises"]]
    if steps:
        premises = random.choice(steps)["premises"]
        premises[random.randrange(len(premises))] = random.choice([each for each in claims if each not in premises])
    return bool(steps)


def side(report: Values, random: Random) -> bool:
    """A finding on the other side. One that nothing rests on makes the report that of another patient, and it holds."""
    other = {"left": "right", "right": "left"}
    told = {entry["claim"] for entry in report["proof"]["claims"]}
    used = {premise for step in _steps(report, "derived") for premise in step["premises"]}
    rows = [each for each in report["proof"]["claims"] if each["claim"] in used and each["predicate"] == "found"]
    rows = [each for each in rows if each["side"] in other]
    random.shuffle(rows)
    for row in rows:
        turned = f"{row['predicate']}: {row['subject']}, {other[row['side']]}"
        if turned not in told:
            row["claim"], row["side"] = turned, other[row["side"]]
            return True
    return False


def removed_step(report: Values, random: Random) -> bool:
    """A claim that is gone."""
    claims = report["proof"]["claims"]
    claims.pop(random.randrange(len(claims)))
    return True


def knowledge(report: Values, random: Random) -> bool:
    """The hash of other knowledge."""
    report["knowledge"]["hash"] = f"{random.getrandbits(256):064x}"
    return True


def flag(report: Values, random: Random) -> bool:
    """A red flag that moves from one state to another: from raised or open to cleared, or from cleared to open."""
    flags = report["red_flags"]
    places = [(state, at) for state in ("raised", "open", "cleared") for at in range(len(flags[state]))]
    if places:
        state, at = random.choice(places)
        gone = flags[state].pop(at)
        if state == "cleared":
            flags["open"].append({"id": gone["id"], "urgency": "routine", "ask": []})
        else:
            flags["cleared"].append({"id": gone["id"], "claims": []})
    return bool(places)


def urgency(report: Values, random: Random) -> bool:
    """Another urgency."""
    words = ("emergency_now", "same_day", "urgent_2_weeks", "routine", "self_care_monitor")
    key = random.choice(("urgency", "urgency_possible"))
    report[key] = random.choice([word for word in words if word != report[key]])
    return True


FAULTS: Mapping[str, Callable[[Values, Random], bool]] = {
    each.__name__: each
    for each in (
        weight,
        counted,
        total,
        removed_premise,
        idle_leaf,
        wrong_premise,
        side,
        removed_step,
        knowledge,
        flag,
        urgency,
    )
}
