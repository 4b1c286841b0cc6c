"""What of a condition is not met, part by part: what lacks least comes first.

A part is read as the engine reads it: met if the proof holds it, and else examined and otherwise, not examined,
overruled, or out of reach of every rule.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import FALSE, TRUE, asked_where, root_claim, wording
from dermarules.proof import Assumed, Claim, Proof, premises_of
from dermarules.questions.answer import Answer
from dermarules.questions.cells import Shown
from dermarules.questions.wanted import Told, wanted
from dermarules.rules import All, AtLeast, Compare, Condition, Derived, Leaf, Not, binds_side
from dermarules.vocabulary import BOTH_SIDES, Side, SideTest, Word


class Lack(Word):
    """Why a part is not met."""

    NOT_EXAMINED = "not_examined"
    OTHERWISE = "otherwise"
    OVERRULED = "overruled"
    OUT_OF_REACH = "out_of_reach"


@dataclass(frozen=True, slots=True)
class Missing:
    """A test that is not met: what would hold if it were (`claim`), and why it does not.

    `found` are the claims that say otherwise, or that overrule it. `wants` are findings that would meet a test that
    was not examined: one of them, or all if `needs_all`.
    """

    claim: Claim
    lack: Lack
    found: tuple[Claim, ...] = ()
    wants: tuple[Shown, ...] = ()
    needs_all: bool = False

    @property
    def fewest(self) -> int:
        """A test is one part."""
        return 1


@dataclass(frozen=True, slots=True)
class Several:
    """Parts of which `needed` more must be met, what lacks least first; `named` is the derived finding that they show.

    `fewest` is the least number of tests that are missing.
    """

    needed: int
    fewest: int
    parts: tuple["Unmet", ...]
    named: Claim | None = None


Unmet = Missing | Several


def is_in_reach(part: Unmet) -> bool:
    """True if findings could meet a part."""
    if isinstance(part, Missing):
        return part.lack is not Lack.OUT_OF_REACH
    return sum(map(is_in_reach, part.parts)) >= part.needed


def is_open(part: Unmet) -> bool:
    """True if what was not examined could meet a part, with nothing that was found being otherwise."""
    if isinstance(part, Missing):
        return part.lack is Lack.NOT_EXAMINED
    return sum(map(is_open, part.parts)) >= part.needed


def nearest(part: Unmet) -> tuple[Missing, ...]:
    """The fewest tests that would have to be met."""
    if isinstance(part, Missing):
        return (part,)
    return tuple({test.claim: test for each in part.parts[: part.needed] for test in nearest(each)}.values())


def tests(part: Unmet) -> tuple[Missing, ...]:
    """Every test within a part that is not met, each once."""
    if isinstance(part, Missing):
        return (part,)
    return tuple({test.claim: test for each in part.parts for test in tests(each)}.values())


@dataclass(frozen=True, slots=True)
class UnmetOnSide:
    """What a rule lacks on a side: the nearest miss, and every part that is not met."""

    side: Side
    nearest: tuple[Missing, ...]
    parts: Unmet

    @property
    def nearness(self) -> tuple[bool, int, bool]:
        """What is in reach comes first, then what lacks least, then what nothing found speaks against."""
        return (not is_in_reach(self.parts), len(self.nearest), not is_open(self.parts))


def unmet(owner: str, condition: Condition, answer: Answer, sides: Iterable[Side] = ()) -> tuple[UnmetOnSide, ...]:
    """What a rule lacks on each side that it can be of (or on some `sides`), the nearest miss first.

    `owner` is the rule as claims name it, such as `red_flags/acute_foot_drop`. A side on which it holds is left out.
    """
    reader = _Reader(answer.inference.held, answer.settler.unknowns.told, answer.knowledge)
    named = BOTH_SIDES if not reader.has_unknown_side else (*BOTH_SIDES, Side.UNKNOWN)
    bound = (tuple(sides) or named) if binds_side(condition) else (Side.NONE,)
    found = [(side, reader.part(condition, _Spot(owner, side), True)) for side in bound]
    lacking = [UnmetOnSide(side, nearest(part), part) for side, part in found if part is not None]
    return tuple(sorted(lacking, key=lambda each: (each.nearness, each.side.rank)))


@dataclass(frozen=True, slots=True)
class _Spot:
    """In which rule a condition stands, and the side that the rule binds."""

    owner: str
    side: Side


class _Reader:
    """Reads the parts of conditions against what a case holds."""

    def __init__(self, held: Proof, told: Told, knowledge: Knowledge) -> None:
        self.held, self.told, self.knowledge = held, told, knowledge
        self.has_unknown_side = any(cell.side is Side.UNKNOWN for cell in told)

    def part(self, condition: Condition, spot: _Spot, truth: bool) -> Unmet | None:
        """What a condition lacks to be true (or with `truth` false, to be false); None if it is."""
        match condition:
            case Leaf():
                return self._leaf(condition, spot, truth)
            case Compare():
                return self._test(condition, None, spot, truth)
            case Derived():
                return self._derived(condition, spot, truth)
            case Not():
                return self.part(condition.of, spot, not truth)
            case _:
                parts = [self.part(each, spot, truth) for each in condition.of]
                return _junction(_needed(condition), parts, truth)

    def _leaf(self, leaf: Leaf, spot: _Spot, truth: bool) -> Unmet | None:
        match leaf.side:
            case SideTest.ANY:
                return self._test(leaf, None, spot, truth)
            case SideTest.SAME:
                return self._test(leaf, spot.side, spot, truth)
            case SideTest.OTHER if spot.side is Side.UNKNOWN:
                return Missing(Claim(_word(truth), wording(leaf), leaf.side.value), Lack.OUT_OF_REACH)
            case SideTest.OTHER:
                return self._test(leaf, spot.side.other, spot, truth)
            case _:
                return _junction(2, [self._test(leaf, each, spot, truth) for each in BOTH_SIDES], truth)

    def _derived(self, condition: Derived, spot: _Spot, truth: bool) -> Unmet | None:
        present = condition.present is truth
        if not binds_side(self.knowledge.derived[condition.finding].when):
            return self._finding(condition.finding, Side.NONE, present)
        match condition.side:
            case SideTest.SAME:
                return self._finding(condition.finding, spot.side, present)
            case SideTest.OTHER if spot.side is Side.UNKNOWN:
                name = f"findings/{condition.finding}"
                return Missing(Claim(_word(present), name, condition.side.value), Lack.OUT_OF_REACH)
            case SideTest.OTHER:
                return self._finding(condition.finding, spot.side.other, present)
            case SideTest.BOTH:
                needed, sides = 2, BOTH_SIDES
            case _:
                needed, sides = 1, BOTH_SIDES
                if truth and self._holds(condition.finding, Side.UNKNOWN, present):
                    return None
        return _junction(needed, [self._finding(condition.finding, side, present) for side in sides], truth)

    def _holds(self, finding: str, side: Side, present: bool) -> bool:
        return root_claim(f"findings/{finding}", side, _word(present)) in self.held

    def _finding(self, name: str, side: Side, present: bool) -> Unmet | None:
        """What a derived finding lacks to be present (or absent). Where it is present it is never absent as well."""
        if self._holds(name, side, present):
            return None
        derived, owner = self.knowledge.derived[name], f"findings/{name}"
        claim, spot = root_claim(owner, side, _word(present)), _Spot(owner, side)
        if not present and self._holds(name, side, True):
            return Missing(claim, Lack.OVERRULED, (root_claim(owner, side),))
        stated = None if present else derived.absent_when
        inner = self.part(stated or derived.when, spot, present or stated is not None)
        match inner:
            case None:
                return Missing(claim, Lack.OUT_OF_REACH)
            case Several(named=None):
                return replace(inner, named=claim)
            case _:
                return Several(1, inner.fewest, (inner,), claim)

    def _test(self, leaf: Leaf | Compare, side: Side | None, spot: _Spot, truth: bool) -> Missing | None:
        """What a test of findings lacks."""
        unsaid_fits = spot.owner.startswith("rules/") and side in BOTH_SIDES
        text, where = wording(leaf), asked_where(side, unsaid_fits=unsaid_fits)
        claim, other = Claim(_word(truth), text, where), Claim(_word(not truth), text, where)
        if claim in self.held:
            return None
        if other in self.held:
            steps = [step for step in self.held[other] if not isinstance(step, Assumed)]
            if steps:
                return Missing(claim, Lack.OTHERWISE, tuple(dict.fromkeys(p for s in steps for p in premises_of(s))))
        wants = tuple(wanted(leaf, side, truth, self.told, self.knowledge))
        return Missing(claim, Lack.NOT_EXAMINED if wants else Lack.OUT_OF_REACH, (), wants, needs_all=not truth)


def _word(truth: bool) -> str:
    return TRUE if truth else FALSE


def _needed(condition: Condition) -> int:
    if isinstance(condition, All):
        return len(condition.of)
    return condition.n if isinstance(condition, AtLeast) else 1


def _junction(needed: int, parts: Sequence[Unmet | None], truth: bool) -> Unmet | None:
    """What parts lack of which `needed` must be true; or to be false, so many that too few are left."""
    still = (needed if truth else len(parts) - needed + 1) - sum(part is None for part in parts)
    if still <= 0:
        return None
    lacking = [part for part in parts if part is not None]
    if len(lacking) == 1:
        return lacking[0]
    if still == len(lacking):
        lacking = [inner for part in lacking for inner in _opened(part, part_needs_all=True)]
        still = len(lacking)
    elif still == 1:
        lacking = [inner for part in lacking for inner in _opened(part, part_needs_all=False)]
    ordered = tuple(sorted(lacking, key=_nearness))
    return Several(still, sum(part.fewest for part in ordered[:still]), ordered)


def _opened(part: Unmet, *, part_needs_all: bool) -> tuple[Unmet, ...]:
    """The parts of a group within a group that asks alike: all of them, or one."""
    if isinstance(part, Several) and part.named is None and part.needed == (len(part.parts) if part_needs_all else 1):
        return part.parts
    return (part,)


def _nearness(part: Unmet) -> tuple[bool, int, bool]:
    return (not is_in_reach(part), part.fewest, not is_open(part))
