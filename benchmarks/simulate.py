"""Simulated examinations of every lesion: `make simulate`.

Draws patients from every site, answers them, examines every site completely as well, and writes the page
docs/explanation/simulated-examinations.md. Progress goes to the error stream. Every patient is the same on every
machine, however many processes there are.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from multiprocessing import Pool
from pathlib import Path

from dermarules.audit.intervals import Share
from dermarules.audit.separation import cannot_be_told_from, completed
from dermarules.audit.simulate import COMPLETENESS, Outcome, is_right, shares, simulate, sites, taken_for
from dermarules.knowledgebase.base import Knowledge, default_knowledge

PAGE = Path(__file__).parent.parent / "docs" / "explanation" / "simulated-examinations.md"
PER_SITE = 200
WORST = 25
CLASSES = {"root": "roots", "nerve": "nerves", "plexus": "plexuses", "wide": "wide places"}
COLUMNS = (
    "first",
    "among the first three",
    "clear and right",
    "clear and wrong",
    "undecided",
    "nothing abnormal",
    "at least the floor",
    "same day or sooner",
)

Task = tuple[int, float]


def outcomes_of(task: Task, per_site: int) -> list[Outcome]:
    """The outcomes of all patients with one lesion at one completeness; the lesion is given by its number."""
    knowledge = default_knowledge()
    number, completeness = task
    return [simulate(knowledge, sites(knowledge)[number], completeness, patient) for patient in range(per_site)]


def run(knowledge: Knowledge, per_site: int, processes: int) -> list[Outcome]:
    """Every outcome, in one order whatever the number of processes."""
    tasks = [(number, completeness) for number in range(len(sites(knowledge))) for completeness in COMPLETENESS]
    start = time.monotonic()
    outcomes: list[Outcome] = []
    with Pool(processes) as pool:
        for done, found in enumerate(pool.imap(partial(outcomes_of, per_site=per_site), tasks), start=1):
            outcomes += found
            minutes = (time.monotonic() - start) / 60
            print(f"\r{done} of {len(tasks)}, {minutes:.0f} min", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return outcomes


def page(knowledge: Knowledge, outcomes: Sequence[Outcome]) -> str:
    """The page of the documentation."""
    per_site = len(outcomes) // (len(sites(knowledge)) * len(COMPLETENESS))
    parts = (
        HEAD.format(version=knowledge.version, digest=knowledge.digest[:12], patients=f"{len(outcomes):,}"),
        f"{per_site} for each of {len(sites(knowledge))} lesions and each completeness. The figures are per cent.",
        *by_class(outcomes),
        COMPLETE,
        *complete_examinations(knowledge),
        WORST_HEAD.format(count=WORST),
        *worst(outcomes),
        FOOT,
    )
    return "\n".join(parts)


def by_class(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The table: each class of lesion at each completeness."""
    yield f"\n| lesion | examined | {' | '.join(COLUMNS)} |"
    yield f"|---|---|{'---|' * len(COLUMNS)}"
    for klass, name in CLASSES.items():
        for completeness in COMPLETENESS:
            found = shares([o for o in outcomes if o.klass == klass and o.completeness == completeness])
            cells = " | ".join(per_cent(found[column]) for column in COLUMNS)
            yield f"| {name} | {completeness:.0%} | {cells} |"


def complete_examinations(knowledge: Knowledge) -> Iterator[str]:
    """How many lesions come first when all is examined, the pairs that nothing separates, and what shows nothing."""
    lesions = [completed(knowledge, site) for site in sites(knowledge)]
    first = sum(lesion.comes_first for lesion in lesions)
    yield f"\n{first} of {len(lesions)} lesions come first."
    yield "These pairs no examination separates, and the answer is undecided:\n"
    yield "| lesion | cannot be told from | answered |"
    yield "|---|---|---|"
    for lesion in lesions:
        for other in cannot_be_told_from(lesion, sites(knowledge)):
            answer = lesion.report.differential[0]
            yield f"| {lesion.site.name} | {other} | {answer}, {lesion.report.inference.certainty.value} |"
    silent = [lesion.site.name for lesion in lesions if not lesion.lost and not lesion.has_sign]
    yield f"\nWithout a constant place, so that nothing need be found: {', '.join(silent)}."


def worst(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The lesions that come first least often when every place is examined."""
    full = [o for o in outcomes if o.completeness == COMPLETENESS[-1]]
    by_site = {name: [o for o in full if o.site == name] for name in dict.fromkeys(o.site for o in full)}
    rates = {name: sum(map(is_right, found)) / len(found) for name, found in by_site.items()}
    yield "\n| lesion | first | taken for |"
    yield "|---|---|---|"
    for name in sorted(rates, key=lambda each: (rates[each], each))[:WORST]:
        answers = (f"{answer} {count / len(by_site[name]):.0%}" for answer, count in taken_for(by_site[name]))
        yield f"| {name} | {rates[name]:.0%} | {', '.join(answers)} |"


def per_cent(share: Share) -> str:
    """A share without decimals; a dash where it applies to nothing."""
    return "-" if share.rate is None else f"{100 * share.rate:.0f}"


HEAD = """# Simulated examinations

This page is written by `make simulate`. Knowledge {version} ({digest}), {patients} patients.

Published cases are few, and they are told by people who knew the answer. So every lesion that can be an answer is
also simulated: each root, each nerve at each site, each plexus, each wide place. The question is what happens to the
answer when deficits are partial, when much was not examined, and when the examiner errs. These are no real patients.
The figures compare versions of the knowledge; they do not say how often the program is right in a clinic.

## How a patient is drawn

1. Sensation, power and reflexes are abnormal, each as a group, as often as patients were found to show any such
   deficit. Where a group is affected, a place is lost by its tier. The rates stand in `knowledge/examiner.yaml`, with
   their sources; many are drafts.
2. All skin, all movements and all reflexes are on the list. Each is examined on both sides with a probability of
   30, 60 or 100 %. Single muscles are not.
3. The examiner notes the truth with probability √κ, κ being the published agreement of two examiners. Otherwise he
   notes what is true beside it: of the skin that touches the place, or of another movement or reflex. Two such
   examiners agree to κ.
4. A wide place shows one of the ways in which its entry condition can hold, each equally likely. These findings (a
   history, an extensor plantar, a level) are derived from the condition and are always told.
5. One-sided lesions lie on the left. What is midline, such as the sphincters, is then kept by the other side. The
   perineum is examined half by half.

Nothing else is asked: no pain, no onset, no denied sphincter trouble. Deficits of one group are independent of each
other once the group is affected. That is harder than life: a patient tells where it is numb, and an examiner who finds
something odd looks again.

## What was answered
"""

COMPLETE = """
- **first, among the first three**: the lesion itself on its side; another site of the same nerve counts, the plexus
  that contains it does not.
- **clear and right, clear and wrong, undecided**: the certainty of the first answer.
- **nothing abnormal**: the patient shows nothing, or nothing that was examined. Such a patient has no lesion to find.
- **at least the floor**: of the places that are urgent by themselves, in how many the urgency was at least theirs.
- **same day or sooner**: in a lesion of one nerve or root this is the price of missing no cauda equina.

## Complete examinations

Everything is examined, the muscles that no movement shows as well, and nobody errs: core and usual places abnormal,
variable ones and all others normal, and a wide place with its entry condition."""

WORST_HEAD = """
Why these pairs:

- A root or nerve of the saddle on one side looks like a cauda equina lesion that is still partial. What is spared
  says nothing against the cauda equina, because patients seldom have every feature. The urgency stays that of the
  cauda equina.
- The conus holds the segments whose roots run in the cauda equina.
- The deep fascicles of the common peroneal nerve at the fibular head go on as the deep peroneal nerve.
- The lumbosacral trunk carries L5. The muscles of the back and single toes tell the two apart, and a root often spares
  them.

Two sites of one nerve with nothing between them, such as the femoral nerve above and below the iliacus, are one answer
with both sites.

## The lesions that come first least often

The {count} worst, with every place examined, and what they were taken for."""

FOOT = """
## Run it

    make simulate                                      # 200 for each lesion and completeness, with all processors
    python benchmarks/simulate.py --per-site 20        # a tenth of it
    python benchmarks/simulate.py --page other.md      # write elsewhere

The full run answers about 50,000 cases. Two processors that had other work as well did 25,000 in 40 minutes.
`tests/unit/audit/test_separation.py` checks the complete examinations, and names the pairs, in every test run.
"""


def main() -> None:
    """Run the simulation and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--per-site", type=int, default=PER_SITE, metavar="N", help="patients (default: %(default)s)")
    parser.add_argument("--page", type=Path, default=PAGE, help="where to write (default: the page of the docs)")
    parser.add_argument("--processes", type=int, default=os.cpu_count(), metavar="N")
    options = parser.parse_args()
    knowledge = default_knowledge()
    outcomes = run(knowledge, options.per_site, options.processes)
    options.page.write_text(page(knowledge, outcomes), encoding="utf-8")
    print(f"wrote {options.page}")


if __name__ == "__main__":
    main()
