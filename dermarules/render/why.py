"""Why one claim holds, told from the proof: a shared step once, and afterwards by its number."""

from collections.abc import Iterable, Iterator

from dermarules.inference.weigh import Weighing
from dermarules.proof import Claim, Derivation, Observed, premises_of
from dermarules.questions.answer import Answer, Cleared, Open, Raised
from dermarules.questions.claims import spoken_of
from dermarules.render.grounds import Grounds, flag_tag, tag
from dermarules.render.letter import Line, Section, sources_once
from dermarules.render.naming import named
from dermarules.render.reasons import Reason, entries, lessened, reasons, standing_words
from dermarules.render.text import text_lines
from dermarules.render.voice import Voice
from dermarules.render.words import capital, lowered, on_side, site_name, stopped, urgency_word
from dermarules.vocabulary import Review, TermKind

_NAMED = ("findings", "rules", "red_flags", "localizations", "measures")


def why(answer: Answer, claim: str | None, voice: Voice) -> str:
    """Why a localization or a red flag holds; without a claim, why the first localization stands first.

    ValueError for anything of which the answer says nothing, with what can be asked.
    """
    teller = _Teller(answer, voice)
    asked = answer.inference.ranked[0].weighing.candidate.localization if claim is None else claim
    match spoken_of(asked, answer):
        case (rank, weighing):
            lines = teller.place(rank, weighing)
        case flag:
            lines = teller.flag(flag)
    (told,) = sources_once((Section("", lines),), voice.say("page.draft"))
    return "\n".join(text_lines(told.lines, 0)) + "\n"


class _Teller:
    """Tells claims of one proof, and remembers under which number it has told each."""

    def __init__(self, answer: Answer, voice: Voice) -> None:
        self.answer = answer
        self.grounds = Grounds(answer, voice)
        self.told: dict[Claim, int] = {}

    def number(self, claim: Claim) -> str:
        """The number under which a claim is told from now on."""
        self.told[claim] = len(self.told) + 1
        return f"({self.told[claim]})"

    def place(self, rank: int, weighing: Weighing) -> tuple[Line, ...]:
        """A localization with every term of its total."""
        site = f", at {site_name(weighing.candidate.site, self.grounds.voice)}" if weighing.candidate.site else ""
        where = f"{capital(named(weighing, self.grounds.voice))}{site}"
        head = f"{where} {self.number(weighing.claim)}: {weighing.total} centibans, place {rank}"
        of = f"{head} of {len(self.answer.inference.ranked)}"
        entry = list(self._entry(weighing))
        terms = [self._reason(reason) for reason in reasons(weighing, self.grounds)]
        return (
            Line(of, under=(*entry, *terms, *self._standing(weighing), *self._ahead(rank, weighing))),
            *self._facts(weighing.claim),
        )

    def _entry(self, weighing: Weighing) -> Iterator[Line]:
        for term, site in entries(weighing):
            ground = (tag(f"localizations/{site.id}", site.sources),)
            text = f"{_signed(term.counted)}  Entry condition met: {stopped(site.because)}"
            under = self.premises(p for p in term.premises if p.predicate != "known")
            yield Line(text, ground, self.grounds.is_draft(term.premises), under=under)

    def _reason(self, reason: Reason) -> Line:
        line = reason.line
        rules = [claim for claim in reason.claims if claim.subject.startswith("rules/")]
        less = lessened(reason.claims, self.grounds)
        under = (*less, *(below for rule in rules for below in self._within(rule))) if rules else line.under
        return Line(f"{_signed(reason.counted)}  {line.text}", line.ground, line.is_draft, line.places, under)

    def _standing(self, weighing: Weighing) -> Iterator[Line]:
        """The terms that no single finding makes: prior, extent, what is left unexplained."""
        left: dict[tuple[Line, ...], int] = {}
        told = [term for term, _ in entries(weighing)]
        for term in weighing.terms:
            if term.group is not None or term in told:
                continue
            if term.kind in (TermKind.UNEXPLAINED, TermKind.UNEXPLAINED_SIGN):
                rows = self.grounds.findings(term.premises)
                left[rows] = left.get(rows, 0) + term.counted
                continue
            ground = self.grounds.tags(term.premises)
            text = f"{_signed(term.counted)}  {standing_words(term, self.grounds.voice)}"
            yield Line(text, ground, self.grounds.is_draft(term.premises))
        for rows, counted in left.items():
            yield Line(f"{_signed(counted)}  Not explained:", under=rows)

    def _ahead(self, rank: int, weighing: Weighing) -> Iterator[Line]:
        """The total that the first localization is ahead of, or that this one is behind."""
        ranked = self.answer.inference.ranked
        other = ranked[0].weighing if rank > 1 else ranked[1].weighing if len(ranked) > 1 else None
        if other is None:
            return
        name = named(other, self.grounds.voice)
        word = "behind" if rank > 1 else "ahead of"
        yield Line(f"{word} {name}: {weighing.total} against {other.total}")

    def flag(self, flag: Raised | Open | Cleared) -> tuple[Line, ...]:
        """A red flag: why it is raised or cleared, or what it waits for."""
        known = self.answer.knowledge.red_flags[flag.id]
        ground = (flag_tag(flag.id, self.answer.knowledge),)
        urgency = urgency_word(known.then.urgency, self.grounds.voice)
        because: tuple[Line, ...]
        match flag:
            case Open():
                head = f"{known.title}: open, {urgency} if it holds; not asked or examined:"
                asked = tuple(Line(words) for words in self._missing(flag))
                return (Line(head, ground, known.review is Review.DRAFT, under=asked),)
            case Raised():
                state = f"raised, {urgency}"
                because = (Line(f"because {stopped(flag.because)}"), Line(stopped(flag.action)))
            case Cleared():
                state = "cleared: false whatever was not asked; it clears a rule and no disease"
                because = ()
        lines = []
        for claim in flag.claims:
            head = f"{on_side(known.title, claim.side, self.grounds.voice)} {self.number(claim)}: {state}"
            is_draft = self.grounds.is_draft([claim])
            lines.append(Line(head, ground, is_draft, under=(*because, *self._within(claim))))
        return tuple(lines)

    def _missing(self, flag: Open) -> tuple[str, ...]:
        """What an open flag waits for, as questions."""
        words = {question.about: question.words for question in self.answer.questions}
        return tuple(words.get(about, about) for about in flag.ask)

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
            return Line(f"({self.told[claim]}) {self._title(claim)}, as above")
        head = f"{self.number(claim)} {self._title(claim)}"
        rule = next((step.rule for step in steps if isinstance(step, Derivation)), "")
        return Line(head, self._ground(rule), self.grounds.review(rule) is Review.DRAFT, under=self._within(claim))

    def _title(self, claim: Claim) -> str:
        table, _, name = claim.subject.partition("/")
        if claim.predicate == "found":
            return self.grounds.phrase(claim)
        knowledge = self.answer.knowledge
        titles = {
            "findings": {d.id: d.title for d in knowledge.derived.values()},
            "rules": {r.id: r.title for r in knowledge.rules.values()},
            "red_flags": {f.id: f.title for f in knowledge.red_flags.values()},
            "localizations": {
                s.id: f"what {lowered(s.name, self.grounds.voice)} needs" for s in knowledge.wide_sites.values()
            },
        }
        title = lowered(titles.get(table, {}).get(name, claim.subject), self.grounds.voice)
        return on_side(title if claim.predicate == "true" else f"not: {title}", claim.side, self.grounds.voice)

    def _ground(self, rule: str) -> tuple[str, ...]:
        table, _, name = rule.partition("/")
        knowledge = self.answer.knowledge
        if table == "findings":
            return (tag(rule, knowledge.derived[name].sources),)
        if table == "localizations":
            return (tag(rule, knowledge.wide_sites[name].sources),)
        return (tag(rule, knowledge.measures[name].sources),)

    def _facts(self, claim: Claim) -> Iterator[Line]:
        """The cited facts behind a claim, each once, with all its sources."""
        facts = self.grounds.facts(self.grounds.proof.behind(claim))
        under = tuple(
            Line(f"{f.fact}: {', '.join(f.sources)}", (), f.review is Review.DRAFT)
            for f in sorted(facts, key=lambda f: f.fact)
        )
        if under:
            yield Line("Facts it rests on", under=under)


def _signed(centibans: int) -> str:
    return f"{centibans:+d}"
