"""A Spark cluster of one master and two workers, each a process of this machine."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyspark

_HOST = "127.0.0.1"
_PATIENCE = 180
_DEPLOY = "org.apache.spark.deploy"


@dataclass(frozen=True)
class Cluster:
    """Where the master listens, and its workers."""

    url: str
    workers: tuple["subprocess.Popen[bytes]", ...]


@contextmanager
def standalone(folder: Path, workers: int) -> Iterator[Cluster]:
    """A cluster that leaves no process behind."""
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise RuntimeError("these tests need Java 17 or later: install it, or set JAVA_HOME")
    port = _free_port()
    url = f"spark://{_HOST}:{port}"
    with ExitStack() as stack:
        log = folder / "master.log"
        stack.enter_context(_process(["master.Master", "--port", str(port)], log))
        _wait_for(log, "New state: ALIVE")
        logs = [folder / f"worker{number}.log" for number in range(workers)]
        options = ["--cores", "1", "--memory", "1g", "--work-dir", str(folder)]
        started = [stack.enter_context(_process(["worker.Worker", *options, url], each)) for each in logs]
        for each in logs:
            _wait_for(each, "Successfully registered with master")
        yield Cluster(url, tuple(started))


@contextmanager
def _process(words: Sequence[str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    home = Path(pyspark.__file__).parent
    settings = {"SPARK_HOME": str(home), "SPARK_LOCAL_IP": _HOST, "SPARK_DAEMON_MEMORY": "256m"}
    command = [
        str(home / "bin" / "spark-class"),
        f"{_DEPLOY}.{words[0]}",
        "--host",
        _HOST,
        "--webui-port",
        "0",
        *words[1:],
    ]
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=os.environ | settings, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])


def _wait_for(log: Path, words: str) -> None:
    until = time.monotonic() + _PATIENCE
    while not re.search(words, log.read_text(encoding="utf-8")):
        if time.monotonic() > until:
            raise TimeoutError(f"{words!r} is not in the log:\n{log.read_text(encoding='utf-8')}")
        time.sleep(0.2)
