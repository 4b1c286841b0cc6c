"""What a condition lacks, in words: examined and otherwise, not examined, overruled or out of reach."""

from collections.abc import Iterable, Iterator, Sequence

from dermarules.findings import Finding
from dermarules.knowledgebase.facts import authority
from dermarules.notation import TRUE
from dermarules.proof import Claim
from dermarules.questions.cells import Shown
from dermarules.questions.unmet import Missing, Several, Unmet, UnmetOnSide, is_in_reach
from dermarules.render.grounds import Grounds, tag
from dermarules.render.letter import Line, shortened
from dermarules.render.phrases import compared_phrase, finding_phrase
from dermarules.render.voice import Voice
from dermarules.render.words import capital, either, listed, lowered, on_side
from dermarules.vocabulary import BOTH_SIDES, Kind, Result, Review, Side

_FINDINGS = "findings/"
_MOST_NAMED = 5
_BETWEEN = "; "


def side_line(side: UnmetOnSide, grounds: Grounds) -> Line:
    """What a rule lacks on a side: how many tests on the nearest way, and each part beneath."""
    return Line(_head(side, grounds.voice), under=tuple(_inner(side.parts, grounds)))


def nearest_words(side: UnmetOnSide, grounds: Grounds) -> str:
    """The nearest miss on a side in one sentence."""
    said = _BETWEEN.join(_missing_words(test, grounds) for test in side.nearest)
    return grounds.voice.say("why_not.nearest", head=_head(side, grounds.voice), tests=said)


def _head(side: UnmetOnSide, voice: Voice) -> str:
    key = "why_not.on_nearest_way" if is_in_reach(side.parts) else "why_not.no_way"
    return capital(on_side(voice.say(key, n=len(side.nearest)), side.side.value, voice))


def _inner(part: Unmet, grounds: Grounds) -> Iterator[Line]:
    """The parts of a group; what it needs of them is said first, unless there is but one."""
    if isinstance(part, Several) and part.named is None:
        if needs := _needs(part, grounds.voice):
            yield Line(capital(needs))
        yield from (_line(each, grounds) for each in part.parts)
    else:
        yield _line(part, grounds)


def _line(part: Unmet, grounds: Grounds) -> Line:
    if isinstance(part, Missing):
        return _missing(part, grounds)
    under = tuple(_line(each, grounds) for each in part.parts)
    needs = _needs(part, grounds.voice)
    if part.named is None:
        return Line(capital(needs), under=under)
    inner = part.parts[0]
    behind = authority(grounds.knowledge, part.named.subject)
    place = (str(behind.location),) if behind.location else ()
    key = "why_not.not_shown" if part.named.predicate == TRUE else "why_not.not_excluded"
    said = capital(grounds.voice.say(key, finding=_finding_name(part.named, grounds.voice)))
    ground, is_draft = (tag(part.named.subject, behind.sources), *place), behind.review is Review.DRAFT
    if len(part.parts) == 1 and isinstance(inner, Missing):
        needs, places, under = _missing_words(inner, grounds), _places(inner, grounds), ()
    else:
        places = ()
    text = grounds.voice.say("why_not.needs", head=said, needs=needs) if needs else said
    return Line(text, ground, is_draft, places, under)


def _needs(part: Several, voice: Voice) -> str:
    """How many of several parts are needed."""
    count = len(part.parts)
    if count == 1:
        return ""
    if part.needed == count:
        return voice.say("why_not.needs_all")
    return voice.say("why_not.needs_one" if part.needed == 1 else "why_not.needs_some", n=part.needed, count=count)


def _finding_name(claim: Claim, voice: Voice) -> str:
    title = lowered(voice.text("derived", claim.subject.removeprefix(_FINDINGS), "title"), voice)
    return on_side(title, claim.side, voice)


def _missing(test: Missing, grounds: Grounds) -> Line:
    return Line(capital(_missing_words(test, grounds)), places=_places(test, grounds))


def _missing_words(test: Missing, grounds: Grounds) -> str:
    """Why a test is not met, with what was found instead."""
    found = _BETWEEN.join(line.text for line in shortened(grounds.findings(test.found), grounds.voice))
    return grounds.voice.say(f"why_not.{test.lack.value}", test=_test_words(test, grounds.voice), found=found)


def _places(test: Missing, grounds: Grounds) -> tuple[str, ...]:
    """Where what was found instead is written."""
    return tuple(dict.fromkeys(place for line in grounds.findings(test.found) for place in line.places))


def _test_words(test: Missing, voice: Voice) -> str:
    """What would have to be found."""
    if test.claim.subject.startswith(_FINDINGS):
        return _finding_name(test.claim, voice)
    if not test.wants:
        return test.claim.subject
    if test.wants[0].kind is Kind.MEASURE:
        return compared_phrase(test.claim, voice)
    phrases = [_phrase(group, voice, needs_all=test.needs_all) for group in _groups(test.wants)]
    more = len(phrases) - _MOST_NAMED
    if more > 0:
        phrases = [*phrases[:_MOST_NAMED], voice.say("words.more", n=more)]
    return listed(phrases, voice) if test.needs_all else either(phrases, voice)


def _groups(wants: Iterable[Shown]) -> Iterator[Sequence[Shown]]:
    """Findings that differ only in place and side."""
    found: dict[tuple[Kind, str, Result], list[Shown]] = {}
    for each in wants:
        found.setdefault((each.kind, each.name, each.result), []).append(each)
    yield from found.values()


def _phrase(group: Sequence[Shown], voice: Voice, *, needs_all: bool) -> str:
    """Findings of one kind as a clinician writes them; of several places, whether one is enough."""
    one = group[0]
    sides = tuple(dict.fromkeys(each.side for each in group))
    places = tuple(dict.fromkeys(each.place for each in group if each.place))
    is_either = not needs_all and sides == BOTH_SIDES
    told = Finding(one.kind, one.name, (Side.NONE,) if is_either else sides, one.result, places, one.number)
    said = finding_phrase(told, voice)
    said = voice.say("why_not.either_side", finding=said) if is_either else said
    return said if needs_all or len(places) < 2 else voice.say("why_not.one_place", finding=said)
