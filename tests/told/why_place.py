"""Why a localization stands where it stands, read back: every term of its total with its bar."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dermarules.inference.weigh import Weighing
from dermarules.proof import Claim, Term
from dermarules.vocabulary import TermKind
from tests.told.held import Held, NotReadError, any_of, attempt, is_word, need, same, slots
from tests.told.outline import Line
from tests.told.reasons import Reason, facts, less, reason, standing_text
from tests.told.studies import study_line
from tests.told.tree import Tree
from tests.told.words import bare, read, word

_FULL_BAR, _BLOCKS = 100, 10
_LEFT = (TermKind.UNEXPLAINED, TermKind.UNEXPLAINED_SIGN)


@dataclass
class WhyPlace:
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
                study_line(held, under.pop(0), study)
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
