"""Localizations with another place in the order or another total, in words: the terms that came, went or changed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dermarules.inference.weigh import Weighing
from dermarules.questions.moved import Moved, Place
from dermarules.questions.what_if import WhatIf
from dermarules.render.grounds import Grounds
from dermarules.render.letter import Line
from dermarules.render.naming import named
from dermarules.render.reasons import entry_lines, reasons, standing_lines
from dermarules.render.voice import Voice
from dermarules.render.words import capital, either, site_name

# Of so many leading places the terms are told, as of the rivals; of so many how they moved.
_LEADING = 2
_LISTED = 6


def place_lines(value: WhatIf, was: Grounds, now: Grounds) -> Iterator[Line]:
    """The places that lead or led, each with how it moved and why; and how many others moved."""
    told = [moved for moved in value.places if _best_rank(moved) <= _LISTED or _is_rival(moved, value)]
    for moved in told:
        is_leading = _best_rank(moved) <= _LEADING or _is_rival(moved, value)
        terms = tuple(_terms(moved, was, now)) if is_leading else ()
        under = (*_site(moved, now.voice), *terms)
        yield Line(_head(moved, was, now), is_draft=_is_draft(moved, was, now), under=under)
    if len(told) < len(value.places):
        yield Line(now.voice.say("what_if.further", n=len(value.places) - len(told)))


def _best_rank(moved: Moved) -> int:
    return min(place.rank for place in (moved.before, moved.after) if place)


def _is_rival(moved: Moved, value: WhatIf) -> bool:
    """True for the places against which the first answers are measured."""
    rivals = ((outcome.rival, outcome.rival_side) for outcome in (value.before, value.after))
    return (moved.localization, moved.side) in rivals


def _is_draft(moved: Moved, was: Grounds, now: Grounds) -> bool:
    places = ((moved.before, was), (moved.after, now))
    return any(grounds.is_draft([place.claim]) for place, grounds in places if place)


def _weighing(place: Place | None, grounds: Grounds) -> Weighing | None:
    """What an answer weighs at a place of its order."""
    weighings = (each.weighing for each in grounds.answer.inference.ranked)
    return next((w for w in weighings if place and w.claim == place.claim), None)


def _head(moved: Moved, was: Grounds, now: Grounds) -> str:
    """How a place moved in the order, with its totals."""
    voice, before, after = now.voice, moved.before, moved.after
    weighing = _weighing(after, now) or _weighing(before, was)
    place = capital(named(weighing, voice)) if weighing else ""
    if before is None or after is None:
        key, only = ("what_if.new_place", after) if after else ("what_if.gone_place", before)
        return voice.say(key, place=place, rank=only.rank if only else 0, total=only.total if only else 0)
    slots = {"rank": after.rank, "was": before.rank, "total": after.total, "total_was": before.total}
    if before.total == after.total:
        key = "what_if.stays" if before.rank == after.rank else "what_if.same_total"
        return voice.say(key, place=place, **slots)
    key = "what_if.same_rank" if before.rank == after.rank else "what_if.moved"
    return voice.say(key, place=place, **slots)


def _site(moved: Moved, voice: Voice) -> Iterator[Line]:
    """Where on its course, if that is told otherwise than before."""
    before, after = moved.before, moved.after
    if before and after and before.sites != after.sites:
        was, now = (
            either([site_name(site, voice) for site in place.sites], voice) or voice.say("what_if.no_site")
            for place in (before, after)
        )
        yield Line(voice.say("what_if.site", before=was, after=now))


def _terms(moved: Moved, was: Grounds, now: Grounds) -> Iterator[Line]:
    """What adds to the total that did not before, what no longer does, and what counts otherwise."""
    before, after = _told(_weighing(moved.before, was), was), _told(_weighing(moved.after, now), now)
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        if line := _term(old, new, now.voice):
            yield line


def _term(old: Line | None, new: Line | None, voice: Voice) -> Line | None:
    """One reason with the difference that it makes; None if it makes none."""
    if old is None or new is None:
        key, only, sign = ("what_if.came", new, 1) if old is None else ("what_if.went", old, -1)
        if only is None or only.bar == 0:
            return None
        bar = None if only.bar is None else sign * only.bar
        return replace(only, text=voice.say(key, said=only.text), bar=bar)
    if old.bar is None or new.bar is None or old.bar == new.bar:
        return None
    text = voice.say("what_if.counts", said=new.text, now=new.bar, was=old.bar)
    return replace(new, text=text, bar=new.bar - old.bar)


_Key = tuple[str, tuple[str, ...]]


def _told(weighing: Weighing | None, grounds: Grounds) -> Mapping[_Key, Line]:
    """Every reason of a total with what it adds; what is left unexplained is told apart by its rows.

    What lets a wide site compete adds nothing, and has no bar.
    """
    if weighing is None:
        return {}
    told: dict[_Key, Line] = {(line.text, ()): line for line in entry_lines(weighing, grounds)}
    for reason in reasons(weighing, grounds):
        known = told.get((reason.said, ()))
        counted = reason.counted + (known.bar or 0 if known else 0)
        told[reason.said, ()] = replace(reason.line, text=reason.said, bar=counted)
    for line in standing_lines(weighing, grounds):
        told[line.text, tuple(below.text for below in line.under)] = line
    return told
