"""Why one claim holds, told from the proof: a shared step once, and afterwards by its number."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dermarules.inference.weigh import Weighing
from dermarules.knowledgebase.facts import authority
from dermarules.notation import TRUE
from dermarules.proof import Claim, Derivation, Observed, premises_of
from dermarules.questions.answer import Answer, Cleared, Open, Raised
from dermarules.questions.claims import spoken_of
from dermarules.questions.why import Measured, Why, measured, ratio
from dermarules.render.alarm import action_of
from dermarules.render.compose import case_title, subject
from dermarules.render.footer import page_footer
from dermarules.render.grounds import Grounds, tag
from dermarules.render.letter import Line, Section
from dermarules.render.naming import named
from dermarules.render.page import Page
from dermarules.render.question_words import question_words
from dermarules.render.reasons import Reason, entries, lessened, reasons, standing_lines
from dermarules.render.verbosity import Verbosity
from dermarules.render.voice import Voice
from dermarules.render.words import capital, flag_name, lowered, on_side, site_name, stopped, urgency_word
from dermarules.vocabulary import Review

_RULES = "rules/"
# How many reasons are said aloud.
_MOST_SAID = 2
_NAMED = ("findings", "rules", "red_flags", "localizations", "measures")


def why_page(answer: Answer, value: Why, voice: Voice, verbosity: Verbosity) -> Page:
    """Why a localization or a red flag is said: in three lines, then with every finding, rule and fact behind it."""
    teller = _Teller(answer, voice)
    match spoken_of(value.asked, answer):
        case (rank, weighing):
            asked = named(weighing, voice)
            short, lines = teller.place_in_short(rank, weighing), teller.place(rank, weighing)
        case flag:
            asked = flag_name(flag.id, voice)
            short, lines = teller.flag_in_short(flag), teller.flag(flag)
    sections = [Section(voice.say("why.short"), short)]
    if verbosity is not Verbosity.SHORT:
        sections.append(Section(voice.say("why.long"), lines))
    facts = tuple(teller.facts(value.claims))
    if verbosity is Verbosity.FULL and facts:
        sections.append(Section(voice.say("why.facts"), facts))
    title = voice.say("why.title", case=case_title(answer.case), asked=asked)
    return Page(title, subject(answer.case, voice), tuple(sections), page_footer(answer, voice))


class _Teller:
    """Tells claims of one proof, and remembers under which number it has told each."""

    def __init__(self, answer: Answer, voice: Voice) -> None:
        self.answer = answer
        self.voice = voice
        self.grounds = Grounds(answer, voice)
        self.told: dict[Claim, int] = {}

    def number(self, claim: Claim) -> str:
        """The number under which a claim is told from now on."""
        self.told[claim] = len(self.told) + 1
        return f"({self.told[claim]})"

    def place_in_short(self, rank: int, weighing: Weighing) -> tuple[Line, ...]:
        """A localization in three lines: its place, what speaks most for it, and its nearest rival."""
        said = [reason for reason in reasons(weighing, self.grounds) if reason.counted > 0][:_MOST_SAID]
        because = " ".join(reason.said for reason in said) or self.voice.say("why.nothing_for")
        is_draft = self.grounds.is_draft([weighing.claim])
        return (Line(self._head(rank, weighing), is_draft=is_draft), Line(because), *self._ahead(rank, weighing))

    def _head(self, rank: int, weighing: Weighing, number: str = "") -> str:
        name = capital(named(weighing, self.voice))
        if weighing.candidate.site:
            name = self.voice.say("why.at_site", place=name, site=site_name(weighing.candidate.site, self.voice))
        count = len(self.answer.inference.ranked)
        where = f"{name} {number}" if number else name
        return self.voice.say("why.place", place=where, total=weighing.total, rank=rank, count=count)

    def place(self, rank: int, weighing: Weighing) -> tuple[Line, ...]:
        """A localization with every term of its total."""
        head = self._head(rank, weighing, self.number(weighing.claim))
        entry = list(self._entry(weighing))
        terms = [self._reason(reason) for reason in reasons(weighing, self.grounds)]
        return (
            Line(head),
            *entry,
            *terms,
            *standing_lines(weighing, self.grounds),
            *self._ahead(rank, weighing),
        )

    def _entry(self, weighing: Weighing) -> Iterator[Line]:
        for term, site in entries(weighing):
            because = stopped(self.voice.text("wide_sites", site.id, "because"))
            under = self.premises(p for p in term.premises if p.predicate != "known")
            is_draft = self.grounds.is_draft(term.premises)
            text = self.voice.say("why.entry", because=because)
            yield Line(text, self._ground(f"localizations/{site.id}"), is_draft, under=under, bar=term.counted)

    def _reason(self, reason: Reason) -> Line:
        line = reason.line
        rules = [claim for claim in reason.claims if claim.subject.startswith(_RULES)]
        less = lessened(reason.claims, self.grounds)
        behind = (*less, *(below for rule in rules for below in self._within(rule))) if rules else line.under
        ground = tuple(g for rule in rules for g in self._ground(rule.subject)) if rules else line.ground
        size = self.voice.number(ratio(reason.counted))
        figures = (Line(self.voice.say("why.ratio", ratio=size)),) if reason.counted else ()
        studies = tuple(self._study(each) for rule in rules for each in self._measured(rule))
        return replace(
            line, ground=tuple(dict.fromkeys(ground)), under=(*figures, *studies, *behind), bar=reason.counted
        )

    def _measured(self, rule: Claim) -> tuple[Measured, ...]:
        return measured(rule.subject.removeprefix(_RULES), self.answer.knowledge)

    def _study(self, study: Measured) -> Line:
        """What a study measured, as far as it gives figures."""
        told = [
            self.voice.say(f"why.{name}", value=self._with_interval(name, value, study))
            for name in ("sensitivity", "specificity", "lr_positive", "lr_negative")
            if (value := getattr(study, name)) is not None
        ]
        n = [self.voice.say("why.n", n=study.n)] if study.n else []
        figures = ", ".join([*told, *n]) or self.voice.say("why.no_figure")
        text = self.voice.say("why.study", target=study.target.replace("_", " "), figures=figures, who=study.population)
        return Line(text, (tag(f"accuracy/{study.id}", study.sources),), study.review is Review.DRAFT)

    def _with_interval(self, name: str, value: float, study: Measured) -> str:
        if name not in study.intervals:
            return self.voice.number(value)
        low, high = (self.voice.number(limit) for limit in study.intervals[name])
        return self.voice.say("why.interval", value=self.voice.number(value), low=low, high=high)

    def _ahead(self, rank: int, weighing: Weighing) -> Iterator[Line]:
        """The total that the first localization is ahead of, or that this one is behind."""
        ranked = self.answer.inference.ranked
        other = ranked[0].weighing if rank > 1 else ranked[1].weighing if len(ranked) > 1 else None
        if other is None:
            return
        key = "why.behind" if rank > 1 else "why.ahead"
        yield Line(self.voice.say(key, rival=named(other, self.voice), total=weighing.total, other=other.total))

    def flag_in_short(self, flag: Raised | Open | Cleared) -> tuple[Line, ...]:
        """A red flag in three lines: its state, why it matters, and what it rests on or waits for."""
        known = self.answer.knowledge.red_flags[flag.id]
        head = Line(self._state(flag, capital(flag_name(flag.id, self.voice))), is_draft=known.review is Review.DRAFT)
        because = Line(capital(stopped(self.voice.text("red_flags", flag.id, "because"))))
        match flag:
            case Open():
                return head, because, Line(self.voice.say("why.waits", asked="; ".join(self._missing(flag))))
            case _:
                rests = "; ".join(line.text for line in self.grounds.findings(flag.claims))
                return head, because, Line(self.voice.say("why.rests", findings=rests))

    def _state(self, flag: Raised | Open | Cleared, title: str) -> str:
        urgency = urgency_word(self.answer.knowledge.red_flags[flag.id].then.urgency, self.voice)
        match flag:
            case Open():
                return self.voice.say("why.open", flag=title, urgency=urgency)
            case Raised():
                return self.voice.say("why.raised", flag=title, urgency=urgency)
            case Cleared():
                return self.voice.say("why.cleared", flag=title)

    def flag(self, flag: Raised | Open | Cleared) -> tuple[Line, ...]:
        """A red flag: why it is raised or cleared, or what it waits for."""
        known = self.answer.knowledge.red_flags[flag.id]
        ground = self._ground(f"red_flags/{flag.id}")
        name = capital(flag_name(flag.id, self.voice))
        if isinstance(flag, Open):
            asked = tuple(Line(words) for words in self._missing(flag))
            return (Line(self._state(flag, name), ground, known.review is Review.DRAFT, under=asked),)
        because: tuple[Line, ...] = ()
        if isinstance(flag, Raised):
            said = self.voice.text("red_flags", flag.id, "because")
            because = (
                Line(self.voice.say("why.because", because=stopped(said))),
                Line(stopped(action_of(flag, self.voice))),
            )
        lines = []
        for claim in flag.claims:
            head = self._state(flag, f"{on_side(name, claim.side, self.voice)} {self.number(claim)}")
            lines.append(Line(head, ground, self.grounds.is_draft([claim]), under=(*because, *self._within(claim))))
        return tuple(lines)

    def _missing(self, flag: Open) -> tuple[str, ...]:
        """What an open flag waits for, as questions."""
        words = {question.about: question.words for question in self.answer.questions}
        return tuple(question_words(about, words.get(about, about), self.voice) for about in flag.ask)

    def premises(self, claims: Iterable[Claim]) -> tuple[Line, ...]:
        """What claims rest on: named conditions and rows of the case, without the steps of logic between."""
        return tuple(self.tell(claim) for claim in dict.fromkeys(n for c in claims for n in self._named(c)))

    def _within(self, claim: Claim) -> tuple[Line, ...]:
        below = (p for step in self.grounds.proof[claim] for p in premises_of(step))
        return self.premises(below)

    def _named(self, claim: Claim) -> Iterator[Claim]:
        """The nearest claims behind a claim, itself included, that have a name or are leaves."""
        seen: set[Claim] = set()
        stack = [claim]
        while stack:
            current = stack.pop()
            if current in seen:
                continue
            seen.add(current)
            below = [p for step in self.grounds.proof[current] for p in premises_of(step)]
            if not below or current.predicate == "found" or current.subject.partition("/")[0] in _NAMED:
                yield current
            else:
                stack.extend(reversed(below))

    def tell(self, claim: Claim) -> Line:
        """One claim: a row with its place, an assumption, or a named condition with what is under it."""
        steps = self.grounds.proof[claim]
        if assumed := self.grounds.assumptions(claim):
            return assumed[0]
        if any(isinstance(step, Observed) for step in steps):
            return self.grounds.finding(claim)
        if claim in self.told:
            return Line(self.voice.say("why.above", number=self.told[claim], title=self._title(claim)))
        head = f"{self.number(claim)} {self._title(claim)}"
        rule = next((step.rule for step in steps if isinstance(step, Derivation)), "")
        return Line(head, self._ground(rule), self.grounds.review(rule) is Review.DRAFT, under=self._within(claim))

    def _title(self, claim: Claim) -> str:
        table, _, name = claim.subject.partition("/")
        if claim.predicate == "found":
            return self.grounds.phrase(claim)
        title = lowered(self._name(table, name) or claim.subject, self.voice)
        told = title if claim.predicate == TRUE else self.voice.say("why.not", title=title)
        return on_side(told, claim.side, self.voice)

    def _name(self, table: str, name: str) -> str:
        """What a named condition is called."""
        match table:
            case "findings":
                return self.voice.text("derived", name, "title")
            case "rules" | "red_flags":
                return self.voice.text(table, name, "title")
            case "localizations":
                site = self.answer.knowledge.wide_sites[name]
                return self.voice.say("why.needs", place=lowered(site.name, self.voice))
        return ""

    def _ground(self, rule: str) -> tuple[str, ...]:
        """A rule with its first sources, and where it is written."""
        if not rule:
            return ()
        behind = authority(self.answer.knowledge, rule)
        place = (str(behind.location),) if behind.location else ()
        return (tag(rule, behind.sources), *place)

    def facts(self, claims: Iterable[Claim]) -> Iterator[Line]:
        """The cited facts behind claims, each once, with all its sources and where it is written."""
        facts = self.grounds.facts(behind for claim in claims for behind in self.grounds.proof.behind(claim))
        for fact in sorted(facts, key=lambda f: f.fact):
            at = authority(self.answer.knowledge, fact.fact).location
            text = f"{fact.fact}: {', '.join(fact.sources)}"
            yield Line(text, (), fact.review is Review.DRAFT, (str(at),) if at else ())
