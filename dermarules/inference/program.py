"""The rules of the knowledge base as ground clauses, and the leaves of a case that they start from.

Three truth values need no negation: `true` and `false` of a condition are two claims, each proved by clauses of its
own, and unknown is the absence of both. A side is bound once for a whole rule (left, right or the unnamed side).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import lru_cache
from itertools import combinations

from dermarules.knowledgebase.base import Knowledge
from dermarules.proof import Claim
from dermarules.rules import All, AtLeast, Compare, Condition, Derived, DerivedFinding, Leaf, Not, binds_side, walk
from dermarules.vocabulary import BOTH_SIDES, LATERAL_SIDES, Kind, Side, SideTest

TRUE, FALSE = "true", "false"


@dataclass(frozen=True, slots=True)
class Clause:
    """If every claim of `body` holds, and no claim of `unless`, then `head` holds by rule `by`."""

    head: Claim
    body: tuple[Claim, ...]
    by: str
    because: str = ""
    stratum: int = 0
    unless: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class LeafQuestion:
    """A leaf as asked on one side (None: on any side), with the claims that it is true and that it is false.

    If `unsaid_fits`, what is present on a side that the case does not name may be on the side that is asked about.
    """

    leaf: Leaf | Compare
    side: Side | None
    true: Claim
    false: Claim
    unsaid_fits: bool = False


@dataclass(frozen=True, slots=True)
class Program:
    """All clauses of a knowledge base in one order, by number where they wait, and the leaves that they start from."""

    clauses: tuple[Clause, ...]
    questions: tuple[LeafQuestion, ...]
    by_body: Mapping[Claim, tuple[int, ...]]
    by_key: Mapping[tuple[Kind, str], tuple[LeafQuestion, ...]]
    leaves_of: Mapping[str, tuple[LeafQuestion, ...]]
    leaf_claims: frozenset[Claim]


def wording(leaf: Leaf | Compare) -> str:
    """A leaf in words that name it uniquely."""
    if isinstance(leaf, Compare):
        assumed = ", or not known" if leaf.if_unknown else ""
        return f"{leaf.measure} {leaf.operator} {leaf.number:g}{assumed}"
    is_any_quality = leaf.kind in (Kind.SENSATION, Kind.FEELS) and len(leaf.names) > 1
    names = "any" if is_any_quality else "/".join(leaf.names)
    places = f" over {'/'.join(leaf.places)}" if leaf.places else ""
    results = "/".join(sorted(result.value for result in leaf.results))
    return f"{leaf.kind.value} {names}{places} is {results}"


def root_claim(owner: str, side: Side, truth: str = TRUE) -> Claim:
    """The claim that a rule, red flag, derived finding or entry condition holds (or, with FALSE, fails)."""
    return Claim(truth, owner, side.value)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where in which rule a condition stands, and the side that the rule binds."""

    owner: str
    path: str
    side: Side
    stratum: int

    def part(self, index: int) -> "_Spot":
        return _Spot(self.owner, f"{self.path}.{index}", self.side, self.stratum)


# The claims that a condition is true and that it is false; None if its side cannot be known.
_Pair = tuple[Claim, Claim]


class _Grounding:
    """Collects the clauses of one knowledge base."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.clauses: dict[Clause, None] = {}
        self.questions: dict[tuple[str, str], LeafQuestion] = {}
        self.leaves_of: dict[str, dict[LeafQuestion, None]] = {}
        signs = knowledge.weights.signs
        self.general = frozenset(f"findings/{x}" for x in astuple(signs))
        self.lateral = {derived.id: binds_side(derived.when) for derived in knowledge.derived.values()}

    def condition(self, owner: str, condition: Condition, because: str, stratum: int, *, only: str = "") -> None:
        """Ground one condition for each side that it can bind; `only` keeps just one truth value of the root."""
        path = f"{owner} (absence)" if only == FALSE else owner
        for side in LATERAL_SIDES if binds_side(condition) or self._has_sides(owner) else (Side.NONE,):
            top = self._node(condition, _Spot(owner, path, side, stratum))
            if top is None:
                continue
            # A derived finding that `absent_when` makes absent needs `absent_when` to be true.
            pairs = {TRUE: top[0], FALSE: top[0] if only == FALSE else top[1]}
            for truth in (only,) if only else (TRUE, FALSE):
                self.clauses[Clause(root_claim(owner, side, truth), (pairs[truth],), owner, because, stratum)] = None

    def _has_sides(self, owner: str) -> bool:
        """True if the owner is a derived finding with sides, so that its absence has sides too."""
        return self.lateral.get(owner.removeprefix("findings/"), False)

    def _add(self, head: Claim, body: Iterable[Claim | None], spot: _Spot) -> None:
        claims = tuple(body)
        present = tuple(dict.fromkeys(claim for claim in claims if claim is not None))
        if all(claim is not None for claim in claims):
            self.clauses[Clause(head, present, spot.owner, "", spot.stratum)] = None

    def _node(self, condition: Condition, spot: _Spot) -> _Pair | None:
        match condition:
            case Leaf() | Compare():
                return self._leaf(condition, spot)
            case Derived():
                return self._derived(condition, spot)
            case Not():
                inner = self._node(condition.of, spot)
                return None if inner is None else (inner[1], inner[0])
            case _:
                parts = [self._node(part, spot.part(i)) for i, part in enumerate(condition.of)]
                needed = (
                    len(parts) if isinstance(condition, All) else condition.n if isinstance(condition, AtLeast) else 1
                )
                return self._junction(needed, parts, spot)

    def _junction(self, needed: int, parts: list[_Pair | None], spot: _Spot) -> _Pair:
        """True if `needed` of the parts are true, false if so many are false that this cannot be."""
        total = len(parts)
        word = f"at least {needed} of {total} in" if 1 < needed < total else "all in" if needed > 1 else "one in"
        claims = (
            Claim(TRUE, f"{word} {spot.path}", spot.side.value),
            Claim(FALSE, f"{word} {spot.path}", spot.side.value),
        )
        for truth, size in ((0, needed), (1, total - needed + 1)):
            for chosen in combinations(parts, size):
                self._add(claims[truth], [part[truth] if part is not None else None for part in chosen], spot)
        return claims

    def _leaf(self, leaf: Leaf | Compare, spot: _Spot) -> _Pair | None:
        match leaf.side if isinstance(leaf, Leaf) else SideTest.ANY:
            case SideTest.ANY:
                return self._ask(spot.owner, leaf, None)
            case SideTest.SAME:
                return self._ask(spot.owner, leaf, spot.side)
            case SideTest.OTHER:
                return None if spot.side is Side.UNKNOWN else self._ask(spot.owner, leaf, spot.side.other)
            case SideTest.BOTH:
                return self._junction(2, [self._ask(spot.owner, leaf, each) for each in BOTH_SIDES], spot)

    def _ask(self, owner: str, leaf: Leaf | Compare, side: Side | None) -> _Pair:
        text = wording(leaf)
        # Context that a clinical rule asks for, such as an injury, is seldom given a side.
        unsaid_fits = owner.startswith("rules/") and side in BOTH_SIDES
        where = "any" if side is None else f"{side.value} or not said" if unsaid_fits else side.value
        question = self.questions.setdefault(
            (text, where), LeafQuestion(leaf, side, Claim(TRUE, text, where), Claim(FALSE, text, where), unsaid_fits)
        )
        self.leaves_of.setdefault(owner, {})[question] = None
        return question.true, question.false

    def _derived(self, condition: Derived, spot: _Spot) -> _Pair | None:
        name = f"findings/{condition.finding}"
        self.leaves_of.setdefault(spot.owner, {}).update(self.leaves_of.get(name, {}))

        def on(where: Side) -> _Pair:
            pair = root_claim(name, where, TRUE), root_claim(name, where, FALSE)
            return pair if condition.present else (pair[1], pair[0])

        both: list[_Pair | None] = [on(each) for each in BOTH_SIDES]
        pair: _Pair | None
        if not self.lateral[condition.finding]:
            pair = on(Side.NONE)
        elif condition.side is SideTest.SAME:
            pair = on(spot.side)
        elif condition.side is SideTest.OTHER:
            pair = None if spot.side is Side.UNKNOWN else on(spot.side.other)
        elif condition.side is SideTest.BOTH:
            pair = self._junction(2, both, spot)
        else:
            pair = self._junction(1, both, spot)
            self._add(pair[0], (on(Side.UNKNOWN)[0],), spot)
        return pair


@lru_cache(maxsize=8)
def program(knowledge: Knowledge) -> Program:
    """The clauses of a knowledge base, made once."""
    ground = _Grounding(knowledge)
    for level, derived in enumerate(_in_order(knowledge)):
        owner, stratum = f"findings/{derived.id}", 2 * level
        if derived.absent_when is None:
            ground.condition(owner, derived.when, derived.because, stratum)
            continue
        ground.condition(owner, derived.when, derived.because, stratum, only=TRUE)
        ground.condition(owner, derived.absent_when, derived.because, stratum + 1, only=FALSE)
    last = 2 * len(knowledge.derived)
    for site in knowledge.wide_sites.values():
        ground.condition(f"localizations/{site.id}", site.requires, site.because, last)
    for rule in knowledge.rules.values():
        ground.condition(f"rules/{rule.id}", rule.when, rule.because, last)
    for flag in knowledge.red_flags.values():
        ground.condition(f"red_flags/{flag.id}", flag.when, flag.because, last)
        if flag.ask_when is not None:
            ground.condition(f"ask/{flag.id}", flag.ask_when, "", last)
    return _indexed(ground)


def _in_order(knowledge: Knowledge) -> Iterator[DerivedFinding]:
    """Derived findings, each after those that it uses; the loader has made sure that there is no circle."""
    done: dict[str, None] = {}

    def visit(name: str) -> Iterator[DerivedFinding]:
        if name in done:
            return
        derived = knowledge.derived[name]
        for condition in (derived.when, derived.absent_when):
            for part in walk(condition) if condition is not None else ():
                if isinstance(part, Derived):
                    yield from visit(part.finding)
        done[name] = None
        yield derived

    for name in knowledge.derived:
        yield from visit(name)


def _indexed(ground: _Grounding) -> Program:
    clauses = _wanted(tuple(_guarded(clause) for clause in ground.clauses), ground.general)
    clauses = tuple(sorted(clauses, key=lambda c: (c.stratum, c.by, c.head, c.body)))
    by_body: dict[Claim, list[int]] = {}
    for number, clause in enumerate(clauses):
        for claim in clause.body:
            by_body.setdefault(claim, []).append(number)
    by_key: dict[tuple[Kind, str], list[LeafQuestion]] = {}
    questions = tuple(ground.questions.values())
    for question in questions:
        for key in _keys(question.leaf):
            by_key.setdefault(key, []).append(question)
    return Program(
        clauses,
        questions,
        {claim: tuple(found) for claim, found in by_body.items()},
        {key: tuple(found) for key, found in by_key.items()},
        {owner: tuple(found) for owner, found in ground.leaves_of.items()},
        frozenset(claim for question in questions for claim in (question.true, question.false)),
    )


def _wanted(clauses: Sequence[Clause], general: frozenset[str]) -> tuple[Clause, ...]:
    """The clauses that can end in something a report tells: nobody asks whether a clinical rule is false."""
    by_head: dict[Claim, list[Clause]] = {}
    for clause in clauses:
        by_head.setdefault(clause.head, []).append(clause)
    stack = [head for head in by_head if _is_told(head, general)]
    needed = set(stack)
    while stack:
        for clause in by_head.get(stack.pop(), ()):
            for claim in (*clause.body, *clause.unless):
                if claim not in needed:
                    needed.add(claim)
                    stack.append(claim)
    return tuple(clause for clause in clauses if clause.head in needed)


def _is_told(head: Claim, general: frozenset[str]) -> bool:
    table = head.subject.partition("/")[0]
    if head.predicate == FALSE:
        return table == "red_flags"
    return table in ("red_flags", "ask", "rules", "localizations") or head.subject in general


def _guarded(clause: Clause) -> Clause:
    """A derived finding that is present is never absent as well: its absence waits until its presence is decided."""
    head = clause.head
    if head.predicate != FALSE or not head.subject.startswith("findings/"):
        return clause
    unless = (Claim(TRUE, head.subject, head.side),)
    return Clause(head, clause.body, clause.by, clause.because, clause.stratum | 1, unless)


def _keys(leaf: Leaf | Compare) -> Iterator[tuple[Kind, str]]:
    """What a finding must be about to touch a leaf: a place for skin, else the id."""
    if isinstance(leaf, Compare):
        yield Kind.MEASURE, leaf.measure
    else:
        for name in leaf.places or leaf.names:
            yield leaf.kind, name
