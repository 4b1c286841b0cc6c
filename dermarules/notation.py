"""How claims are spelled: whoever proves, prints or checks a claim spells it in this way."""

from dermarules.findings import Finding
from dermarules.proof import Claim
from dermarules.rules import Compare, Leaf
from dermarules.vocabulary import Kind, Side, Word

TRUE, FALSE = "true", "false"
# What stands between the names of several lesions.
SEVERAL = " + "

# A place: its kind (skin, movement, muscle or reflex) and its id.
Place = tuple[str, str]


class State(Word):
    """What was observed at a place, the strongest first: several findings at one place count once."""

    DEFICIT = "deficit"
    FELT = "felt"
    NORMAL = "normal"
    DENIED = "denied"
    PAIN = "pain"


ABNORMAL = frozenset({State.DEFICIT, State.FELT})
SPARED = frozenset({State.NORMAL, State.DENIED})
# What a candidate may explain: pain as well, though pain outside its territory is not held against it.
TOLD = frozenset({*ABNORMAL, State.PAIN})


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


def row_claim(finding: Finding) -> Claim:
    """The claim that a row of the case makes."""
    places = f" over {', '.join(finding.places)}" if finding.places else ""
    result = finding.level or finding.result.value if finding.number is None else _number(finding.number)
    sides = "both" if len(finding.sides) > 1 else finding.sides[0].value
    return Claim("found", f"{finding.kind.value} {finding.name}{places}: {result}", sides)


def _number(value: float) -> str:
    """A number in few digits, or in all of them if few do not tell it."""
    short = f"{value:g}"
    return short if float(short) == value else repr(value)


def seen_claim(place: Place, side: Side, state: State) -> Claim:
    """The claim that an observation makes."""
    return Claim("seen", f"{state.value} {place[0]} {place[1]}", side.value)


def asked_where(side: Side | None, *, unsaid_fits: bool) -> str:
    """On which side a leaf is asked (None: on any), as it stands in its claim."""
    if side is None:
        return "any"
    return f"{side.value} or not said" if unsaid_fits else side.value
