"""The rules read a second time: in which ways each claim of a rule can be proved, and which tests they start from.

A rule is read once for every side that it can bind. A part that cannot be known on a side is None there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from functools import cached_property, lru_cache
from itertools import combinations

from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import FALSE, TRUE, asked_where, root_claim, wording
from dermarules.proof import Claim, Derivation
from dermarules.rules import All, AtLeast, Compare, Condition, Derived, Leaf, Not, binds_side, walk
from dermarules.vocabulary import BOTH_SIDES, LATERAL_SIDES, Kind, Side, SideTest

# The claims that a condition is true and that it is false.
Pair = tuple[Claim, Claim]
# What a row or a test is about: a place of skin, or else its own name.
Key = tuple[Kind, str]


@dataclass(frozen=True, slots=True, eq=False)
class Test:
    """A leaf asked on one side (None: on any); `unsaid_fits` if a finding without a side may be on that side."""

    leaf: Leaf | Compare
    side: Side | None
    unsaid_fits: bool

    @property
    def keys(self) -> tuple[Key, ...]:
        """What a row must be about to touch the test."""
        if isinstance(self.leaf, Compare):
            return ((Kind.MEASURE, self.leaf.measure),)
        return tuple((self.leaf.kind, name) for name in self.leaf.places or self.leaf.names)

    @property
    def pair(self) -> Pair:
        """The claims that it is true and that it is false."""
        where = asked_where(self.side, unsaid_fits=self.unsaid_fits)
        return Claim(TRUE, wording(self.leaf), where), Claim(FALSE, wording(self.leaf), where)


@dataclass(frozen=True, eq=False)
class Book:
    """Every way to prove a claim, premises before conclusions, and the tests that the ways start from, by their pairs.

    `tests_of` has what each rule, red flag or derived finding tests, itself or through the findings that it names.
    """

    ways: tuple[tuple[Claim, Derivation], ...]
    tests: Mapping[Pair, Test]
    tests_of: Mapping[str, frozenset[Pair]]

    @cached_property
    def keys_of(self) -> Mapping[Pair, tuple[Key, ...]]:
        """What each test asks about."""
        return {pair: test.keys for pair, test in self.tests.items()}

    @cached_property
    def touched_by(self) -> Mapping[Key, tuple[Pair, ...]]:
        """The tests that a row about something touches."""
        found: dict[Key, dict[Pair, None]] = {}
        for pair, keys in self.keys_of.items():
            for key in keys:
                found.setdefault(key, {})[pair] = None
        return {key: tuple(pairs) for key, pairs in found.items()}

    @cached_property
    def needs(self) -> tuple[int, ...]:
        """How many claims each way rests on."""
        return tuple(len(set(way.premises)) for _, way in self.ways)

    @cached_property
    def unconditional(self) -> tuple[int, ...]:
        """The numbers of the ways that rest on nothing."""
        return tuple(number for number, needed in enumerate(self.needs) if not needed)

    @cached_property
    def using(self) -> Mapping[Claim, tuple[int, ...]]:
        """By claim the numbers of the ways that rest on it."""
        found: dict[Claim, list[int]] = {}
        for number, (_, way) in enumerate(self.ways):
            for premise in dict.fromkeys(way.premises):
                found.setdefault(premise, []).append(number)
        return {claim: tuple(numbers) for claim, numbers in found.items()}


@lru_cache(maxsize=8)
def book(knowledge: Knowledge) -> Book:
    """The rules of a knowledge base as ways to prove claims; without those that end in nothing that a report tells."""
    reader = _Reader({derived.id: binds_side(derived.when) for derived in knowledge.derived.values()})
    for name in _lowest_first(knowledge):
        derived = knowledge.derived[name]
        owner = f"findings/{name}"
        if derived.absent_when is None:
            reader.read(owner, derived.when, derived.because, (TRUE, FALSE))
        else:
            reader.read(owner, derived.when, derived.because, (TRUE,))
            reader.read(owner, derived.absent_when, derived.because, (FALSE,))
    for table, records in (
        ("modifiers", knowledge.modifiers),
        ("rules", knowledge.rules),
        ("red_flags", knowledge.red_flags),
    ):
        for record in records.values():
            reader.read(f"{table}/{record.id}", record.when, record.because, (TRUE, FALSE))
    for site in knowledge.wide_sites.values():
        reader.read(f"localizations/{site.id}", site.requires, site.because, (TRUE, FALSE))
    for flag in knowledge.red_flags.values():
        if flag.ask_when is not None:
            reader.read(f"ask/{flag.id}", flag.ask_when, "", (TRUE, FALSE))
    general = {f"findings/{name}" for name in astuple(knowledge.weights.signs)}
    ways = _told([*dict.fromkeys(reader.ways)], general)
    return Book(ways, reader.tests, {owner: frozenset(found) for owner, found in reader.tests_of.items()})


def _lowest_first(knowledge: Knowledge) -> Iterator[str]:
    """The derived findings, each after those that it is made of."""
    done: set[str] = set()

    def visit(name: str) -> Iterator[str]:
        if name in done:
            return
        done.add(name)
        derived = knowledge.derived[name]
        for condition in (derived.when, derived.absent_when):
            for part in walk(condition) if condition is not None else ():
                if isinstance(part, Derived):
                    yield from visit(part.finding)
        yield name

    for name in knowledge.derived:
        yield from visit(name)


def _told(ways: Sequence[tuple[Claim, Derivation]], general: set[str]) -> tuple[tuple[Claim, Derivation], ...]:
    """The ways that can end in what a report tells: that a rule is false, for one, tells nothing."""
    needed: set[Claim] = set()
    kept = []
    for claim, way in reversed(ways):
        table = claim.subject.partition("/")[0]
        is_told = table == "red_flags" if claim.predicate == FALSE else table in _TOLD or claim.subject in general
        if is_told or claim in needed:
            needed.update(way.premises, way.unless)
            kept.append((claim, way))
    return tuple(reversed(kept))


_TOLD = ("rules", "red_flags", "ask", "localizations", "modifiers")


@dataclass(frozen=True, slots=True)
class _Reader:
    """What was read so far; `lateral` says of each derived finding whether it has sides."""

    lateral: Mapping[str, bool]
    ways: list[tuple[Claim, Derivation]] = field(default_factory=list)
    tests: dict[Pair, Test] = field(default_factory=dict)
    tests_of: dict[str, set[Pair]] = field(default_factory=dict)

    def read(self, owner: str, condition: Condition, because: str, truths: tuple[str, ...]) -> None:
        """Read a condition for every side; `truths` are what it settles: that its owner holds, that it fails."""
        is_absence = truths == (FALSE,)
        has_sides = binds_side(condition) or self.lateral.get(owner.removeprefix("findings/"), False)
        for side in LATERAL_SIDES if has_sides else (Side.NONE,):
            part = _Part(self, owner, f"{owner} (absence)" if is_absence else owner, side)
            pair = part.pair(condition)
            for truth in truths if pair is not None else ():
                proves = pair[0 if truth == TRUE or is_absence else 1]  # type: ignore[index]
                present = root_claim(owner, side)
                unless = (present,) if truth == FALSE and owner.startswith("findings/") else ()
                self.ways.append((root_claim(owner, side, truth), Derivation(owner, (proves,), because, unless)))


@dataclass(frozen=True, slots=True)
class _Part:
    """A place in a rule that is read for one side."""

    reader: _Reader
    owner: str
    path: str
    side: Side

    def pair(self, condition: Condition) -> Pair | None:
        """The claims that a condition here is true and that it is false."""
        match condition:
            case Leaf():
                return self._leaf(condition)
            case Compare():
                return self._test(condition, None)
            case Derived():
                return self._finding(condition)
            case Not():
                inner = self.pair(condition.of)
                return inner and (inner[1], inner[0])
            case _:
                parts = [
                    _Part(self.reader, self.owner, f"{self.path}.{i}", self.side).pair(each)
                    for i, each in enumerate(condition.of)
                ]
                return self._of(_needed(condition), parts)

    def _of(self, needed: int, parts: Sequence[Pair | None]) -> Pair:
        """True by any `needed` true parts; false by so many false ones that too few are left."""
        total = len(parts)
        many = "all in" if needed == total else f"at least {needed} of {total} in"
        subject = f"{'one in' if needed == 1 else many} {self.path}"
        pair = Claim(TRUE, subject, self.side.value), Claim(FALSE, subject, self.side.value)
        for truth, number in ((0, needed), (1, total - needed + 1)):
            for chosen in combinations(parts, number):
                self._way(pair[truth], [part and part[truth] for part in chosen])
        return pair

    def _way(self, claim: Claim, premises: Sequence[Claim | None]) -> None:
        known = tuple(dict.fromkeys(premise for premise in premises if premise is not None))
        if None not in premises:
            self.reader.ways.append((claim, Derivation(self.owner, known)))

    def _leaf(self, leaf: Leaf) -> Pair | None:
        if leaf.side is SideTest.BOTH:
            return self._of(2, [self._test(leaf, each) for each in BOTH_SIDES])
        if leaf.side is SideTest.ANY:
            return self._test(leaf, None)
        side = self._side_of(leaf.side)
        return side and self._test(leaf, side)

    def _side_of(self, asked: SideTest) -> Side | None:
        """The bound side or its opposite; a side that nobody named has none."""
        if asked is SideTest.SAME:
            return self.side
        return None if self.side is Side.UNKNOWN else self.side.other

    def _test(self, leaf: Leaf | Compare, side: Side | None) -> Pair:
        # The context that a clinical rule asks for is seldom told with a side.
        test = Test(leaf, side, self.owner.startswith("rules/") and side in BOTH_SIDES)
        self.reader.tests.setdefault(test.pair, test)
        self.reader.tests_of.setdefault(self.owner, set()).add(test.pair)
        return test.pair

    def _finding(self, part: Derived) -> Pair | None:
        name = f"findings/{part.finding}"
        self.reader.tests_of.setdefault(self.owner, set()).update(self.reader.tests_of.get(name, ()))

        def on(side: Side) -> Pair:
            pair = root_claim(name, side, TRUE), root_claim(name, side, FALSE)
            return pair if part.present else (pair[1], pair[0])

        if not self.reader.lateral[part.finding]:
            return on(Side.NONE)
        if part.side in (SideTest.SAME, SideTest.OTHER):
            side = self._side_of(part.side)
            return side and on(side)
        pair = self._of(2 if part.side is SideTest.BOTH else 1, [on(each) for each in BOTH_SIDES])
        if part.side is SideTest.ANY:
            self._way(pair[0], [on(Side.UNKNOWN)[0]])
        return pair


def _needed(condition: Condition) -> int:
    if isinstance(condition, All):
        return len(condition.of)
    return condition.n if isinstance(condition, AtLeast) else 1
