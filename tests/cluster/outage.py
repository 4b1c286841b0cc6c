"""A machine that dies in the middle of the work. Runs on the workers."""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyarrow as pa


def outage(told: Path) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """Passes batches on; the first machine on which a task passed two is killed, and `told` has its processes."""

    def passed(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for number, batch in enumerate(batches):
            yield batch
            if number == 1 and _is_first(told):
                _kill_machine(told)

    return passed


def _is_first(told: Path) -> bool:
    try:
        told.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def _kill_machine(told: Path) -> None:
    """Kill the Spark worker of this task and its executor, as a power cut would."""
    executor = _parent(os.getppid())  # between them is the daemon that forks Python workers
    worker = _parent(executor)
    if "CoarseGrainedExecutorBackend" not in _command(executor) or "deploy.worker.Worker" not in _command(worker):
        raise RuntimeError(f"{_command(executor)} is no executor, or {_command(worker)} no worker")
    told.write_text(f"{worker} {executor}", encoding="utf-8")
    os.kill(worker, signal.SIGKILL)
    os.kill(executor, signal.SIGKILL)


def _parent(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("PPid:"))


def _command(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_text(encoding="utf-8").replace("\0", " ")
