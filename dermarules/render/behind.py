"""Why a localization is not first, in words: its place, what speaks against it, and what would speak for it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from dermarules.inference.rank import NOTHING
from dermarules.knowledgebase.facts import authority, known
from dermarules.questions.answer import Answer
from dermarules.questions.behind import Behind, Gate, Position, Rival
from dermarules.questions.claims import named
from dermarules.questions.considered import considered
from dermarules.questions.nearer import NearRule, Telling
from dermarules.render.asks import shown_words
from dermarules.render.grounds import Grounds, tag
from dermarules.render.letter import Line, Section, shortened
from dermarules.render.naming import named as name_of
from dermarules.render.naming import the_named
from dermarules.render.outcome import the_place
from dermarules.render.reasons import reasons, standing_lines
from dermarules.render.unmet import nearest_words, side_line
from dermarules.render.voice import Voice
from dermarules.render.words import capital, either, site_name, stopped
from dermarules.vocabulary import Review

# So much of what speaks against it, and of what was not examined, is said aloud.
_MOST_SAID = 2


class PlaceTeller:
    """Tells why a localization is not first."""

    def __init__(self, answer: Answer, asked: str, value: Behind, voice: Voice) -> None:
        self.value, self.voice = value, voice
        self._asked_side = named(asked, answer).side
        self._found = considered(named(asked, answer), answer)
        self._grounds = Grounds(self._found.answer, voice)

    @property
    def name(self) -> str:
        """The localization with its side."""
        return name_of(self._found.weighing, self.voice)

    @cached_property
    def _against(self) -> tuple[Line, ...]:
        """What takes from the total, the most first."""
        weighing = self._found.weighing
        found = [replace(reason.line, bar=reason.counted) for reason in reasons(weighing, self._grounds)]
        found += standing_lines(weighing, self._grounds)
        return tuple(sorted((line for line in found if line.bar and line.bar < 0), key=lambda line: line.bar or 0))

    def short(self) -> Iterator[Line]:
        """Three lines: its place, what speaks most against it, and what was not examined that would speak for it."""
        is_draft = self._grounds.is_draft([self.value.claim])
        yield Line(self._head(), is_draft=is_draft)
        if self.value.standing is Position.FIRST:
            yield Line(self._say("see_why"))
            return
        against = " ".join(self._spoken(line) for line in self._against[:_MOST_SAID])
        yield Line(against or self._say("nothing_against"))
        shown = [shown_words(each.shown, self.voice) for each in self.value.not_examined[:_MOST_SAID]]
        if shown:
            yield Line(stopped(self._say("would_speak", found=either(shown, self.voice))))
        elif self.value.localization != NOTHING:
            yield Line(self._say("no_test"))

    def _spoken(self, line: Line) -> str:
        """A line with what is beneath it, in one sentence."""
        return stopped(" ".join((line.text, "; ".join(below.text for below in line.under))).strip())

    def sections(self) -> tuple[Section, ...]:
        """Where it stands, what speaks against it, what it needs, and what would speak for it."""
        return (
            Section(self._say("order"), tuple(self._order())),
            Section(self._say("against"), self._against),
            Section(self._say("gate"), tuple(self._gate(self.value.gate)) if self.value.gate else ()),
            Section(self._say("not_examined_title"), tuple(map(self._telling, self.value.not_examined))),
            Section(self._say("rules"), tuple(map(self._rule, self.value.rules))),
        )

    def _say(self, template: str, **slots: object) -> str:
        return self.voice.say(f"why_not.{template}", **slots)

    def _head(self) -> str:
        value, place = self.value, capital(self.name)
        if value.site:
            place = self.voice.say("why.at_site", place=place, site=site_name(value.site, self.voice))
        if value.rank is None:
            return self._say("not_in_order", place=place, total=value.total, count=value.count)
        if value.standing is Position.FIRST:
            return self._say("first", place=place, total=value.total, count=value.count)
        return self.voice.say("why.place", place=place, total=value.total, rank=value.rank, count=value.count)

    def _order(self) -> Iterator[Line]:
        """Its place in the order, or why it has none; what goes before it, and its other sides."""
        value = self.value
        if self._is_of_other_side():
            yield Line(self._say("other_side", place=self.name))
        if value.standing in (Position.NOTHING_ON_SIDE, Position.RUN_NOT_NEEDED):
            yield Line(self._say(value.standing.value))
        elif value.standing is Position.UNSUPPORTED:
            key = "unsupported" if self._found.weighing.explained else "nothing_in_territory"
            yield Line(self._say(key))
        if value.is_part_of_first:
            yield Line(self._say("part_of_first", first=self._place(value.first)))
        if value.standing is not Position.FIRST:
            first = {"rival": self._place(value.first), "other": value.first.total}
            yield Line(self._say("behind", n=value.first.total - value.total, total=value.total, **first))
        if value.is_tied:
            own, first_own = value.untested_core
            yield Line(self._say("tied", n=self._found.answer.knowledge.weights.tie, own=own, first=first_own))
        for rival in value.elsewhere:
            yield Line(self._say("elsewhere", place=self._place(rival), rank=rival.rank, total=rival.total))
        if value.ahead:
            ahead = tuple(
                Line(self._say("rival", place=self._place(r), rank=r.rank, total=r.total)) for r in value.ahead
            )
            yield Line(self._say("ahead"), under=ahead)

    def _is_of_other_side(self) -> bool:
        return self._asked_side not in (None, self.value.side)

    def _place(self, rival: Rival) -> str:
        return the_place(rival.localization, rival.side, self.voice)

    def _gate(self, gate: Gate) -> Iterator[Line]:
        """What it needs in order to be considered: met, or what it lacks."""
        behind = authority(self._grounds.knowledge, f"localizations/{gate.site}")
        place = (str(behind.location),) if behind.location else ()
        ground = (tag(f"localizations/{gate.site}", behind.sources), *place)
        is_draft = behind.review is Review.DRAFT
        if gate.met_by:
            under = shortened(self._grounds.findings(gate.met_by), self.voice)
            yield Line(self._say("gate_met"), ground, is_draft, under=under)
            return
        under = tuple(side_line(side, self._grounds) for side in gate.unmet)
        yield Line(self._say("gate_unmet"), ground, is_draft, under=under)

    def _telling(self, telling: Telling) -> Line:
        tier = self.voice.say(f"reasons.{telling.tier.value}")
        weighing = self._found.weighing if telling.is_own else self._found.answer.inference.ranked[0].weighing
        facts = [known(self._grounds.knowledge, fact) for fact in weighing.candidate.facts]
        found, place = capital(shown_words(telling.shown, self.voice)), the_named(weighing, self.voice)
        text = self._say("telling", found=found, tier=tier, place=place, n=telling.nearer)
        is_draft = any(fact.review is Review.DRAFT for fact in facts)
        return Line(text, tuple(tag(fact.fact, fact.sources) for fact in facts), is_draft)

    def _rule(self, near: NearRule) -> Line:
        """A rule that would speak for it, with what it lacks."""
        behind = authority(self._grounds.knowledge, f"rules/{near.rule}")
        because = stopped(capital(self.voice.text("rules", near.rule, "because")))
        ground = (tag(f"rules/{near.rule}", behind.sources),)
        text = self._say("near_rule", because=because, n=near.weight)
        return Line(
            text, ground, behind.review is Review.DRAFT, under=(Line(nearest_words(near.unmet, self._grounds)),)
        )
