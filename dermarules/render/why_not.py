"""Why something is not said, in words: what a rule lacks, or why a localization is not first."""

from collections.abc import Iterator

from dermarules.knowledgebase.facts import authority
from dermarules.questions.answer import Answer
from dermarules.questions.behind import Behind
from dermarules.questions.claims import Sort
from dermarules.questions.settle import Settling
from dermarules.questions.why_not import NotMet, State, WhyNot
from dermarules.render.asks import shown_words
from dermarules.render.behind import PlaceTeller
from dermarules.render.compose import case_title, subject
from dermarules.render.footer import page_footer
from dermarules.render.grounds import Grounds, tag
from dermarules.render.letter import Line, Section
from dermarules.render.page import Page
from dermarules.render.unmet import nearest_words, side_line
from dermarules.render.verbosity import Verbosity
from dermarules.render.voice import Voice
from dermarules.render.words import capital, flag_name, listed, lowered, on_side, stopped
from dermarules.vocabulary import Review


def why_not_page(answer: Answer, value: WhyNot, voice: Voice, verbosity: Verbosity) -> Page:
    """Why a localization is not first or a rule does not hold: in three lines, then with everything that lacks."""
    match value.because:
        case Behind() as place:
            teller: PlaceTeller | RuleTeller = PlaceTeller(answer, value.asked, place, voice)
        case NotMet() as rule:
            teller = RuleTeller(answer, value.sort, rule, voice)
    sections = [Section(voice.say("why.short"), tuple(teller.short()))]
    if verbosity is not Verbosity.SHORT:
        sections += [section for section in teller.sections() if section.lines]
    title = voice.say("why_not.title", case=case_title(answer.case), asked=teller.name)
    return Page(title, subject(answer.case, voice), tuple(sections), page_footer(answer, voice))


class RuleTeller:
    """Tells what a rule or a red flag lacks."""

    def __init__(self, answer: Answer, sort: Sort, value: NotMet, voice: Voice) -> None:
        self.value, self.voice = value, voice
        self._is_flag = sort is Sort.RED_FLAG
        self._grounds = Grounds(answer, voice)

    @property
    def name(self) -> str:
        """What the rule is called."""
        table = "red_flags" if self._is_flag else "rules"
        return lowered(self.voice.text(table, self.value.id, "title"), self.voice)

    def short(self) -> Iterator[Line]:
        """Three lines: whether it holds, and the nearest miss; if it holds, what it rests on."""
        value, owner = self.value, f"{'red_flags' if self._is_flag else 'rules'}/{self.value.id}"
        behind = authority(self._grounds.knowledge, owner)
        place = (str(behind.location),) if behind.location else ()
        ground = (tag(owner, behind.sources), *place)
        yield Line(capital(self._state()), ground, behind.review is Review.DRAFT)
        if value.state in (State.HOLDS, State.HELD_BACK):
            rests = "; ".join(line.text for line in self._grounds.findings(value.claims))
            yield Line(self.voice.say("why.rests", findings=rests))
        if value.state is State.HELD_BACK:
            flags = listed([flag_name(flag, self.voice) for flag in value.overruled_by], self.voice)
            yield Line(self._say("overruled_by", flags=flags))
        elif value.state is State.HOLDS and self._is_flag:
            yield Line(self._say("see_why"))
        if value.sides:
            yield Line(nearest_words(value.sides[0], self._grounds))

    def sections(self) -> tuple[Section, ...]:
        """Every part that it lacks on each side, and the fewest answers that would raise a red flag."""
        value = self.value
        missing = tuple(side_line(side, self._grounds) for side in value.sides)
        raising = (Line(self._raising(value.raising)),) if value.raising else ()
        return (Section(self._say("missing"), missing), Section(self._say("raising"), raising))

    def _say(self, template: str, **slots: object) -> str:
        return self.voice.say(f"why_not.{template}", **slots)

    def _state(self) -> str:
        """Whether it holds, and on which sides."""
        kind = "flag" if self._is_flag else "rule"
        return self._say(f"{kind}_{self.value.state.value}", name=self._named())

    def _named(self) -> str:
        sides = [claim.side for claim in self.value.claims]
        return on_side(self.name, "both" if len(sides) > 1 else sides[0] if sides else None, self.voice)

    def _raising(self, raising: Settling) -> str:
        shown = shown_words(raising.shown, self.voice)
        return capital(stopped(shown))
