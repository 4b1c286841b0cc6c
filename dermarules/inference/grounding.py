"""From conditions to clauses: each rule once for every side that it can bind, each part of it true and false."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from itertools import combinations

from dermarules.inference.clauses import Clause, LeafQuestion
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import FALSE, TRUE, asked_where, root_claim, wording
from dermarules.proof import Claim
from dermarules.rules import All, AtLeast, Compare, Condition, Derived, Leaf, Not, binds_side
from dermarules.vocabulary import BOTH_SIDES, LATERAL_SIDES, Side, SideTest


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


class Grounding:
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
        where = asked_where(side, unsaid_fits=unsaid_fits)
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
