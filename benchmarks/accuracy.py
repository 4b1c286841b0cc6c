"""The page on accuracy and its plot: `make accuracy`, or `python benchmarks/accuracy.py look` for one half alone.

The sealed half is scored at the end of a round only. Needs matplotlib: `pip install -e '.[bench]'`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import calibration_plot
from published import FOLDER, HALVES, cases_in, half_of

from dermarules.audit.accuracy import Parts, page
from dermarules.audit.study import study
from dermarules.knowledgebase.base import Knowledge, default_knowledge

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "cases"
TEXT = ROOT / "benchmarks" / "accuracy.md"
PAGE = ROOT / "docs" / "explanation" / "accuracy.md"


def parts(halves: Sequence[str], knowledge: Knowledge) -> Parts:
    """The examples and the halves, each case with what became of it."""
    published = cases_in(FOLDER, knowledge)
    chosen = {f"published, {half} half": [c for c in published if half_of(c.id) == half] for half in halves}
    found = {"examples": cases_in(EXAMPLES, knowledge), **chosen}
    studied = study(found, knowledge, "consensus")
    return {part: [case for case in studied if case.part == part] for part in found}


def main() -> int:
    """Write the page and the plot; 2 if something else than halves is named."""
    halves = sys.argv[1:] or list(HALVES)
    if not set(halves) <= set(HALVES):
        print(f"usage: python benchmarks/accuracy.py [{'|'.join(HALVES)}]", file=sys.stderr)
        return 2
    knowledge = default_knowledge()
    found = parts(halves, knowledge)
    PAGE.write_text(page(TEXT.read_text(encoding="utf-8"), found, knowledge), encoding="utf-8")
    published = [case for part in list(found)[1:] for case in found[part]]
    calibration_plot.draw(published, knowledge.weights.certainty, PAGE.with_suffix(".svg"))
    print(f"wrote {PAGE.relative_to(ROOT)} and its plot: {', '.join(halves)}, {len(published)} published cases")
    return 0


if __name__ == "__main__":
    sys.exit(main())
