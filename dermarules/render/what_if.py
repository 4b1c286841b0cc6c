"""What other findings change, in words: what is different, the outcome, the red flags, and the order."""

from collections.abc import Iterator, Sequence

from dermarules.findings import Finding
from dermarules.inference.certainty import Doubt
from dermarules.knowledgebase.changes import RowTurn
from dermarules.proof import Claim
from dermarules.questions.answer import Answer
from dermarules.questions.what_if import Outcome, UrgentSite, WhatIf
from dermarules.render.compose import case_title, subject
from dermarules.render.flag_turns import flag_lines
from dermarules.render.footer import page_footer
from dermarules.render.grounds import Grounds, place_of
from dermarules.render.letter import Line, Section
from dermarules.render.moved import place_lines
from dermarules.render.naming import the_named
from dermarules.render.outcome import flag_tags, has_draft_flag, the_place
from dermarules.render.page import Page
from dermarules.render.phrases import finding_phrase
from dermarules.render.verbosity import Verbosity
from dermarules.render.voice import Voice
from dermarules.render.words import capital, certainty_word, localization_name, urgency_word
from dermarules.vocabulary import Urgency

# So many red flags are named as the grounds of an urgency; the section of the red flags has them all.
_NAMED = 3
_WEIGHTS = (Claim("known", "weights"),)


def what_if_page(after: Answer, answer: Answer, value: WhatIf, voice: Voice, _: Verbosity) -> Page:
    """What is different, what it changes, the red flags, and the order; `after` is the answer to the changed case."""
    was, now = Grounds(answer, voice), Grounds(after, voice)
    rows = tuple(line for turn in value.rows for line in _row(turn, voice))
    flags = tuple(flag_lines(value.flags, was, now))
    places = tuple(place_lines(value, was, now))
    sections = [
        Section(voice.say("what_if.rows"), rows or (Line(voice.say("what_if.no_row")),)),
        Section(voice.say("what_if.outcome"), tuple(_outcome(value, was, now))),
        *([Section(voice.say("what_if.flags"), flags)] if flags else []),
        *([Section(voice.say("what_if.order"), places)] if places else []),
    ]
    title = voice.say("what_if.title", case=case_title(answer.case))
    return Page(title, subject(answer.case, voice), tuple(sections), page_footer(answer, voice))


def _row(turn: RowTurn, voice: Voice) -> Iterator[Line]:
    """One change: what is added, what is found instead, or what is not known any more."""
    if turn.after is None:
        for row in turn.before:
            yield _said("what_if.removed", [row], voice, finding=capital(finding_phrase(row, voice)))
    elif not turn.before:
        yield _said("what_if.added", [turn.after], voice, finding=capital(finding_phrase(turn.after, voice)))
    else:
        found = capital("; ".join(finding_phrase(row, voice) for row in turn.before))
        instead = finding_phrase(turn.after, voice)
        yield _said("what_if.changed", [*turn.before, turn.after], voice, finding=found, instead=instead)


def _said(template: str, rows: Sequence[Finding], voice: Voice, **slots: str) -> Line:
    places = dict.fromkeys(place_of(row.location) for row in rows)
    return Line(voice.say(template, **slots), places=tuple(place for place in places if place))


def _outcome(value: WhatIf, was: Grounds, now: Grounds) -> Iterator[Line]:
    """The first answer, how certain it is, and how urgent: what stays is said as well."""
    if value.changes_nothing:
        yield Line(now.voice.say("what_if.nothing"))
        return
    yield _first(was, now)
    yield from _tied(value.after, now)
    yield _certainty(value, now)
    yield _urgency(value, now)
    yield from _possible(value, now)
    yield from _urgent_sites(value, was, now)


def _first(was: Grounds, now: Grounds) -> Line:
    voice = now.voice
    first, before = (the_named(g.answer.inference.ranked[0].weighing, voice) for g in (now, was))
    is_draft = any(g.is_draft([g.answer.inference.ranked[0].weighing.claim]) for g in (was, now))
    key = "what_if.first_stays" if first == before else "what_if.first"
    return Line(voice.say(key, place=first, before=before), is_draft=is_draft)


def _tied(after: Outcome, now: Grounds) -> Iterator[Line]:
    """What puts the first before a rival of no smaller total: they are tied."""
    inference, tie = now.answer.inference, now.knowledge.weights.tie
    if inference.rival is not None and after.lead is not None and after.lead <= 0:
        first, rival = inference.ranked[0].weighing, inference.rival
        core = {"own": first.untested_core, "other": rival.untested_core}
        totals = {"total": first.total, "total_other": rival.total}
        yield Line(now.voice.say("what_if.tied", rival=the_named(rival, now.voice), n=tie, **totals, **core))


def _certainty(value: WhatIf, now: Grounds) -> Line:
    """How certain the first answer is, and what keeps it from being clear."""
    voice, before, after = now.voice, value.before, value.after
    word, was = (certainty_word(outcome.gist.certainty, voice) for outcome in (after, before))
    key = "what_if.certainty_stays" if word == was else "what_if.certainty"
    is_same = _place(before) == _place(after)
    gone = [doubt for doubt in before.doubts if is_same and doubt not in after.doubts]
    clear = [] if after.doubts else [voice.say("what_if.clear")]
    lifted = [voice.say("what_if.went", said=_doubt(doubt, before, voice)) for doubt in gone]
    told = (*clear, *(_doubt(doubt, after, voice) for doubt in after.doubts), *lifted)
    text = voice.say(key, certainty=word, before=was)
    return Line(text, now.tags(_WEIGHTS), now.is_draft(_WEIGHTS), under=tuple(Line(each) for each in told))


def _place(outcome: Outcome) -> tuple[str, str | None]:
    return outcome.gist.localization, outcome.gist.side


def _doubt(doubt: Doubt, outcome: Outcome, voice: Voice) -> str:
    rival = the_place(outcome.rival, outcome.rival_side, voice) if outcome.rival else ""
    return capital(voice.say(f"what_if.doubt_{doubt.value}", rival=rival))


def _urgency(value: WhatIf, now: Grounds) -> Line:
    """How urgent it is, with the red flags that make it so or no longer do."""
    before, after = value.before.gist, value.after.gist
    turned = [turn.flag for turn in value.flags if (turn.flag in before.raised) != (turn.flag in after.raised)]
    return _urgent("urgency", (before.urgency, after.urgency), turned, now)


def _possible(value: WhatIf, now: Grounds) -> Iterator[Line]:
    """What urgency is not excluded, if that changes."""
    before, after = value.before.gist, value.after.gist
    if before.urgency_possible is not after.urgency_possible:
        turned = [turn.flag for turn in value.flags]
        yield _urgent("possible", (before.urgency_possible, after.urgency_possible), turned, now)


def _urgent(name: str, pair: tuple[Urgency, Urgency], turned: Sequence[str], now: Grounds) -> Line:
    """An urgency before and after; of the red flags that turned, those of either urgency are its grounds."""
    voice, (before, after) = now.voice, pair
    if before is after:
        return Line(voice.say(f"what_if.{name}_stays", urgency=urgency_word(after, voice)))
    flags = [flag for flag in turned if now.knowledge.red_flags[flag].then.urgency in pair][:_NAMED]
    text = voice.say(f"what_if.{name}", urgency=urgency_word(after, voice), before=urgency_word(before, voice))
    return Line(text, flag_tags(flags, now.knowledge), has_draft_flag(flags, now.knowledge))


def _urgent_sites(value: WhatIf, was: Grounds, now: Grounds) -> Iterator[Line]:
    """A localization that is urgent by itself, if that changes."""
    before, after = value.before.urgent_site, value.after.urgent_site
    if before != after:
        yield from _urgent_site("what_if.site_came", after, now)
        yield from _urgent_site("what_if.site_went", before, was)


def _urgent_site(template: str, site: UrgentSite | None, grounds: Grounds) -> Iterator[Line]:
    if site is not None:
        voice = grounds.voice
        place = capital(localization_name(site.localization, voice))
        text = voice.say(template, place=place, urgency=urgency_word(site.urgency, voice))
        yield Line(text, is_draft=grounds.is_draft(site.claims), under=grounds.findings(site.claims))
