"""Where the lesion is, read back: how clearly, what would decide, and the differential."""

import re

from dermarules.inference.weigh import Weighing
from dermarules.notation import State
from dermarules.questions.ask import Examination
from dermarules.questions.differential import Localization
from dermarules.vocabulary import Certainty, Side
from tests.told import maps, site
from tests.told.consider import consider
from tests.told.held import Held, NotReadError, is_word, need, same, slots
from tests.told.key_points import key_points
from tests.told.outline import Line, Part
from tests.told.words import TABLES, bare, read, word

_NOTHING = "nothing_to_localize"


def title(held: Held, part: Part) -> None:
    """The first localization."""
    need(held.names(slots("place.title", part.title)["place"], held.first), "it is not the first localization")


def weighing_of(held: Held, entry: Localization) -> Weighing:
    """The weighing that an entry of the differential shows."""
    return next(r.weighing for r in held.report.inference.ranked if r.weighing.claim == entry.claim)


def nowhere(held: Held, line: Line) -> None:
    """Why there is nothing to localize."""
    seen = [claim.subject.split(" ")[0] for claim in held.proof if claim.predicate == "seen"]
    abnormal = {State.DEFICIT.value, State.FELT.value} & set(seen) or held.report.inference.evidence.neurological
    why = {
        "place.not_one_place": abnormal,
        "place.pain_alone": not abnormal and State.PAIN.value in seen,
        "place.nothing": not abnormal and State.PAIN.value not in seen,
    }
    keys = [key for key in why if word(key) == line.text]
    if not keys:
        raise NotReadError("says not why nothing is localized")
    need(held.first.candidate.localization == _NOTHING and why[keys[0]], "that is not so")
    held.grounds(line)


def certainty(held: Held, line: Line) -> None:
    """How clearly the first localization stands, and ahead of which rival."""
    for sure in Certainty:
        told = read(f"place.{sure.value}_alone", line.text) or read(f"place.{sure.value}", line.text)
        if told is None:
            continue
        need(held.report.differential[0].certainty is sure, f"it is {held.report.differential[0].certainty}")
        need(held.names(told["place"], held.first), "it is not the first localization")
        rival = held.report.inference.rival
        has_rival = rival is not None and rival.candidate.localization != _NOTHING
        if "rivals" in told:
            _rivals(held, told["rivals"])
        elif "rival" in told:
            need(has_rival and rival and held.names(told["rival"], rival), "it is not its rival")
        else:
            need(not has_rival, "it has a rival")
        held.grounds(line)
        return
    raise NotReadError("says not how clear it is")


def _rivals(held: Held, text: str) -> None:
    """The places that cannot be told from the first; if there is none near it, its rival."""
    near = [
        weighing_of(held, entry)
        for entry in held.report.differential[1:]
        if entry.certainty is Certainty.UNDECIDED and entry.localization != _NOTHING
    ]
    *names, last = text.split("; ")
    more = read("place.or_more", last)
    names = names if more else [*names, last]
    rival = held.report.inference.rival
    of = near or ([rival] if rival else [])
    need(len(of) == len(names) + (int(more["n"]) if more else 0), f"there are {len(of)} rivals")
    need(all(held.names(name, weighing) for name, weighing in zip(names, of, strict=False)), "they are not its rivals")


def deciding(held: Held, line: Line) -> None:
    """The examinations that would tell the first answer from its rival, or confirm it."""
    told, rival = read("place.confirm", line.text) or slots("place.tell", line.text), held.report.inference.rival
    is_clear = held.report.differential[0].certainty is Certainty.CLEAR
    need((read("place.confirm", line.text) is not None) is is_clear, "it is to be confirmed, or to be told")
    need(rival and held.names(told["rival"], rival), "it is not its rival")
    held.grounds(line)
    need(0 < len(line.under) <= len(held.report.deciding), "so many examinations do not tell it")
    for under, examination in zip(line.under, held.report.deciding, strict=False):
        _examination(held, under, examination)


def _examination(held: Held, line: Line, examination: Examination) -> None:
    (kind, name), how = examination.place, examination.how
    said = line.text
    if how:
        template = word("place.how").replace("{said}", "").partition("{how}")[0]
        told, _, manner = said.partition(template)
        need(same(manner, how), f"it is examined otherwise: {how}")
        said = told
    key = "place.weak" if kind in ("movement", "muscle") else "place.reduced"
    found = slots(key, said)
    side = "" if examination.side in (Side.UNKNOWN, Side.NONE) else examination.side.value
    known = getattr(held.knowledge, TABLES[kind])[name].name
    title = word("place.sensation").replace("{region}", known) if kind == "skin" else known
    need(
        (bare(title), side) in [(bare(text), told) for text, told in held.words.with_side(found["examination"])],
        f"what tells it is {name}, {side}",
    )
    need(
        held.is_named(found["abnormal"], examination.abnormal_favours),
        f"abnormal favours {examination.abnormal_favours}",
    )
    need(held.is_named(found["normal"], examination.normal_favours), f"normal favours {examination.normal_favours}")
    held.is_plain(line)


_ROW = re.compile(r"(?P<rank>\d+)\. (?P<place>.+) (?P<total>-?\d+) (?P<counts>explains .+)")


def differential(held: Held, line: Line) -> None:
    """The order of the localizations, with their totals and what each explains, leaves and contradicts."""
    is_word("differential.title", line.text)
    held.grounds(line)
    need(len(line.under) == min(6, len(held.report.differential)), "it lists six, or all")
    for rank, (under, entry) in enumerate(zip(line.under, held.report.differential, strict=False), start=1):
        _row(held, under, rank, entry)


def _row(held: Held, line: Line, rank: int, entry: Localization) -> None:
    found = _ROW.fullmatch(line.text)
    need(found, "it is no row of the differential")
    assert found is not None
    weighing = weighing_of(held, entry)
    need(int(found["rank"]) == rank, f"its place is {rank}")
    need(held.names(found["place"], weighing), f"in place {rank} stands {entry}")
    need(int(found["total"]) == held.weighed(weighing).total, f"its total is {held.weighed(weighing).total}")
    told = read("differential.row_certain", found["counts"]) or slots("differential.row", found["counts"])
    counts = [len(held.observed(each)) for each in (entry.explains, entry.unexplained, entry.contradicted)]
    need([int(told[name]) for name in ("explains", "leaves", "contradicts")] == counts, f"it is {counts}")
    need(
        told.get("certainty", "") == (word(f"words.{entry.certainty.value}") if entry.certainty else ""),
        "not so certain",
    )
    held.is_plain(line)


LINES = (nowhere, certainty, *site.LINES, *maps.LINES, deciding, consider, key_points, differential)
