"""The score on the published cases of the tests, one half at a time: `python benchmarks/published.py look|sealed`.

Which half a case is in hangs on the hash of its id. The first half may be looked at when the knowledge is mended. The
second is run only at the end of a round, and nothing is changed on its account.
"""

import hashlib
import sys
from pathlib import Path

from dermarules.audit.score import score
from dermarules.audit.table import score_table
from dermarules.findings import Case
from dermarules.knowledgebase.base import Knowledge, default_knowledge
from dermarules.knowledgebase.cases import read_each

FOLDER = Path(__file__).parent.parent / "tests" / "cases" / "published"
HALVES = ("look", "sealed")


def half_of(name: str) -> str:
    """The half in which the case of this id is."""
    return HALVES[hashlib.sha256(name.encode()).digest()[0] % 2]


def cases_in(folder: Path, knowledge: Knowledge) -> list[Case]:
    """The cases of a folder; the tests see to it that none has a fault."""
    read = (case for file in sorted(folder.glob("*.yaml")) for case in read_each(file, knowledge))
    return [case for case in read if isinstance(case, Case)]


def main() -> int:
    """Print the table of one half; 2 if none is named."""
    if sys.argv[1:2] not in ([half] for half in HALVES):
        print(f"usage: python benchmarks/published.py {'|'.join(HALVES)}", file=sys.stderr)
        return 2
    knowledge = default_knowledge()
    chosen = [case for case in cases_in(FOLDER, knowledge) if half_of(case.id) == sys.argv[1]]
    print(score_table(score(chosen, knowledge, "consensus", lambda _: None)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
