"""What of a condition is not met, part by part: what lacks least comes first.

A part is read as the engine reads it: met if the proof holds it, and else examined and otherwise, not examined,
overruled, or out of reach of every rule.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dermarules.notation import FALSE, TRUE, asked_where, root_claim, wording
from dermarules.proof import Assumed, Claim, premises_of
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

    `found` are the claims that say otherwise, or that overrule it. `wants` are findings that would meet it: one of
    them, or all if `needs_all`; of what was examined in part, those that are left.
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

    `fewest` are the tests that are missing on the nearest way; one that two parts share counts for each.
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
    """The tests that would have to be met on the nearest way: of each group the parts that lack least."""
    if isinstance(part, Missing):
        return (part,)
    return tuple({test.claim: test for each in part.parts[: part.needed] for test in nearest(each)}.values())


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


@dataclass(frozen=True, slots=True)
class _Spot:
    """In which rule a condition stands, and the side that the rule binds."""

    owner: str
    side: Side


class Reader:
    """Reads the parts of conditions against what a case holds; what several rules ask is looked up once."""

    def __init__(self, answer: Answer) -> None:
        self._held, self._knowledge = answer.inference.held, answer.knowledge
        self._told: Told = answer.settler.unknowns.told
        has_unknown_side = any(cell.side is Side.UNKNOWN for cell in self._told)
        self._sides = (*BOTH_SIDES, Side.UNKNOWN) if has_unknown_side else BOTH_SIDES
        self._tests: dict[Claim, Missing | None] = {}
        self._findings: dict[Claim, Unmet | None] = {}

    def unmet(self, owner: str, condition: Condition, sides: Iterable[Side] = ()) -> tuple[UnmetOnSide, ...]:
        """What a rule lacks on each side that it can be of (or on some `sides`), the nearest miss first.

        `owner` is the rule as claims name it, such as `red_flags/acute_foot_drop`. Where it holds is left out.
        """
        bound = (tuple(sides) or self._sides) if binds_side(condition) else (Side.NONE,)
        found = [(side, self._part(condition, _Spot(owner, side), True)) for side in bound]
        lacking = [UnmetOnSide(side, nearest(part), part) for side, part in found if part is not None]
        return tuple(sorted(lacking, key=lambda each: (each.nearness, each.side.rank)))

    def _part(self, condition: Condition, spot: _Spot, truth: bool) -> Unmet | None:
        """What a condition lacks to be true (or with `truth` false, to be false); None if it is."""
        match condition:
            case Leaf():
                return self._leaf(condition, spot, truth)
            case Compare():
                return self._test(condition, None, spot, truth)
            case Derived():
                return self._derived(condition, spot, truth)
            case Not():
                return self._part(condition.of, spot, not truth)
            case _:
                parts = [self._part(each, spot, truth) for each in condition.of]
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
        if not binds_side(self._knowledge.derived[condition.finding].when):
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
        return root_claim(f"findings/{finding}", side, _word(present)) in self._held

    def _finding(self, name: str, side: Side, present: bool) -> Unmet | None:
        """What a derived finding lacks to be present (or absent)."""
        claim = root_claim(f"findings/{name}", side, _word(present))
        if claim not in self._findings:
            self._findings[claim] = None if claim in self._held else self._of_finding(claim, side, present)
        return self._findings[claim]

    def _of_finding(self, claim: Claim, side: Side, present: bool) -> Unmet:
        """What a derived finding lacks. Where it is present it is never absent as well."""
        owner, name = claim.subject, claim.subject.removeprefix("findings/")
        if not present and self._holds(name, side, True):
            return Missing(claim, Lack.OVERRULED, (root_claim(owner, side),))
        derived = self._knowledge.derived[name]
        stated = None if present else derived.absent_when
        inner = self._part(stated or derived.when, _Spot(owner, side), present or stated is not None)
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
        claim = Claim(_word(truth), wording(leaf), asked_where(side, unsaid_fits=unsaid_fits))
        if claim not in self._tests:
            self._tests[claim] = None if claim in self._held else self._of_test(claim, leaf, side, truth)
        return self._tests[claim]

    def _of_test(self, claim: Claim, leaf: Leaf | Compare, side: Side | None, truth: bool) -> Missing:
        otherwise = self._held.steps.get(claim._replace(predicate=_word(not truth)), ())
        rows = [row for step in otherwise if not isinstance(step, Assumed) for row in premises_of(step)]
        if rows:
            wants = tuple(wanted(leaf, side, truth, {}, self._knowledge))
            return Missing(claim, Lack.OTHERWISE, tuple(dict.fromkeys(rows)), wants, needs_all=not truth)
        wants = tuple(wanted(leaf, side, truth, self._told, self._knowledge))
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
