"""How long an answer takes: `make bench`.

Prints the median of `localize` for a case of 20 findings with the whole knowledge base and the proof, the time of
`import dermarules` over that of the bare interpreter, the time to load the knowledge, and where `localize` spends it.
"""

import cProfile
import pstats
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import dermarules

ROUNDS = 200
IMPORTS = 15

CASE = {
    "id": "bench_twenty_findings",
    "findings": [
        {"power": "ankle_dorsiflexion", "side": "left", "is": 3},
        {"power": "great_toe_extension", "side": "left", "is": 3},
        {"power": "ankle_eversion", "side": "left", "is": 4},
        {"power": "ankle_inversion", "side": "left", "is": 4},
        {"power": "hip_abduction", "side": "left", "is": 4},
        {"power": "ankle_plantarflexion", "side": "left", "is": 5},
        {"power": "knee_extension", "side": "both", "is": 5},
        {"power": "hip_flexion", "side": "both", "is": 5},
        {"sensation": "pinprick", "over": ["dorsum_foot_central", "great_toe_dorsal"], "side": "left", "is": "reduced"},
        {"sensation": "pinprick", "over": ["lateral_foot_border"], "side": "left", "is": "normal"},
        {"sensation": "light_touch", "over": ["medial_malleolus"], "side": "left", "is": "normal"},
        {"feels": "shooting", "over": ["posterolateral_thigh", "lateral_leg_lower"], "side": "left", "is": "present"},
        {"reflex": "ankle", "side": "both", "is": "normal"},
        {"reflex": "patellar", "side": "both", "is": "normal"},
        {"reflex": "plantar", "side": "both", "is": "flexor"},
        {"sign": "slr", "side": "left", "is": "positive"},
        {"history": "back_pain", "is": "present"},
        {"history": "urinary_retention", "is": "absent"},
        {"history": "saddle_anaesthesia", "is": "absent"},
        {"measure": "symptom_days", "is": 21},
    ],
}


def milliseconds(work: Callable[[], object], rounds: int) -> list[float]:
    """Times of `rounds` runs, in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return times


def interpreter(code: str) -> float:
    """Median milliseconds of a fresh interpreter that runs `code`."""
    return statistics.median(milliseconds(lambda: subprocess.run([sys.executable, "-c", code], check=True), IMPORTS))


def main() -> None:
    bare, imported = interpreter("pass"), interpreter("import dermarules")
    first = interpreter("import dermarules; dermarules.localize('examples/cases/foot_drop_l5_root.yaml')")
    load = milliseconds(dermarules.load_knowledge, 5)
    dermarules.localize(CASE)
    times = milliseconds(lambda: dermarules.localize(CASE), ROUNDS)
    print(f"python {sys.version.split()[0]}, {len(CASE['findings'])} findings, {ROUNDS} runs")
    print(f"localize, proof included   median {statistics.median(times):6.1f} ms   quickest {min(times):6.1f} ms")
    print(f"import dermarules          {imported - bare:6.1f} ms more than the bare interpreter ({bare:.1f} ms)")
    print(f"load the knowledge         {statistics.median(load):6.1f} ms")
    print(f"first answer from cold     {first:6.1f} ms")
    profile = cProfile.Profile()
    profile.runcall(lambda: [dermarules.localize(CASE) for _ in range(20)])
    pstats.Stats(profile).sort_stats("tottime").print_stats(12)


if __name__ == "__main__":
    main()
