"""The kernel in several processes at once: each does the same work, and all start together."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

from progress import say
from rows import rows

from dermarules.inference.compiled.batch import evaluate
from dermarules.knowledgebase.base import default_knowledge

MAP = "consensus"
# How often each process does its rows, after once for warming up.
REPEATS = 3


@dataclass(frozen=True, slots=True)
class Scaled:
    """So many processes together do so many cases a second."""

    processes: int
    per_second: float


def measure(number: int) -> tuple[Scaled, ...]:
    """One process, two, and so on by doubling, up to the number of cores."""
    cores = os.cpu_count() or 1
    counts = sorted({*(n for n in (1, 2, 4, 8, 16, 32) if n <= cores), cores})
    return tuple(_scaled(count, number) for count in counts)


def _scaled(processes: int, number: int) -> Scaled:
    say(f"processes: {processes}")
    context = get_context("spawn")
    barrier, times = context.Barrier(processes), context.Queue()
    workers = [context.Process(target=_work, args=(seed, number, barrier, times)) for seed in range(processes)]
    for worker in workers:
        worker.start()
    spans = [times.get() for _ in workers]
    for worker in workers:
        worker.join()
    return Scaled(processes, processes * REPEATS * number / _whole(spans))


def _whole(spans: Sequence[tuple[float, float]]) -> float:
    """From the first start to the last end."""
    return max(end for _, end in spans) - min(start for start, _ in spans)


def _work(seed: int, number: int, barrier: "Barrier", times: "Queue[tuple[float, float]]") -> None:
    knowledge = default_knowledge()
    columns = rows(knowledge, number, seed=seed)
    evaluate(columns, number, knowledge, MAP)
    barrier.wait()
    start = time.monotonic()
    for _ in range(REPEATS):
        evaluate(columns, number, knowledge, MAP)
    times.put((start, time.monotonic()))
