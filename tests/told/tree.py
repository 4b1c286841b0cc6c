"""What stands behind a claim, read back from numbered lines: each is a claim, under one that rests on it."""

import re
from collections.abc import Callable, Iterable, Sequence

from dermarules.notation import FALSE
from dermarules.proof import Claim, Derivation, Observed
from tests.told.held import Held, NotHeldError, any_of, need
from tests.told.outline import Line
from tests.told.words import bare, read

_NUMBERED = re.compile(r"\((?P<number>\d+)\) (?P<title>.+)")
_TABLES = {"findings": "derived", "rules": "rules", "red_flags": "red_flags"}


class Tree:
    """Reads the lines of one page, and remembers under which number it has read each claim."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self.told: list[Claim] = []

    def numbered(self, text: str, claim: Claim) -> None:
        """The number at the end of a text is the next one, and from now on that of a claim."""
        need(text.endswith(f" ({len(self.told) + 1})"), f"its number is {len(self.told) + 1}")
        self.told.append(claim)

    def within(self, lines: Sequence[Line], claims: Iterable[Claim]) -> None:
        """Lines that tell what claims rest on."""
        above = tuple(claims)
        behind = dict.fromkeys(b for claim in above for b in self.held.proof.behind(claim) if b not in above)
        need(not behind or lines, "what it rests on is not told")
        for line in lines:
            self.read(line, behind)

    def read(self, line: Line, behind: Iterable[Claim]) -> None:
        """A line that tells one of the claims."""
        number = _NUMBERED.fullmatch(line.text)
        above = read("why.above", line.text)
        if above:
            need(not (line.tags or line.under or line.is_draft), "it is told above, with its ground")
            need(int(above["number"]) <= len(self.told), "no claim is told under that number")
            claim = self.told[int(above["number"]) - 1]
            need(claim in behind and self.entitled(above["title"], claim), "another claim is told under that number")
        elif number:
            need(int(number["number"]) == len(self.told) + 1, f"its number is {len(self.told) + 1}")
            titled = [claim for claim in behind if self.entitled(number["title"], claim)]
            any_of(titled, lambda claim: self._or_back(lambda: self._claim(line, claim)))
        else:
            self.held.ground_line(line, behind)

    def _or_back(self, check: Callable[[], None]) -> None:
        """A check; where it fails, the numbers are as they were before."""
        before = len(self.told)
        try:
            check()
        except NotHeldError:
            del self.told[before:]
            raise

    def _claim(self, line: Line, claim: Claim) -> None:
        held = self.held
        need(claim not in self.told, "it is told above")
        self.told.append(claim)
        rules = [step.rule for step in held.proof[claim] if isinstance(step, Derivation)]
        named = (rules[0], *held.located(rules[0])) if rules else ()
        held.grounds(line, named, drafts=rules[:1])
        self.within(line.under, [claim])

    def entitled(self, title: str, claim: Claim) -> bool:
        """True if a claim is told under a title."""
        if claim.predicate == "found":
            observed = any(isinstance(step, Observed) for step in self.held.proof[claim])
            return not observed and self.held.states(title, claim)
        return any(
            self._is_named(said, claim) and side == (claim.side if claim.side in self.held.words.sides.values() else "")
            for said, side in self.held.words.with_side(title)
        )

    def _is_named(self, said: str, claim: Claim) -> bool:
        if claim.predicate == FALSE:
            told = read("why.not", said)
            return bool(told and self._is_name(told["title"], claim))
        return self._is_name(said, claim)

    def _is_name(self, said: str, claim: Claim) -> bool:
        table, _, name = claim.subject.partition("/")
        if table in _TABLES:
            return bare(said) == bare(getattr(self.held.knowledge, _TABLES[table])[name].title)
        if table == "localizations":
            needs = read("why.needs", said)
            return bool(needs and bare(needs["place"]) == bare(self.held.knowledge.wide_sites[name].name))
        return bare(said) == bare(claim.subject)
