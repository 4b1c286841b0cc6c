"""How urgent it is, read back: raised red flags with what they rest on, the floor of a place, and what is open."""

from dermarules.questions.answer import Raised
from dermarules.vocabulary import Urgency
from tests.told.held import Held, any_of, is_word, lists, need, same, slots
from tests.told.outline import Line, Part
from tests.told.words import bare, read, word

_LOUD = (Urgency.EMERGENCY_NOW, Urgency.SAME_DAY)


def title(held: Held, part: Part) -> None:
    """How urgent, loudly where the patient is to be seen today, and how urgent it may be."""
    report, urgencies = held.report, held.words.urgencies
    need(part.title.isupper() is (report.urgency in _LOUD), "loud if and only if the patient is to be seen today")
    said = part.title.capitalize() if part.title.isupper() else part.title
    told = read("alarm.title_possible", said) or slots("alarm.title", said)
    need(urgencies.get(told["urgency"]) is report.urgency, f"the urgency is {report.urgency.value}")
    possible = urgencies.get(told.get("possible", told["urgency"]))
    need(possible is report.urgency_possible, f"not excluded is {report.urgency_possible.value}")


def quiet(held: Held, line: Line) -> None:
    """That no red flag is raised and none is open."""
    is_word("alarm.quiet", line.text)
    flags = held.report.red_flags
    need(not flags.raised and not flags.open and held.report.inference.floor is None, "a red flag is raised or open")
    held.grounds(line)


def not_asked(held: Held, line: Line) -> None:
    """What nobody asked of the first things to ask."""
    told = {finding.name for finding in held.report.case.findings}
    for meaning in slots("alarm.not_asked", line.text)["missing"].split("; "):
        items = [held.knowledge.history[name] for name in held.words.history.get(bare(meaning), ())]
        need(any(i.ask_first and i.id not in told for i in items), f"'{meaning}' was asked, or need not be asked")
    held.grounds(line)


def raised(held: Held, line: Line) -> None:
    """A red flag of the highest urgency: what to do, why, and those of its findings that earlier ones did not tell."""
    top = [flag for flag in held.report.red_flags.raised if flag.urgency is held.report.urgency]
    held.grounds(line)
    any_of(
        [number for number, flag in enumerate(top) if same(line.text, flag.action)],
        lambda n: _raised(held, line, top, n),
    )


def _raised(held: Held, line: Line, top: list[Raised], number: int) -> None:
    flag, (because, suspected, *rest) = top[number], line.under
    need(same(slots("alarm.because", because.text)["because"], flag.because), "the reason is another one")
    held.grounds(because, [f"red_flags/{flag.id}"], flag.claims)
    condition = slots("alarm.suspected", suspected.text)["condition"]
    need(flag.suspects in held.words.conditions.get(bare(condition), ()), f"{flag.suspects} is suspected")
    held.is_plain(suspected)
    before = [claim for earlier in top[:number] for claim in earlier.claims]
    shared = {leaf for of in held.leaves(before) for leaf in of} & {
        leaf for of in held.leaves(flag.claims) for leaf in of
    }
    if rest and rest[-1].text in (word("alarm.above"), word("alarm.above_too")):
        need(shared, "nothing that it rests on is told above")
        need((rest[-1].text == word("alarm.above")) is (len(rest) == 1), "something else is told too, or nothing is")
        held.is_plain(rest.pop())
    held.ground_lines(rest, flag.claims, before)


def also_raised(held: Held, line: Line) -> None:
    """A red flag that is raised as well, with its urgency and what to do."""
    said = slots("alarm.also_raised", line.text)
    whole = f"{said['urgency']}: {said['flag']}. {said['action']}"

    def check(flag: Raised) -> None:
        known = held.knowledge.red_flags[flag.id]
        urgency = next(said for said, meant in held.words.urgencies.items() if meant is flag.urgency)
        need(same(whole, f"{urgency}: {bare(known.title)}. {flag.action}"), "no such red flag is raised")
        held.grounds(line, [f"red_flags/{flag.id}"], flag.claims)
        need(not line.under, "nothing stands under it")

    any_of(held.report.red_flags.raised, check)


def floor(held: Held, line: Line) -> None:
    """A place that is urgent by itself, and whether it is the first."""
    is_first = read("alarm.floor_first", line.text)
    told, found = is_first or slots("alarm.floor_possible", line.text), held.report.inference.floor
    need(found, "no place is urgent by itself")
    assert found is not None
    need(held.words.labels.get(told["urgency"]) is found.urgency, f"its urgency is {found.urgency.value}")
    need(held.is_named(told["place"], found.localization), f"it is {found.localization}")
    need(bool(is_first) is (held.report.differential[0].localization == found.localization), "it is first, or is not")
    held.grounds(line, [f"localizations/{found.site.id}"], found.entries)


def still_open(held: Held, line: Line) -> None:
    """How many red flags are open, up to which urgency, and which they are."""
    told, flags = slots("alarm.open", line.text), held.report.red_flags.open
    need(int(told["n"]) == len(flags), f"{len(flags)} are open")
    need(held.words.urgencies.get(told["urgency"]) is held.report.urgency_possible, "not up to that urgency")
    ids = {flag.id for flag in flags}
    readings = lists(told["flags"], held.words.flags)
    need(
        any(count == len(flags) and all(ids & set(each) for each in named) for named, count in readings),
        "the flags that are named are not those that are open",
    )
    held.grounds(line)


LINES = (quiet, not_asked, raised, also_raised, floor, still_open)
