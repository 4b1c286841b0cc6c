"""Red flags raised, open and cleared, and how urgent the case is. What was not asked clears nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dermarules.inference.clauses import Program
from dermarules.knowledgebase.base import Knowledge
from dermarules.localizations import WideSite
from dermarules.notation import FALSE, TRUE
from dermarules.proof import Claim, Proof
from dermarules.rules import RedFlag
from dermarules.vocabulary import Side, Urgency


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A red flag that holds, and the claims that it does (one for each side)."""

    flag: RedFlag
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class OpenFlag:
    """A red flag that is neither raised nor cleared, and is worth asking about."""

    flag: RedFlag


@dataclass(frozen=True, slots=True)
class ClearedFlag:
    """A red flag that is false, whatever was not asked; it names a rule and never a disease."""

    flag: RedFlag
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class FlagStates:
    """Every red flag that the case touches, most urgent first."""

    raised: tuple[RaisedFlag, ...]
    open: tuple[OpenFlag, ...]
    cleared: tuple[ClearedFlag, ...]


@dataclass(frozen=True, slots=True)
class Floor:
    """A wide site that is urgent by itself, whatever the flags say, and the claims that its entry condition holds."""

    urgency: Urgency
    site: WideSite
    entries: tuple[Claim, ...]

    @property
    def localization(self) -> str:
        """The name under which the site is reported."""
        return self.site.report_as or self.site.id


def flag_states(proof: Proof, knowledge: Knowledge, program: Program) -> FlagStates:
    """Which red flags are raised, open and cleared."""
    raised, undecided, cleared = [], [], []
    for flag in knowledge.red_flags.values():
        true = proof.about(TRUE, f"red_flags/{flag.id}")
        false = proof.about(FALSE, f"red_flags/{flag.id}")
        if true:
            raised.append(RaisedFlag(flag, true))
        elif _is_false_everywhere(false):
            cleared.append(ClearedFlag(flag, false))
        elif _is_worth_asking(proof, flag, program):
            undecided.append(OpenFlag(flag))
    if _is_care_premature(raised, undecided):
        raised = [r for r in raised if r.flag.then.urgency is not Urgency.SELF_CARE_MONITOR]
    return FlagStates(
        tuple(sorted(raised, key=lambda r: r.flag.then.urgency.rank)),
        tuple(sorted(undecided, key=lambda o: o.flag.then.urgency.rank)),
        tuple(cleared),
    )


def _is_false_everywhere(false: Sequence[Claim]) -> bool:
    """A rule that binds a side is cleared on both sides or not at all."""
    sides = {claim.side for claim in false}
    return Side.NONE.value in sides or {Side.LEFT.value, Side.RIGHT.value} <= sides


def _is_worth_asking(proof: Proof, flag: RedFlag, program: Program) -> bool:
    """True if its `ask_when` holds or a part of it is true; advice for self-care is never asked for."""
    if flag.then.urgency is Urgency.SELF_CARE_MONITOR:
        return False
    if flag.ask_when is not None:
        return bool(proof.about(TRUE, f"ask/{flag.id}"))
    return any(question.true in proof for question in program.leaves_of.get(f"red_flags/{flag.id}", ()))


def _is_care_premature(raised: Iterable[RaisedFlag], undecided: Sequence[OpenFlag]) -> bool:
    """Self-care is advised only if nothing else is raised and nothing is open."""
    return bool(undecided) or any(r.flag.then.urgency is not Urgency.SELF_CARE_MONITOR for r in raised)


def floor(proof: Proof, knowledge: Knowledge) -> Floor | None:
    """The most urgent localization whose entry condition holds.

    It need not come first: an abnormal finding that puts another answer ahead must not make the case less urgent.
    """
    floors = [
        Floor(site.urgency_floor, site, entries)
        for site in knowledge.wide_sites.values()
        if site.urgency_floor is not None and (entries := proof.about(TRUE, f"localizations/{site.id}"))
    ]
    return min(floors, key=lambda f: f.urgency.rank, default=None)


def urgencies(flags: FlagStates, floor: Floor | None) -> tuple[Urgency, Urgency]:
    """How urgent a case is by what is raised, and how urgent it may be by what is open as well."""
    now = highest([*(r.flag.then.urgency for r in flags.raised), *([floor.urgency] if floor else [])])
    return now, highest([now, *(o.flag.then.urgency for o in flags.open)])


def highest(urgencies: Iterable[Urgency]) -> Urgency:
    """The most urgent; with none, routine: only the self-care rule can lower it further."""
    return min(urgencies, key=lambda u: u.rank, default=Urgency.ROUTINE)
