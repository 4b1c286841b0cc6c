"""Red flags that stand otherwise after a change, in words: what each rests on now, or rested on before."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from dermarules.questions.clearance import Standing
from dermarules.questions.flag_turns import FlagTurn
from dermarules.render.grounds import Grounds, flag_tag
from dermarules.render.letter import Line, shortened
from dermarules.render.outcome import flag_tags
from dermarules.render.question_words import question_words
from dermarules.render.voice import Voice
from dermarules.render.words import capital, flag_name, listed, side_word, stopped, urgency_word
from dermarules.vocabulary import Urgency

_BETWEEN = "; "


def flag_lines(turns: Iterable[FlagTurn], was: Grounds, now: Grounds) -> Iterator[Line]:
    """Red flags that stand otherwise; `was` is the proof before the change, `now` that after it.

    Those that were open, and that nothing calls for any more, have no more to tell: they share a line.
    """
    for (urgency, is_left), group in groupby(turns, key=lambda turn: (turn.urgency, _is_left(turn))):
        if is_left:
            yield _left(urgency, list(group), now)
        else:
            yield from (_line(turn, was, now) for turn in group)


def _is_left(turn: FlagTurn) -> bool:
    return turn.before is Standing.OPEN and turn.after is Standing.NOT_TOUCHED


def _left(urgency: Urgency, turns: Sequence[FlagTurn], now: Grounds) -> Line:
    voice, ids = now.voice, [turn.flag for turn in turns]
    names = _BETWEEN.join(flag_name(flag, voice) for flag in ids)
    text = voice.say("what_if.left", flags=capital(names), urgency=urgency_word(urgency, voice))
    return Line(text, flag_tags(ids, now.knowledge))


def _line(turn: FlagTurn, was: Grounds, now: Grounds) -> Line:
    under = (*_now(turn, now), *_before(turn, was, now))
    is_draft = was.is_draft(turn.claims_before) or now.is_draft(turn.claims_after)
    return Line(_head(turn, now.voice), (flag_tag(turn.flag, now.knowledge),), is_draft, under=under)


def _head(turn: FlagTurn, voice: Voice) -> str:
    name, urgency = capital(flag_name(turn.flag, voice)), urgency_word(turn.urgency, voice)
    if turn.before is turn.after:
        before, after = (_sides(sides, voice) for sides in (turn.sides_before, turn.sides_after))
        return voice.say("what_if.flag_side", flag=name, before=before, after=after, urgency=urgency)
    before, after = (voice.say(f"what_if.{standing.value}") for standing in (turn.before, turn.after))
    return voice.say("what_if.flag", flag=name, before=before, after=after, urgency=urgency)


def _sides(sides: Iterable[str], voice: Voice) -> str:
    return listed([side_word(side, voice) for side in sides], voice) or voice.say("what_if.no_side")


def _now(turn: FlagTurn, now: Grounds) -> Iterator[Line]:
    """Why it is raised, what it waits for, or what clears it."""
    voice = now.voice
    shown = shortened(now.findings(turn.claims_after), voice)
    match turn.after:
        case Standing.RAISED:
            action = voice.own("red_flags", turn.flag, "do") or now.knowledge.red_flags[turn.flag].then.do
            yield Line(voice.say("why.because", because=stopped(voice.text("red_flags", turn.flag, "because"))))
            yield Line(stopped(action))
            yield from shown
        case Standing.OPEN:
            asked = tuple(Line(question_words(about, about, voice)) for about in turn.ask)
            yield _found("what_if.waits", shortened(asked, voice), voice)
        case Standing.CLEARED:
            yield _found("what_if.clears", shown, voice)


def _found(template: str, lines: Sequence[Line], voice: Voice) -> Line:
    """Several findings or questions on one line."""
    found = _BETWEEN.join(line.text for line in lines)
    ground = dict.fromkeys(part for line in lines for part in line.ground)
    places = dict.fromkeys(place for line in lines for place in line.places)
    is_draft = any(line.is_draft for line in lines)
    return Line(voice.say(template, found=found), tuple(ground), is_draft, tuple(places))


def _before(turn: FlagTurn, was: Grounds, now: Grounds) -> Iterator[Line]:
    """What it rested on, and that it holds all the same where it is only withheld."""
    voice = now.voice
    if rested := shortened(was.findings(turn.claims_before), voice):
        yield _found("what_if.rested", rested, voice)
    if turn.before is Standing.RAISED is not turn.after and any(claim in now.proof for claim in turn.claims_before):
        yield Line(voice.say("what_if.withheld"))
