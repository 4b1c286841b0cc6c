"""What to consider beyond the place, in words: suggestions with their codes, never findings."""

from collections.abc import Iterable, Iterator

from dermarules.questions.answer import Answer
from dermarules.questions.suggestions import ConditionSuggestion, DiscSuggestion
from dermarules.render.grounds import Grounds, tag
from dermarules.render.letter import Line
from dermarules.render.voice import Voice
from dermarules.render.words import capital, condition_name, either, listed
from dermarules.vocabulary import Review

_MOST = 4


def consider(answer: Answer, grounds: Grounds) -> Iterator[Line]:
    """The conditions and discs to consider; nothing if there are none."""
    found = answer.suggestions
    under = [*(_condition(one, answer, grounds) for one in found.conditions[:_MOST]), *_discs(found.discs, grounds)]
    if under:
        yield Line(grounds.voice.say("consider.title"), under=tuple(under))


def _condition(one: ConditionSuggestion, answer: Answer, grounds: Grounds) -> Line:
    """A condition with its codes, and the rule that brings it to mind; without one, it goes with the localization."""
    wide = answer.inference.ranked[0].weighing.candidate.wide
    named = f"localizations/{wide.id}" if wide else tag(f"conditions/{one.condition}", one.sources)
    ground = tuple(claim.subject for claim in one.claims[:1]) or (named,)
    is_draft = one.review is Review.DRAFT or grounds.is_draft(one.claims[:1])
    name = condition_name(one.condition, grounds.voice)
    return Line(f"{capital(name)}{_codes(one.icd10cm, one.hpo)}", ground, is_draft)


def _discs(discs: Iterable[DiscSuggestion], grounds: Grounds) -> Iterator[Line]:
    """The discs in one line: what a disc would have to be to fit the answer."""
    told = tuple(discs)
    if not told:
        return
    named = either([_disc(disc, grounds.voice) for disc in told], grounds.voice)
    ground = tuple(tag(f"disc_levels/{disc.level}", disc.sources) for disc in told)
    is_draft = any(disc.review is Review.DRAFT for disc in told) or grounds.is_draft(told[0].claims)
    yield Line(grounds.voice.say("consider.discs", discs=named), (told[0].claims[0].subject, *ground), is_draft)


def _disc(disc: DiscSuggestion, voice: Voice) -> str:
    places = listed([voice.say(f"consider.{place}") for place in disc.places], voice)
    return f"{disc.name} {places}{_codes(disc.icd10cm, disc.hpo)}"


def _codes(icd10cm: str | None, hpo: str | None) -> str:
    codes = [part for part in (f"ICD-10-CM {icd10cm}" if icd10cm else "", hpo or "") if part]
    return f" ({', '.join(codes)})" if codes else ""
