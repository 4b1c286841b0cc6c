"""Two localizations side by side, in words: what speaks for one and not the other, and what would turn them."""

from collections.abc import Iterable, Iterator

from dermarules.knowledgebase.facts import authority
from dermarules.proof import Claim
from dermarules.questions.answer import Answer
from dermarules.questions.contrast import Contrast, Point, Standing
from dermarules.questions.swaps import Change, Search, Swap
from dermarules.render.compose import case_title, subject
from dermarules.render.footer import page_footer
from dermarules.render.grounds import Grounds, cited, place_of, tag
from dermarules.render.letter import Line, Section
from dermarules.render.outcome import the_place, weights_are_draft
from dermarules.render.page import Page
from dermarules.render.phrases import finding_phrase
from dermarules.render.verbosity import Verbosity
from dermarules.render.voice import Voice
from dermarules.render.words import capital, site_name, stopped
from dermarules.vocabulary import Review, TermKind

_RULES = "rules/"


def contrast_page(answer: Answer, value: Contrast, voice: Voice, verbosity: Verbosity) -> Page:
    """Where both stand, what speaks for each rather than the other, and the fewest changes that would turn them."""
    teller = _Teller(answer, value, voice)
    sections = [
        Section(voice.say("contrast.standing"), teller.standing()),
        Section(teller.rather(value.first, value.second), tuple(teller.points(is_for_first=True))),
        Section(teller.rather(value.second, value.first), tuple(teller.points(is_for_first=False))),
        Section(voice.say("contrast.turn"), tuple(teller.turn(value.search, verbosity))),
        Section(voice.say("contrast.tried"), tuple(teller.tried(value.search))),
    ]
    title = voice.say("contrast.title", case=case_title(answer.case), first=teller.first, second=teller.second)
    return Page(title, subject(answer.case, voice), tuple(sections), page_footer(answer, voice))


class _Teller:
    """Tells one contrast: both places by their names, and each point by what it rests on."""

    def __init__(self, answer: Answer, value: Contrast, voice: Voice) -> None:
        self._answer = answer
        self._value = value
        self._voice = voice
        self._grounds = Grounds(answer, voice)
        self.first, self.second = (self._place(each) for each in (value.first, value.second))

    def _place(self, each: Standing) -> str:
        return the_place(each.localization, each.side, self._voice)

    def standing(self) -> tuple[Line, ...]:
        """Both with their places in the order and their totals."""
        is_draft = weights_are_draft(self._voice.knowledge)
        told = (Line(self._stands(each), is_draft=is_draft) for each in (self._value.first, self._value.second))
        return (*told, Line(self._voice.say("contrast.alike", n=self._value.alike)))

    def _stands(self, each: Standing) -> str:
        place = capital(self._place(each))
        if each.site:
            place = self._voice.say("contrast.at_site", place=place, site=site_name(each.site, self._voice))
        if each.rank is None:
            return self._voice.say("contrast.unsaid", place=place, total=each.total)
        count = len(self._answer.inference.ranked)
        return self._voice.say("contrast.place", place=place, rank=each.rank, count=count, total=each.total)

    def rather(self, one: Standing, other: Standing) -> str:
        """The title over what speaks for one rather than the other."""
        return self._voice.say("contrast.rather", one=self._place(one), other=self._place(other))

    def points(self, *, is_for_first: bool) -> Iterator[Line]:
        """The points that put one of both ahead, the greatest first; that there are none."""
        told = [point for point in self._value.points if (point.difference > 0) is is_for_first]
        yield from (self._point(point) for point in told)
        if not told:
            yield Line(self._voice.say("contrast.nothing"))

    def _point(self, point: Point) -> Line:
        own, other = sorted((point.first, point.second), reverse=True)
        what = capital(self._about(point))
        text = self._voice.say("contrast.amounts", what=what, own=f"{own:+d}", other=f"{other:+d}")
        places = self._grounds.places(point.about) if point.about else ()
        return Line(text, self._tags(point), self._is_draft(point.claims), places, bar=abs(point.difference))

    def _about(self, point: Point) -> str:
        """What a point speaks of: a finding, why a rule speaks, or the standing of a localization."""
        voice = self._voice
        if point.kind is TermKind.RULE and point.about:
            return voice.text("rules", point.about.subject.removeprefix(_RULES), "because").rstrip(".")
        if point.about:
            return self._grounds.phrase(point.about)
        match point.kind:
            case TermKind.UNEXPLAINED_SIGN:
                told = voice.say(f"reasons.left_{point.label.removeprefix('unexplained: ').replace(' ', '_')}")
            case TermKind.NOTHING:
                told = voice.say(f"reasons.label_{point.label.replace(' ', '_')}")
            case _:
                told = voice.say(f"reasons.{point.kind.value}")
        return told.rstrip(".")

    def _tags(self, point: Point) -> tuple[str, ...]:
        """The rule or the cited facts behind a point."""
        knowledge = self._voice.knowledge
        if point.kind is TermKind.RULE and point.about:
            rule = knowledge.rules[point.about.subject.removeprefix(_RULES)]
            return (tag(point.about.subject, cited(rule.sources)),)
        facts = dict.fromkeys(claim.subject for claim in point.claims if claim.predicate == "known")
        return tuple(tag(fact, authority(knowledge, fact).sources) for fact in facts)

    def _is_draft(self, claims: Iterable[Claim]) -> bool:
        """True if something behind a point is a draft. What nothing speaks for is in no proof; its facts are known."""
        told = tuple(claims)
        facts = (claim.subject for claim in told if claim.predicate == "known")
        return self._grounds.is_draft(claim for claim in told if claim in self._answer.proof) or any(
            authority(self._voice.knowledge, fact).review is Review.DRAFT for fact in facts
        )

    def turn(self, found: Search, verbosity: Verbosity) -> Iterator[Line]:
        """The sets of changes that turn the order, and how many more there are."""
        if not found.swaps:
            yield Line(self._voice.say("contrast.no_swap" if found.is_smallest else "contrast.none_found"))
            return
        size, voice = len(found.swaps[0].changes), self._voice
        yield Line(voice.say("contrast.smallest" if found.is_smallest else "contrast.best", n=size, sets=found.found))
        yield from (self._swap(swap, verbosity) for swap in found.swaps)
        if more := found.found - len(found.swaps):
            yield Line(voice.say("contrast.more", n=more))

    def _swap(self, swap: Swap, verbosity: Verbosity) -> Line:
        """One set: which is ahead then, and each change; in short on one line, for what is under a line is left out."""
        changes = tuple(self._change(change) for change in swap.changes)
        said = [change.text for change in changes] if verbosity is Verbosity.SHORT else []
        text = " ".join([capital(self._turned(swap)), *said])
        return Line(text, is_draft=weights_are_draft(self._voice.knowledge), under=changes)

    def _turned(self, swap: Swap) -> str:
        """Which of both is ahead after the changes, with both totals as far as anything speaks for them."""
        told = ((self.first, swap.first), (self.second, swap.second))
        (behind, less), (ahead, total) = told if self._value.is_first_ahead else reversed(told)
        if less is None:
            return self._voice.say("contrast.alone", place=ahead, total=total, other=behind)
        return self._voice.say("contrast.swap", place=ahead, total=total, other=less)

    def _change(self, change: Change) -> Line:
        voice = self._voice
        finding, at = capital(finding_phrase(change.finding, voice)), place_of(change.finding.location)
        if change.instead is None:
            text = voice.say("contrast.not_given", finding=finding)
        else:
            text = voice.say("contrast.instead", finding=finding, instead=finding_phrase(change.instead, voice))
        return Line(text, places=(at,) if at else ())

    def tried(self, found: Search) -> Iterator[Line]:
        """How many cases were run, up to which size all sets, and what a change is."""
        voice = self._voice
        rows = len(self._answer.case.findings)
        yield Line(voice.say("contrast.count", n=found.tried, rows=rows, size=found.tried_up_to))
        yield Line(stopped(voice.say("contrast.change")))
