"""What a report holds, as a reader of its text asks: rows, totals, flags and facts, from its proof and its values."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import TypeVar

from dermarules.bedside import KeyExamination
from dermarules.findings import Finding
from dermarules.inference.weigh import Weighing
from dermarules.knowledgebase.facts import Authority, authority
from dermarules.notation import SEVERAL, row_claim
from dermarules.proof import Assumed, Claim, Derivation, Known, Observed, Weighed
from dermarules.report import Report
from dermarules.vocabulary import Kind, Result, Review, Side
from tests.told.outline import Line
from tests.told.words import Meaning, Spots, Words, bare, listed, read, word

T = TypeVar("T")
Reader = Callable[["Held", Line], None]
# Of a rule or fact, so many sources are named.
_MOST_SOURCES = 2


class NotHeldError(Exception):
    """What a text says, and the report does not hold."""


class NotReadError(NotHeldError):
    """A text that is none of those that may stand here."""


def need(holds: object, what: str) -> None:
    """NotHeldError with what is said, unless it holds."""
    if not holds:
        raise NotHeldError(what)


def slots(key: str, text: str) -> dict[str, str]:
    """What stands in the slots of a template; NotReadError if the text is not made by it."""
    found = read(key, text)
    if found is None:
        raise NotReadError(f"is not {key}")
    return found


def is_word(key: str, text: str) -> None:
    """NotReadError unless the text is a template without slots."""
    if word(key) != text:
        raise NotReadError(f"is not {key}")


class Held:
    """The proof and the values of a report, indexed for a reader."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.knowledge = report.knowledge
        self.proof = report.proof
        self.words = Words(report.knowledge)
        self.first = report.inference.ranked[0].weighing
        given = {row_claim(finding): finding for finding in report.case.findings}
        self.rows = {claim: given.get(claim) or _computed(claim) for claim in self.proof if claim.predicate == "found"}

    # What is told of findings.

    def states(self, text: str, row: Claim, places: Iterable[str] = ()) -> bool:
        """True if a phrase says what a row says, at those of its places that are among `places` (all, if none is)."""
        finding = self.rows[row]
        expected = {place for place in finding.places if place in set(places)} or set(finding.places)
        return any(self._means(meaning, finding, expected) for meaning in self.words.findings(text))

    def _means(self, meaning: Meaning, finding: Finding, places: set[str]) -> bool:
        number = "" if finding.number is None else f"{finding.number:g}"
        side = "both" if len(finding.sides) > 1 else _told(finding.sides[0])
        said = (meaning.kind, meaning.name, meaning.result, meaning.side, meaning.number, meaning.level)
        if said != (finding.kind, finding.name, finding.result, side, number, finding.level):
            return False
        if meaning.count:
            return meaning.places < places and meaning.count == self._names(places)
        return meaning.places == places

    def _names(self, places: set[str]) -> int:
        """In how many names places are told: an area, the largest first, stands for its regions."""
        left, count = set(places), 0
        for area in sorted(self.knowledge.areas.values(), key=lambda each: -len(each.regions)):
            if len(area.regions) > 1 and left.issuperset(area.regions):
                left -= set(area.regions)
                count += 1
        return count + len(left)

    def written(self, row: Claim) -> tuple[str, ...]:
        """Where a row is written."""
        steps = [step.location for step in self.proof[row] if isinstance(step, Observed)]
        return tuple(dict.fromkeys(f"{PurePath(at.file).name}:{at.line}" for at in steps if at.line))

    def assumes(self, text: str, claims: Iterable[Claim]) -> bool:
        """True if a phrase says what one of the claims assumes."""
        for claim in claims:
            reasons = [step.reason for step in self.proof[claim] if isinstance(step, Assumed)]
            measure = claim.subject.partition(",")[0].split()
            for said in self.words.assumptions(text) if reasons else ():
                if said.reason in reasons or [said.measure, said.operator, said.number] == measure:
                    return True
        return False

    def leaves(self, claims: Iterable[Claim]) -> tuple[list[Claim], list[Claim]]:
        """The rows and the assumptions that claims finally rest on."""
        leaves = list(dict.fromkeys(leaf for claim in claims for leaf in self.proof.leaves(claim)))
        assumed = [c for c in leaves if any(isinstance(step, Assumed) for step in self.proof[c])]
        return [c for c in leaves if c.predicate == "found"], assumed

    def ground_lines(self, lines: Sequence[Line], claims: Iterable[Claim], known: Iterable[Claim] = ()) -> None:
        """Lines that tell the findings and assumptions behind claims, but for those behind `known` claims."""
        told = {leaf for leaves in self.leaves(known) for leaf in leaves}
        rows, assumed = ([leaf for leaf in leaves if leaf not in told] for leaves in self.leaves(claims))
        for line in lines:
            if not self.is_rest(line, len(rows) + len(assumed), len(lines) - 1):
                self.ground_line(line, (*rows, *assumed))

    def ground_line(self, line: Line, claims: Iterable[Claim]) -> None:
        """A line that tells one of these findings or assumptions, and where it is written."""
        of = tuple(claims)
        rows = [claim for claim in of if claim in self.rows and line.places == self.written(claim)]
        is_told = any(self.states(line.text, row) for row in rows) or self.assumes(line.text, of)
        need(is_told, f"'{line.text}' is not among what this rests on")
        self.is_plain(line)

    def is_plain(self, line: Line) -> None:
        """A line names no ground beside the place of its finding."""
        need(not (line.tags or line.is_draft or line.under or line.bar), f"'{line.text}' is told with a ground")

    def is_rest(self, line: Line, count: int, shown: int) -> bool:
        """True if a line says how many findings there are beyond those shown; NotHeldError if that is not so."""
        rest = read("page.more_findings", line.text)
        if rest is not None:
            need(int(rest["n"]) == count - shown, f"{count} findings are behind this, {shown} are told")
        return rest is not None

    def row_lines(self, lines: Sequence[Line], seen: Iterable[Claim]) -> None:
        """Lines that tell the rows of observations, each row once, at the places that were observed."""
        by_row: dict[Claim, list[str]] = {}
        for claim in seen:
            by_row.setdefault(self.row_of(claim), []).append(claim.subject.split(" ", 2)[2])
        for line in lines:
            if not self.is_rest(line, len(by_row), len(lines) - 1):
                told = [row for row, at in by_row.items() if self.states(line.text, row, at)]
                need(told, f"'{line.text}' is not among the observations")
                need(line.places in [self.written(row) for row in told], f"it is not written at {line.places}")
                self.is_plain(line)

    def row_of(self, seen: Claim) -> Claim:
        """The row that an observation rests on."""
        return next(p for step in self.proof[seen] if isinstance(step, Derivation) for p in step.premises)

    def observed(self, names: Iterable[str]) -> list[Claim]:
        """The observations that the differential names: `deficit skin great_toe_medial, left`."""
        found = [Claim("seen", *name.rsplit(", ", 1)) for name in names]
        need(all(claim in self.proof for claim in found), "the differential names what the proof does not hold")
        return found

    # What is told of places.

    def spots(self, weighing: Weighing) -> Spots:
        """A weighed localization, each of its lesions with the side that is told of it."""
        candidate = weighing.candidate
        if len({side for _, side in candidate.parts}) > 1:
            return tuple(
                (part.localization, "both" if part.is_bilateral else _told(side)) for part, side in candidate.parts
            )
        side = candidate.told_side(weighing.side) or ""
        return tuple((name, side) for name in candidate.localization.split(SEVERAL))

    def names(self, text: str, weighing: Weighing) -> bool:
        """True if a text names a weighed localization with its side."""
        return self.spots(weighing) in self.words.spots(text)

    def is_named(self, text: str, localization: str, side: str | None = None) -> bool:
        """True if a text names a localization."""
        return tuple((name, side or "") for name in localization.split(SEVERAL)) in self.words.spots(text)

    def weighed(self, weighing: Weighing) -> Weighed:
        """The step of the proof that adds up a localization."""
        return next(step for step in self.proof[weighing.claim] if isinstance(step, Weighed))

    # What is told of facts and rules.

    def is_draft(self, claims: Iterable[Claim]) -> bool:
        """True if a fact or rule behind claims is draft."""
        behind = dict.fromkeys(b for claim in claims for b in self.proof.behind(claim))
        return any(
            step.review is Review.DRAFT
            if isinstance(step, Known)
            else isinstance(step, Derivation) and self.has_draft(step.rule)
            for claim in behind
            for step in self.proof[claim]
        )

    def behind(self, name: str) -> tuple[Authority | KeyExamination, ...]:
        """What stands behind the name of a rule or fact; a disc brings the conditions that it causes."""
        if name == "isncsci":
            return (self.knowledge.isncsci,)
        table, _, key = name.partition("/")
        disc = self.knowledge.disc_levels[key] if table == "disc_levels" else None
        caused = (disc.radiculopathy, disc.herniation) if disc else ()
        return tuple(authority(self.knowledge, each) for each in (name, *(f"conditions/{one}" for one in caused)))

    def has_draft(self, name: str) -> bool:
        """True if nobody has read a source for a rule or fact."""
        return any(each.review is Review.DRAFT for each in self.behind(name))

    def sources(self, name: str) -> tuple[str, ...]:
        """The sources of a rule or fact."""
        return tuple(dict.fromkeys(source for each in self.behind(name) for source in each.sources))

    def located(self, name: str) -> tuple[str, ...]:
        """Where a rule or fact is written; nothing if that is nowhere."""
        location = authority(self.knowledge, name).location
        return (str(location),) if location else ()

    def grounds(
        self,
        line: Line,
        names: Iterable[str] = (),
        claims: Iterable[Claim] = (),
        drafts: Iterable[str] = (),
        places: tuple[str, ...] = (),
    ) -> None:
        """A line names these rules and facts, and is draft if one of its claims or of `drafts` is."""
        told = tuple(tag.partition(": ")[0] for tag in line.tags)
        need(told == tuple(names), f"it rests on {tuple(names)}, not on {told}")
        for tag in line.tags:
            self._cites(tag)
        is_draft = self.is_draft(claims) or any(self.has_draft(name) for name in drafts)
        need(line.is_draft is is_draft, "it is draft" if is_draft else "nothing in it is draft")
        need(line.places == places, f"it is written at {places}")

    def _cites(self, tag: str) -> None:
        name, _, cited = tag.partition(": ")
        if not cited:
            return
        sources = self.sources(name)
        more = f" +{len(sources) - _MOST_SOURCES}" if len(sources) > _MOST_SOURCES else ""
        need(cited == ", ".join(sources[:_MOST_SOURCES]) + more, f"{name} does not rest on {cited}")


def attempt(held: Held, line: Line, readers: Sequence[Reader]) -> None:
    """Read a line by the first reader that can; NotHeldError if what it says does not hold."""
    faults: list[NotHeldError] = []
    for reader in readers:
        try:
            reader(held, line)
            return
        except NotHeldError as fault:
            faults.append(fault)
    wrong = [fault for fault in faults if not isinstance(fault, NotReadError)]
    raise wrong[0] if wrong else NotReadError(f"'{line.text}' is no line that may stand here")


def any_of(choices: Iterable[T], check: Callable[[T], None]) -> None:
    """One of the choices passes a check; NotHeldError of the last one if none does."""
    fault: NotHeldError = NotReadError("nothing of the kind is held")
    for choice in choices:
        try:
            check(choice)
            return
        except NotHeldError as error:
            fault = error
    raise fault


def same(said: str, known: str) -> bool:
    """True if two sentences differ in nothing but a capital and a full stop."""
    return bare(said) == bare(known)


def _told(side: Side) -> str:
    return "" if side is Side.NONE else side.value


def _computed(claim: Claim) -> Finding:
    """A measure that was computed, from its claim `measure NAME: NUMBER`."""
    name, _, number = claim.subject.removeprefix("measure ").partition(": ")
    return Finding(Kind.MEASURE, name, (Side(claim.side),), Result.MEASURED, number=float(number))


def lists(text: str, known: Mapping[str, Sequence[str]]) -> Iterator[tuple[list[Sequence[str]], int]]:
    """Every way to read a text as a list of known names: the ids that each may mean, and how many there are in all."""
    for items in listed(text):
        more = read("words.more", items[-1])
        names = items[:-1] if more else items
        if all(bare(name) in known for name in names):
            yield [known[bare(name)] for name in names], len(names) + (int(more["n"]) if more else 0)
