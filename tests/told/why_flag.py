"""Why a red flag is raised or cleared, and what an open one waits for, read back."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from dermarules.notation import TRUE
from dermarules.proof import Claim
from dermarules.questions.answer import Cleared, Open, Raised
from tests.told import asking
from tests.told.held import Held, need, same, slots
from tests.told.outline import Line
from tests.told.tree import Tree
from tests.told.words import bare

Flag = Raised | Open | Cleared
_STATES: dict[type[Flag], str] = {Raised: "why.raised", Open: "why.open", Cleared: "why.cleared"}


@dataclass
class WhyFlag:
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
