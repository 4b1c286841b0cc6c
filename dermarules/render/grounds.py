"""What a claim rests on, read from the proof: findings with their place, cited facts, assumptions, what is draft."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import PurePath

from dermarules.findings import Finding
from dermarules.knowledgebase.base import Knowledge
from dermarules.notation import row_claim
from dermarules.proof import Assumed, Claim, Derivation, Known, Observed
from dermarules.provenance import Citation, Fact, Location
from dermarules.questions.answer import Answer
from dermarules.render.letter import Line
from dermarules.render.phrases import assumption_phrase, finding_phrase, measured_phrase
from dermarules.render.voice import Voice
from dermarules.vocabulary import Review

_MOST_SOURCES = 2


class Grounds:
    """The proof of an answer as a reader asks it: what is behind a claim."""

    def __init__(self, answer: Answer, voice: Voice) -> None:
        self.proof = answer.proof
        self.knowledge = answer.knowledge
        self.voice = voice
        self.answer = answer

    @cached_property
    def rows(self) -> dict[Claim, Finding]:
        """The findings of the case by the claim that each makes."""
        return {row_claim(finding): finding for finding in self.answer.case.findings}

    def phrase(self, row: Claim, places: Sequence[str] = ()) -> str:
        """A row of the case in words."""
        finding = self.rows.get(row)
        if finding is None:
            return measured_phrase(row, self.voice)
        return finding_phrase(finding, self.voice, [place for place in finding.places if place in places])

    def places(self, row: Claim) -> tuple[str, ...]:
        """Where a row is written: file and line."""
        steps = self.proof.steps.get(row, ())
        found = (place_of(step.location) for step in steps if isinstance(step, Observed))
        return tuple(dict.fromkeys(place for place in found if place))

    def finding(self, row: Claim, places: Sequence[str] = ()) -> Line:
        """The line of one finding."""
        return Line(self.phrase(row, places), places=self.places(row))

    def findings(self, claims: Iterable[Claim]) -> tuple[Line, ...]:
        """The findings and assumptions that claims finally rest on, each once, in the order of the case."""
        leaves = dict.fromkeys(leaf for claim in claims for leaf in self.proof.leaves(claim))
        rows = [leaf for leaf in leaves if leaf.predicate == "found"]
        rows.sort(key=lambda row: (self._location(row), row))
        assumed = [line for leaf in leaves for line in self.assumptions(leaf)]
        return (*(self.finding(row) for row in rows), *sorted(assumed, key=lambda line: line.text))

    def assumptions(self, claim: Claim) -> tuple[Line, ...]:
        """The lines of a claim that is taken for true without evidence; none for any other."""
        reasons = (step.reason for step in self.proof[claim] if isinstance(step, Assumed))
        return tuple(Line(assumption_phrase(claim, reason, self.voice)) for reason in reasons)

    def _location(self, row: Claim) -> Location:
        return min(step.location for step in self.proof[row] if isinstance(step, Observed))

    def facts(self, claims: Iterable[Claim]) -> tuple[Known, ...]:
        """The cited facts among claims."""
        steps = (step for claim in claims for step in self.proof.steps.get(claim, ()))
        return tuple(dict.fromkeys(step for step in steps if isinstance(step, Known)))

    def tags(self, claims: Iterable[Claim]) -> tuple[str, ...]:
        """The cited facts among claims, each with its first sources."""
        return tuple(tag(fact.fact, fact.sources) for fact in self.facts(claims))

    def is_draft(self, claims: Iterable[Claim]) -> bool:
        """True if something behind the claims was never checked against a source."""
        behind = dict.fromkeys(c for claim in claims for c in self.proof.behind(claim))
        for claim in behind:
            for step in self.proof[claim]:
                if isinstance(step, Known) and step.review is Review.DRAFT:
                    return True
                if isinstance(step, Derivation) and self.review(step.rule) is Review.DRAFT:
                    return True
        return False

    def review(self, rule: str) -> Review | None:
        """Who stands behind what a derivation applies; None for a step of logic or of reading."""
        table, _, name = rule.partition("/")
        knowledge = self.knowledge
        match table:
            case "rules":
                return knowledge.rules[name].review
            case "red_flags":
                return knowledge.red_flags[name].review
            case "findings":
                return knowledge.derived[name].review
            case "localizations":
                return knowledge.wide_sites[name].review
            case "modifiers":
                return knowledge.modifiers[name].review
            case "measures":
                return knowledge.measures[name].review
        return None


def place_of(location: Location) -> str:
    """A place in a file as an explanation shows it; nothing for a case that is in no file."""
    return f"{PurePath(location.file).name}:{location.line}" if location.line else ""


def has_draft(facts: Iterable[Fact]) -> bool:
    """True if nobody has read a source for one of the facts."""
    return any(fact.review is Review.DRAFT for fact in facts)


def tag(name: str, sources: Sequence[str]) -> str:
    """A rule or fact with its first sources, and how many more it has."""
    more = f" +{len(sources) - _MOST_SOURCES}" if len(sources) > _MOST_SOURCES else ""
    return f"{name}: {', '.join(sources[:_MOST_SOURCES])}{more}" if sources else name


def flag_tag(flag: str, knowledge: Knowledge) -> str:
    """A red flag with its first sources."""
    return tag(f"red_flags/{flag}", cited(knowledge.red_flags[flag].sources))


def cited(citations: Iterable[Citation]) -> tuple[str, ...]:
    """The keys of the sources of a rule."""
    return tuple(dict.fromkeys(citation.source for citation in citations))
