"""What is told of the red flags, and how urgent it is, found a second time."""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import FALSE, TRUE
from dermarules.proof import Claim
from dermarules.replay.conditions import book
from dermarules.rules import RedFlag
from dermarules.vocabulary import Side, Urgency


@dataclass(frozen=True, slots=True)
class Flags:
    """The red flags that a case touches, each with the claims that it holds or fails; none for one that is open."""

    raised: Mapping[str, tuple[Claim, ...]]
    open: tuple[str, ...]
    cleared: Mapping[str, tuple[Claim, ...]]


def flags(held: Set[Claim], knowledge: Knowledge) -> Flags:
    """Which red flags are raised, open and cleared by the claims that hold."""
    raised, cleared = {}, {}
    undecided = []
    for flag in knowledge.red_flags.values():
        true, false = _sides(f"red_flags/{flag.id}", TRUE, held), _sides(f"red_flags/{flag.id}", FALSE, held)
        failed = {claim.side for claim in false}
        if true:
            raised[flag.id] = true
        elif Side.NONE.value in failed or {Side.LEFT.value, Side.RIGHT.value} <= failed:
            cleared[flag.id] = false
        elif _is_asked(flag, held, knowledge):
            undecided.append(flag.id)
    return Flags(_without_premature_care(raised, undecided, knowledge), tuple(undecided), cleared)


def _sides(owner: str, truth: str, held: Set[Claim]) -> tuple[Claim, ...]:
    return tuple(sorted(claim for side in Side if (claim := Claim(truth, owner, side.value)) in held))


def _is_asked(flag: RedFlag, held: Set[Claim], knowledge: Knowledge) -> bool:
    """True if what makes it worth asking holds, or without that a part of it; self-care is never asked for."""
    if flag.then.urgency is Urgency.SELF_CARE_MONITOR:
        return False
    if flag.ask_when is not None:
        return bool(_sides(f"ask/{flag.id}", TRUE, held))
    return any(true in held for true, _ in book(knowledge).tests_of.get(f"red_flags/{flag.id}", ()))


def _without_premature_care(
    raised: Mapping[str, tuple[Claim, ...]], undecided: list[str], knowledge: Knowledge
) -> Mapping[str, tuple[Claim, ...]]:
    """Self-care is advised only if nothing else is raised and nothing is open."""
    serious = {
        flag: claims
        for flag, claims in raised.items()
        if knowledge.red_flags[flag].then.urgency is not Urgency.SELF_CARE_MONITOR
    }
    return serious if serious or undecided else raised


def floor(held: Set[Claim], knowledge: Knowledge) -> tuple[str, Urgency] | None:
    """The most urgent of the localizations that are urgent by themselves and whose entry condition holds."""
    found = [
        (site.report_as or site.id, site.urgency_floor)
        for site in knowledge.wide_sites.values()
        if site.urgency_floor is not None and _sides(f"localizations/{site.id}", TRUE, held)
    ]
    return min(found, key=lambda each: each[1].rank, default=None)


def urgency(told: Flags, needed: Urgency | None, knowledge: Knowledge) -> tuple[Urgency, Urgency]:
    """How urgent a case is by what is raised and by what a place `needed`, and how urgent by what is open as well."""
    flags = knowledge.red_flags
    now = _highest([*(flags[flag].then.urgency for flag in told.raised), *([needed] if needed else [])])
    return now, _highest([now, *(flags[flag].then.urgency for flag in told.open)])


def _highest(found: list[Urgency]) -> Urgency:
    return min(found, key=lambda each: each.rank, default=Urgency.ROUTINE)
