"""What if: the difference between the answer to a case and that to the same case with other rows, which is really run.

Places and red flags are compared one by one. What a row that is taken out said is unknown afterwards, never normal.
"""

from dataclasses import dataclass

from dermarules.inference.certainty import Doubt, doubts
from dermarules.inference.totals import ahead_claim
from dermarules.knowledgebase.changes import Changes, RowTurn
from dermarules.proof import Claim
from dermarules.questions.again import again
from dermarules.questions.answer import Answer
from dermarules.questions.differential import side_of
from dermarules.questions.flag_turns import FlagTurn, flag_turns
from dermarules.questions.many import Gist, gist_of
from dermarules.questions.moved import Moved, moved_places
from dermarules.vocabulary import Urgency


@dataclass(frozen=True, slots=True)
class UrgentSite:
    """A localization that is urgent by itself once what it needs was found, and the claims that it was."""

    localization: str
    urgency: Urgency
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a report says in few words, and why it is not surer.

    `rival` is the place that the first is measured against, `lead` how far the first is ahead of it in centibans; None
    where there is none. `doubts` are why the first answer is not clear. `claims` say that the first has its total, and
    which it is not behind.
    """

    gist: Gist
    rival: str | None
    rival_side: str | None
    lead: int | None
    doubts: tuple[Doubt, ...]
    urgent_site: UrgentSite | None
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The difference that other rows make.

    `rows` are the changes; `before` and `after` what the reports say; `places` every localization with another place
    in the order, total or site, in the order that it has afterwards, then those that are no longer in it; `flags` the
    red flags that stand otherwise, the most urgent first.
    """

    rows: tuple[RowTurn, ...]
    before: Outcome
    after: Outcome
    places: tuple[Moved, ...]
    flags: tuple[FlagTurn, ...]

    @property
    def changes_nothing(self) -> bool:
        """True if order, weights, certainty, urgency and red flags are the same."""
        return self.before == self.after and not self.places and not self.flags


def what_if(answer: Answer, changes: Changes) -> tuple[WhatIf, Answer]:
    """The difference that changes of the case make, and the answer to the changed case."""
    after = again(answer, changes.case.findings)
    value = WhatIf(
        rows=changes.turns,
        before=_outcome(answer),
        after=_outcome(after),
        places=tuple(moved_places(answer, after)),
        flags=tuple(flag_turns(answer, after)),
    )
    return value, after


def _outcome(answer: Answer) -> Outcome:
    inference = answer.inference
    first, rival, floor = inference.ranked[0].weighing, inference.rival, inference.floor
    ahead = () if rival is None else (rival.claim, ahead_claim(first, rival))
    return Outcome(
        gist=gist_of(inference),
        rival=rival.candidate.localization if rival else None,
        rival_side=side_of(rival) if rival else None,
        lead=first.total - rival.total if rival else None,
        doubts=doubts(inference.ranked, inference.evidence, answer.knowledge),
        urgent_site=UrgentSite(floor.localization, floor.urgency, floor.entries) if floor else None,
        claims=(first.claim, *ahead),
    )
