"""The text of an answer to why, read back: every term of a total with its bar, every claim behind a red flag."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from dermarules.inference.weigh import Weighing
from dermarules.notation import TRUE
from dermarules.proof import Claim, Known, Term
from dermarules.questions.answer import Cleared, Open, Raised
from dermarules.questions.claims import spoken_of
from dermarules.report import Report
from dermarules.rules import Accuracy
from dermarules.vocabulary import TermKind
from tests.told import asking
from tests.told.held import Held, NotHeldError, NotReadError, any_of, attempt, is_word, need, same, slots
from tests.told.outline import Line, NoOutlineError, Outline, outline
from tests.told.reasons import Reason, facts, less, reason, standing_text
from tests.told.tree import Tree
from tests.told.words import bare, read, word

Flag = Raised | Open | Cleared
_STATES: dict[type[Flag], str] = {Raised: "why.raised", Open: "why.open", Cleared: "why.cleared"}
_FIGURES = ("sensitivity", "specificity", "lr_positive", "lr_negative")
_FULL_BAR, _BLOCKS = 100, 10
_LEFT = (TermKind.UNEXPLAINED, TermKind.UNEXPLAINED_SIGN)


def unheld_why(report: Report, text: str, asked: str | None = None) -> list[str]:
    """What the text of `report.why(asked)` says and the report does not hold."""
    try:
        page = outline(text)
    except NoOutlineError as fault:
        return [str(fault)]
    held = Held(report)
    name = held.first.candidate.localization if asked is None else asked
    match spoken_of(name, report):
        case (rank, weighing):
            about: _Place | _Flag = _Place(held, rank, weighing)
        case flag:
            about = _Flag(held, flag)
    return [*_head(held, page, about), *_parts(held, page, about), *asking.foot(held, page.foot, "page.made")]


def _head(held: Held, page: Outline, about: "_Place | _Flag") -> Iterator[str]:
    title = " ".join(held.report.case.title.split()) or held.report.case.id
    told = read("why.title", page.head[0])
    if not told or not page.head[0].startswith(word("why.title").partition("{asked}")[0].replace("{case}", title)):
        yield f"the case is '{title}'"
        return
    asked = page.head[0].removeprefix(word("why.title").partition("{asked}")[0].replace("{case}", title))
    if not about.is_asked(asked):
        yield f"'{asked}' was not asked about"
    yield from asking.head(held, page.head, page.head[0])


def _parts(held: Held, page: Outline, about: "_Place | _Flag") -> Iterator[str]:
    known = _facts(held, about.claims)
    keys = ("why.short", "why.long", *(["why.facts"] if known else []))
    if [part.title for part in page.parts] != [word(key) for key in keys]:
        yield f"its sections are {[part.title for part in page.parts]}"
        return
    short, long, *rest = page.parts
    for part, checks in ((short, about.short(len(short.lines))), (long, about.long(len(long.lines)))):
        if len(part.lines) != len(checks):
            yield f"line {part.number}: {len(checks)} lines are to stand under {part.title}"
        for line, check in zip(part.lines, checks, strict=False):
            yield from _fault(line, check)
    if sum(line.bar[1] for line in long.lines if line.bar) != about.total:
        yield f"line {long.number}: the bars do not add up to {about.total}"
    for part in rest:
        if len(part.lines) != len(known):
            yield f"line {part.number}: it rests on {len(known)} facts"
        for line in part.lines:
            yield from _fault(line, partial(_fact, held, known))


def _fault(line: Line, check: Callable[[Line], None]) -> Iterator[str]:
    try:
        check(line)
    except NotHeldError as fault:
        yield f"line {line.number}: {line.text}: {fault}"


def _facts(held: Held, claims: Iterable[Claim]) -> dict[str, Known]:
    """The cited facts behind claims."""
    behind = (step for claim in claims for b in held.proof.behind(claim) for step in held.proof[b])
    return {step.fact: step for step in behind if isinstance(step, Known)}


def _fact(held: Held, known: dict[str, Known], line: Line) -> None:
    name, _, sources = line.text.partition(": ")
    need(name in known, "no claim behind this rests on it")
    need(sources == ", ".join(known[name].sources), f"its sources are {known[name].sources}")
    held.grounds(line, drafts=[name], places=held.located(name))
    need(not line.under, "nothing stands under it")


@dataclass
class _Place:
    """Why a localization stands where it stands."""

    held: Held
    rank: int
    weighing: Weighing

    def __post_init__(self) -> None:
        self.tree = Tree(self.held)
        self.terms = self.held.weighed(self.weighing).terms
        self.total = self.held.weighed(self.weighing).total
        self.claims = (self.weighing.claim,)

    def is_asked(self, text: str) -> bool:
        return self.held.names(text, self.weighing)

    def short(self, count: int) -> list[Callable[[Line], None]]:
        return [self._head, self._because, *([self._ahead] if self._other else [])]

    def long(self, count: int) -> list[Callable[[Line], None]]:
        """The head, the terms in any number, and what it is ahead of or behind."""
        last = [self._ahead] if self._other else []
        return [self._numbered, *[self._term] * (count - 1 - len(last)), *last]

    @property
    def _other(self) -> Weighing | None:
        ranked = self.held.report.inference.ranked
        return ranked[0].weighing if self.rank > 1 else ranked[1].weighing if len(ranked) > 1 else None

    def _head(self, line: Line) -> None:
        self._standing_of(line.text)
        self.held.grounds(line, claims=self.claims)

    def _numbered(self, line: Line) -> None:
        told = slots("why.place", line.text)
        self.tree.numbered(told["place"], self.weighing.claim)
        self._standing_of(line.text.replace(" (1): ", ": ", 1))
        self.held.grounds(line)

    def _standing_of(self, text: str) -> None:
        told, site = slots("why.place", text), self.weighing.candidate.site
        at = read("why.at_site", told["place"]) if site else None
        need(bool(at) is bool(site), f"its site is {site}")
        need(not at or site in self.held.words.sites.get(bare(at["site"]), ()), f"its site is {site}")
        place = at["place"] if at else told["place"]
        need(self.held.names(place, self.weighing), f"it is {self.weighing.candidate.localization}")
        need(int(told["total"]) == self.total, f"its total is {self.total}")
        need(
            (int(told["rank"]), int(told["count"])) == (self.rank, len(self.held.report.inference.ranked)), "its place"
        )

    def _because(self, line: Line) -> None:
        """The two strongest reasons for it."""
        self.held.is_plain(line)
        if line.text == word("why.nothing_for"):
            need(not any(term.counted > 0 and term.group for term in self.terms), "something speaks for it")
            return
        cuts = [at + 1 for at in range(len(line.text)) if line.text.startswith(". ", at)]
        readings = [(line.text,), *((line.text[:cut], line.text[cut + 1 :]) for cut in cuts)]
        need(any(all(self._speaks_for(part) for part in parts) for parts in readings), "that does not speak for it")

    def _speaks_for(self, text: str) -> bool:
        return any(each.counted > 0 for each in reason(self.held, text, self.weighing))

    def _ahead(self, line: Line) -> None:
        other, told = self._other, slots("why.behind" if self.rank > 1 else "why.ahead", line.text)
        assert other is not None
        need(self.held.names(told["rival"], other), "it is another one")
        totals = (self.total, self.held.weighed(other).total)
        need((int(told["total"]), int(told["other"])) == totals, f"the totals are {totals}")
        self.held.is_plain(line)

    def _term(self, line: Line) -> None:
        need(line.bar, "it has no bar")
        checks = (self._entry, self._reason, self._standing, self._unexplained)
        attempt(self.held, line, [lambda _, each, check=check: check(each) for check in checks])  # type: ignore[misc]

    def _entry(self, line: Line) -> None:
        because = slots("why.entry", line.text)["because"]
        sites = {candidate.name: candidate.wide for candidate, _ in self.weighing.candidate.lesions}

        def check(term: Term) -> None:
            site = sites[term.of]
            assert site is not None
            need(same(because, site.because), "it needs something else")
            name = f"localizations/{site.id}"
            self.held.grounds(line, [name, *self.held.located(name)], term.premises)
            _bar(line, term.counted)
            self._within(line.under, [p for p in term.premises if p.predicate != "known"])

        any_of([term for term in self.terms if term.kind is TermKind.ENTRY], check)

    def _within(self, lines: Sequence[Line], claims: Sequence[Claim]) -> None:
        """Lines that tell claims themselves."""
        for line in lines:
            self.tree.read(line, dict.fromkeys(b for claim in claims for b in self.held.proof.behind(claim)))

    def _reason(self, line: Line) -> None:
        found = reason(self.held, line.text, self.weighing)
        if not found:
            raise NotReadError("is no reason")
        any_of(found, lambda each: self._one_reason(line, each))

    def _one_reason(self, line: Line, each: Reason) -> None:
        held, named = self.held, facts(self.held, each)
        rule = named[0] if each.row is None else ""
        held.grounds(
            line,
            (*named, *held.located(rule)) if rule else named,
            each.premises,
            places=held.written(each.row) if each.row else (),
        )
        _bar(line, each.counted)
        under = list(line.under)
        if each.counted:
            ratio = float(f"{10 ** (each.counted / 100):.3g}")
            need(same(slots("why.ratio", under.pop(0).text)["ratio"], f"{ratio:g}"), f"the ratio is {ratio:g}")
        for study in held.knowledge.accuracy.values():
            if rule and rule.removeprefix("rules/") in study.used_by:
                _study(held, under.pop(0), study)
        lesser = [claim for claim in each.premises if claim.subject.startswith("modifiers/")]
        while under and read("reasons.less", under[0].text):
            less(held, under.pop(0), lesser)
        need(rule or not under, "nothing more stands under it")
        self.tree.within(under, [claim for claim in each.premises if claim.subject == rule])

    def _standing(self, line: Line) -> None:
        kinds = (TermKind.ENTRY, *_LEFT)
        found = [t for t in self.terms if t.group is None and t.kind not in kinds and standing_text(t) == line.text]
        if not found:
            raise NotReadError("is no term")

        def check(term: Term) -> None:
            known = [claim.subject for claim in term.premises if claim.predicate == "known"]
            self.held.grounds(line, known, term.premises)
            _bar(line, term.counted)
            need(not line.under, "nothing stands under it")

        any_of(found, check)

    def _unexplained(self, line: Line) -> None:
        is_word("why.unexplained", line.text)
        left: dict[frozenset[Claim], int] = {}
        for term in self.terms:
            if term.kind in _LEFT:
                rows = frozenset(leaf for of in self.held.leaves(term.premises) for leaf in of)
                left[rows] = left.get(rows, 0) + term.counted

        def check(rows: frozenset[Claim]) -> None:
            _bar(line, left[rows])
            need(len(line.under) == len(rows), f"{len(rows)} findings are left")
            self.held.ground_lines(line.under, rows)
            self.held.grounds(line)

        any_of(left, check)


def _bar(line: Line, counted: int) -> None:
    """The number of a bar is what is counted, and so is its length."""
    assert line.bar is not None
    drawn, size = line.bar
    need(size == counted, f"it adds {counted}")
    blocks = min(_BLOCKS, -(-abs(counted) * _BLOCKS // _FULL_BAR))
    need(drawn == ("█" if counted > 0 else "░") * blocks, f"its bar is {blocks} long")


def _study(held: Held, line: Line, study: Accuracy) -> None:
    """What a study measured, with every figure that it gives."""
    head = word("why.study").partition("{figures}")[0].replace("{target}", study.target.replace("_", " "))
    tail = f" ({study.population})"
    need(line.text.startswith(head) and line.text.endswith(tail), f"it was measured for {study.target}")
    figures = line.text.removeprefix(head).removesuffix(tail)
    said = [
        (key, told["value"]) for part in figures.split(", ") for key in _FIGURES if (told := read(f"why.{key}", part))
    ]
    known = [(key, value) for key in _FIGURES if (value := getattr(study, key)) is not None]
    need([key for key, _ in said] == [key for key, _ in known], f"its figures are {known}")
    for (_, figure), (key, value) in zip(said, known, strict=True):
        limits = study.figures.get(f"{key}_ci")
        within = read("why.interval", figure) or {"value": figure}
        need(float(within["value"]) == float(f"{value:g}"), f"{key} is {value}")
        stated = tuple(float(within[name]) for name in ("low", "high") if name in within)
        need(
            stated == (tuple(float(f"{x:g}") for x in limits) if isinstance(limits, tuple) else ()), f"{key}: {limits}"
        )
    patients = [told["n"] for part in figures.split(", ") if (told := read("why.n", part))]
    need(patients == ([str(study.n)] if study.n else []), f"{study.n} patients")
    need(len(figures.split(", ")) == len(said) + len(patients) or figures == word("why.no_figure"), "another figure")
    held.grounds(line, [f"accuracy/{study.id}"], drafts=[f"accuracy/{study.id}"])


@dataclass
class _Flag:
    """Why a red flag is raised or cleared, or what an open one waits for."""

    held: Held
    flag: Flag

    def __post_init__(self) -> None:
        self.known = self.held.knowledge.red_flags[self.flag.id]
        self.tree = Tree(self.held)
        self.total = 0
        self.claims: tuple[Claim, ...] = () if isinstance(self.flag, Open) else self.flag.claims
        self.named = (f"red_flags/{self.flag.id}", *self.held.located(f"red_flags/{self.flag.id}"))

    def is_asked(self, text: str) -> bool:
        return self.flag.id in self.held.words.flags.get(bare(text), ())

    def short(self, count: int) -> list[Callable[[Line], None]]:
        return [self._head, self._because, self._rests]

    def long(self, count: int) -> list[Callable[[Line], None]]:
        if isinstance(self.flag, Open):
            return [self._open]
        return [partial(self._claim, claim) for claim in self.flag.claims]

    def _state(self, text: str) -> str:
        """The title of the flag, of which its state is told."""
        told = slots(_STATES[type(self.flag)], text)
        urgency = self.held.words.urgencies.get(told.get("urgency", ""), self.known.then.urgency)
        need(urgency is self.known.then.urgency, f"it is {self.known.then.urgency.value}")
        return told["flag"]

    def _head(self, line: Line) -> None:
        need(same(self._state(line.text), self.known.title), f"it is {self.flag.id}")
        self.held.grounds(line, drafts=self.named[:1])

    def _because(self, line: Line) -> None:
        need(same(line.text, self.known.because), "it is so for another reason")
        self.held.is_plain(line)

    def _rests(self, line: Line) -> None:
        self.held.is_plain(line)
        if isinstance(self.flag, Open):
            need(slots("why.waits", line.text)["asked"] == "; ".join(self._asked), f"it waits for {self._asked}")
            return
        rows, assumed = self.held.leaves(self.claims)
        parts = slots("why.rests", line.text)["findings"].split("; ")
        start = 0
        for end in range(1, len(parts) + 1):
            said = "; ".join(parts[start:end])
            if any(self.held.states(said, row) for row in rows) or self.held.assumes(said, assumed):
                start = end
        need(start == len(parts), f"it does not rest on '{'; '.join(parts[start:])}'")

    @property
    def _asked(self) -> list[str]:
        """What an open flag waits for, in words."""
        words = {question.about: asking.words(self.held, question) for question in self.held.report.questions}
        return [words.get(about, about) for about in getattr(self.flag, "ask", ())]

    def _open(self, line: Line) -> None:
        need(same(self._state(line.text), self.known.title), f"it is {self.flag.id}")
        self.held.grounds(line, self.named, drafts=self.named[:1])
        need([under.text for under in line.under] == self._asked, f"it waits for {self._asked}")
        for under in line.under:
            self.held.is_plain(under)

    def _claim(self, claim: Claim, line: Line) -> None:
        title = self._state(line.text)
        self.tree.numbered(title, claim)
        # Its state says already that it is false.
        need(self.tree.entitled(title.rpartition(" (")[0], claim._replace(predicate=TRUE)), f"it is {claim}")
        self.held.grounds(line, self.named, [claim])
        under = list(line.under)
        if isinstance(self.flag, Raised):
            because, action = under.pop(0), under.pop(0)
            need(same(slots("why.because", because.text)["because"], self.flag.because), "for another reason")
            need(same(action.text, self.flag.action), "something else is to be done")
            for each in (because, action):
                self.held.is_plain(each)
        self.tree.within(under, [claim])
