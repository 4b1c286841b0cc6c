"""Runs: nothing is lost, nothing is done twice, and nothing is half-written, whatever stops them."""

import csv
import errno
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import filelock
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dermarules.cohort.files.parts import RunError, locked
from dermarules.cohort.files.run import Done, Job, Progress, run
from dermarules.cohort.localizer import Answered, Localizer
from dermarules.errors import CaseError
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import case_from_mapping
from dermarules.report import localize
from tests.conftest import CHECKOUT

HEAD = "id,power.ankle_dorsiflexion.left,pinprick.sole.left,history.saddle_anaesthesia,age\n"
ROWS = (
    "drop,3,normal,absent,50\n",
    "sole,5,absent,,\n",
    "saddle,,,present,41\n",
    "weak,4,reduced,,70\n",
    "well,5,,,3\n",
)
IDS = ["drop", "sole", "saddle", "weak", "well"]
# Runs the command line, and kills itself at the given call of fsync.
KILLED = """
import os, signal, sys
from dermarules.cli import main
calls, real = int(sys.argv.pop(1)), os.fsync
def fsync(handle):
    global calls
    calls -= 1
    if not calls:
        os.kill(os.getpid(), signal.SIGKILL)
    real(handle)
os.fsync = fsync
main()
"""
# Runs the command line where no file may grow beyond so many bytes.
CRAMPED = """
import resource, signal, sys
from dermarules.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
most = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
main()
"""


class StopError(Exception):
    """What stops a run in these tests."""


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """Five cases, two at a time: three parts."""
    source = tmp_path / "cases.csv"
    source.write_text(HEAD + "".join(ROWS), encoding="utf-8")
    return Job(source, tmp_path / "answers.parquet", batch_rows=2)


@pytest.fixture
def whole(job: Job, knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The output of a run that nothing stopped."""
    output = tmp_path_factory.mktemp("whole") / "answers.parquet"
    run(replace(job, output=output), knowledge)
    return output.read_bytes()


def count_batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each batch has that is localized from now on."""
    rows: list[int] = []
    real = Localizer.localize

    def counted(localizer: Localizer, batch: pa.RecordBatch) -> Answered:
        rows.append(batch.num_rows)
        return real(localizer, batch)

    monkeypatch.setattr(Localizer, "localize", counted)
    return rows


def stop_after(rows: int) -> Callable[[Progress], None]:
    def tell(progress: Progress) -> None:
        if progress.rows >= rows:
            raise StopError

    return tell


def left(job: Job) -> list[str]:
    """What is in the folder of the output, beside the input."""
    return sorted(path.name for path in job.output.parent.iterdir() if path != job.source)


def ids(job: Job) -> list[str]:
    found: list[str] = pq.read_table(job.output).column("id").to_pylist()
    return found


def bad_lines(done: Done) -> list[list[str]]:
    with done.side_file.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def process(code: str, number: int, job: Job) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", code, str(number), "cohort", str(job.source), str(job.output), "--batch-rows", "2"]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=CHECKOUT)


def test_each_case_is_answered_as_it_is_alone(job: Job, knowledge: Knowledge) -> None:
    case = {
        "id": "weak",
        "patient": {"age": 70},
        "findings": [
            {"power": "ankle_dorsiflexion", "side": "left", "is": 4},
            {"sensation": "pinprick", "over": ["sole"], "side": "left", "is": "reduced"},
        ],
    }
    alone = localize(case_from_mapping(case, knowledge), knowledge=knowledge)
    done = run(job, knowledge)
    row = pq.read_table(job.output).to_pylist()[3]
    assert (row["id"], row["first_localization"]) == ("weak", alone.differential[0].localization)
    assert (row["urgency"], row["knowledge_hash"]) == (alone.urgency.value, knowledge.digest)
    assert ids(job) == IDS
    assert (done.summary.rows, done.bad) == (5, 0)


def test_a_finished_run_leaves_the_output_and_nothing_else(job: Job, knowledge: Knowledge) -> None:
    run(job, knowledge)
    assert left(job) == ["answers.parquet"]


def test_an_input_without_rows_gives_an_output_without_rows(job: Job, knowledge: Knowledge) -> None:
    job.source.write_text(HEAD, encoding="utf-8")
    assert run(job, knowledge).summary.rows == 0
    assert ids(job) == []


def test_a_run_that_stopped_goes_on_after_its_last_part(
    job: Job, whole: bytes, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StopError):
        run(job, knowledge, stop_after(2))
    assert left(job) == ["answers.parquet.parts"]
    batches = count_batches(monkeypatch)
    done = run(job, knowledge)
    assert batches == [2, 1]
    assert done.summary.rows == 5
    assert job.output.read_bytes() == whole


def test_progress_is_told_in_bytes_of_the_file_and_rows_of_this_run(job: Job, knowledge: Knowledge) -> None:
    with pytest.raises(StopError):
        run(job, knowledge, stop_after(2))
    told: list[Progress] = []
    run(job, knowledge, told.append)
    size = len(HEAD + "".join(ROWS))
    begun = len(HEAD + "".join(ROWS[:2]))
    assert (told[0], told[2]) == (Progress("localizing", begun, size, 0), Progress("localizing", size, size, 3))
    assert told[-1] == Progress("writing", 3, 3, 5)


@pytest.mark.parametrize(
    ("fsync", "parts", "again"),
    [(1, 0, [2, 2, 1]), (3, 0, [2, 2, 1]), (5, 1, [2, 1]), (9, 3, [])],
    ids=["at the begin", "in the first part", "in the second part", "in the output"],
)
def test_a_killed_run_loses_at_most_one_batch_and_leaves_nothing_half_written(
    *,
    job: Job,
    whole: bytes,
    fsync: int,
    parts: int,
    again: list[int],
    knowledge: Knowledge,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    killed = process(KILLED, fsync, job)
    assert killed.returncode == -signal.SIGKILL
    assert left(job) == ["answers.parquet.parts"]
    assert len(list(job.folder.glob("part-*.arrow"))) == parts
    batches = count_batches(monkeypatch)
    run(job, knowledge)
    assert batches == again
    assert job.output.read_bytes() == whole
    assert left(job) == ["answers.parquet"]


def test_a_run_that_was_killed_at_its_very_end_has_its_output(
    job: Job, whole: bytes, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert process(KILLED, 10, job).returncode == -signal.SIGKILL
    assert job.output.read_bytes() == whole
    batches = count_batches(monkeypatch)
    run(replace(job, overwrite=True), knowledge)
    assert batches == []
    assert job.output.read_bytes() == whole
    assert left(job) == ["answers.parquet"]


def test_bad_lines_go_to_a_side_file_and_the_rest_is_done(job: Job, knowledge: Knowledge) -> None:
    job.source.write_text(HEAD + ROWS[0] + "bad,5,absnt,,\n" + "long,5,,,,,\n" + "".join(ROWS[1:]), encoding="utf-8")
    done = run(job, knowledge)
    assert ids(job) == IDS
    assert done.bad == 2
    header, value, long = bad_lines(done)
    assert header == ["line", "id", "reason"]
    assert value[:2] == ["3", "bad"]
    assert value[2].startswith("pinprick.sole.left: ")
    assert value[2].endswith("(did you mean 'absent'?)")
    assert long == ["4", "", "7 fields, where the first line names 5"]
    assert left(job) == ["answers.bad.csv", "answers.parquet"]


def test_the_side_file_is_the_same_for_a_run_that_stopped(job: Job, knowledge: Knowledge) -> None:
    job.source.write_text(HEAD + "bad,5,absnt,,\n" + "".join(ROWS), encoding="utf-8")
    with pytest.raises(StopError):
        run(job, knowledge, stop_after(4))
    assert [line[:2] for line in bad_lines(run(job, knowledge))[1:]] == [["2", "bad"]]


def test_an_id_that_stands_twice_is_told_and_both_are_answered(job: Job, knowledge: Knowledge) -> None:
    job.source.write_text(HEAD + "".join(ROWS) + ROWS[0] + ",5,,,\n,4,,,\n", encoding="utf-8")
    done = run(job, knowledge)
    assert bad_lines(done)[1:] == [["7", "drop", "the id is that of line 2 too; both are answered"]]
    assert ids(job) == [*IDS, "drop", None, None]


def test_a_side_file_of_an_earlier_run_goes_when_there_is_nothing_bad(job: Job, knowledge: Knowledge) -> None:
    (job.output.parent / "answers.bad.csv").write_text("old", encoding="utf-8")
    run(job, knowledge)
    assert left(job) == ["answers.parquet"]


def test_cases_may_have_no_id(job: Job, knowledge: Knowledge) -> None:
    job.source.write_text("age,pinprick.sole.left\n50,absent\n50,absent\n", encoding="utf-8")
    assert run(job, knowledge).bad == 0
    assert "id" not in pq.read_table(job.output).column_names


def test_unknown_columns_are_an_error_before_any_work(job: Job, knowledge: Knowledge) -> None:
    job.source.write_text("id,pinprik.sole.left\n1,absent\n", encoding="utf-8")
    with pytest.raises(CaseError, match=r"cases\.csv: pinprik\.sole\.left: .*did you mean 'pinprick'"):
        run(job, knowledge)
    assert left(job) == []


def test_a_lenient_run_counts_what_it_passes_over(job: Job, knowledge: Knowledge) -> None:
    job.source.write_text("id,colour,pinprick.sole.left\n1,red,absnt\n2,,absnt\n3,,absent\n", encoding="utf-8")
    done = run(replace(job, lenient=True), knowledge)
    assert done.passed_over == {("pinprick.sole.left", "absnt"): 2}
    assert list(done.ignored_columns) == ["colour"]
    assert (done.bad, ids(job)) == (0, ["1", "2", "3"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"map": "seed"}, "map consensus then, seed now"),
        ({"lenient": True}, "lenient False then, True now"),
        ({"batch_rows": 3}, "rows of a batch 2 then, 3 now"),
    ],
)
def test_a_run_of_another_kind_does_not_go_on(
    job: Job, knowledge: Knowledge, change: dict[str, object], message: str
) -> None:
    with pytest.raises(StopError):
        run(job, knowledge, stop_after(2))
    other = replace(job, **change)  # type: ignore[arg-type]
    with pytest.raises(RunError, match=f"{message}.*--restart"):
        run(other, knowledge)
    assert run(replace(other, restart=True), knowledge).summary.rows == 5


def test_a_run_does_not_go_on_with_other_knowledge(job: Job, knowledge: Knowledge) -> None:
    with pytest.raises(StopError):
        run(job, knowledge, stop_after(2))
    other = replace(knowledge, digest="f" * 64)
    with pytest.raises(RunError, match=f"knowledge {knowledge.digest} then, {'f' * 64} now"):
        run(job, other)
    run(replace(job, restart=True), other)
    assert set(pq.read_table(job.output).column("knowledge_hash").to_pylist()) == {"f" * 64}


def test_a_run_does_not_go_on_with_another_input(job: Job, knowledge: Knowledge) -> None:
    with pytest.raises(StopError):
        run(job, knowledge, stop_after(2))
    with job.source.open("a", encoding="utf-8") as file:
        file.write("more,5,,,\n")
    with pytest.raises(RunError, match=r"input cases\.csv, \d+ bytes"):
        run(job, knowledge)
    assert run(replace(job, restart=True), knowledge).summary.rows == 6


def test_an_input_that_changes_under_the_run_stops_it(job: Job, knowledge: Knowledge) -> None:
    def change(progress: Progress) -> None:
        if progress.rows == 2:
            os.utime(job.source, ns=(1, 1))

    with pytest.raises(RunError, match="the file was changed while it was read"):
        run(job, knowledge, change)
    assert not job.output.exists()


def test_two_runs_do_not_write_one_output(job: Job, knowledge: Knowledge) -> None:
    with locked(job.folder), pytest.raises(RunError, match="another run writes this output now"):
        run(job, knowledge)
    assert run(job, knowledge).summary.rows == 5


def test_a_run_that_gets_the_lock_of_one_that_has_just_ended_stops(
    job: Job, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(lock: filelock.BaseFileLock) -> None:
        Path(lock.lock_file).unlink(missing_ok=True)

    monkeypatch.setattr(filelock.FileLock, "acquire", ended)
    with pytest.raises(RunError, match="another run that wrote this output has just ended"):
        run(job, knowledge)


def test_a_full_disk_keeps_the_finished_parts(
    job: Job, whole: bytes, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = os.fsync, [0]

    def full(handle: int) -> None:
        calls[0] += 1
        if calls[0] == 5:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        with pytest.raises(RunError, match=r"answers\.parquet: .* the disk is full\. The finished batches are kept in"):
            run(job, knowledge)
    assert sorted(path.name for path in job.folder.iterdir()) == ["lock", "part-000000.arrow", "run.json"]
    batches = count_batches(monkeypatch)
    run(job, knowledge)
    assert batches == [2, 1]
    assert job.output.read_bytes() == whole


def test_a_file_that_cannot_grow_is_told_without_a_traceback(job: Job, whole: bytes, knowledge: Knowledge) -> None:
    done = process(CRAMPED, 2000, job)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{job.output}: the run stopped: File too large. The finished batches are kept in")
    assert "Traceback" not in done.stderr
    assert left(job) == ["answers.parquet.parts"]
    run(job, knowledge)
    assert job.output.read_bytes() == whole


@pytest.mark.parametrize(
    ("source", "output", "message"),
    [
        ("cases.csv", "answers.csv", "the output is a Parquet file: end its name in .parquet"),
        ("cases.csv", "nowhere/answers.parquet", "nowhere: there is no such folder"),
        ("cases.csv", "folder.parquet", "folder.parquet: is a folder"),
        ("cases.csv", "old.parquet", "old.parquet exists; give --overwrite to replace it"),
        ("old.parquet", "old.parquet", "the output would replace the input"),
        ("answers.bad.csv", "answers.parquet", "answers.bad.csv: the output would replace the input"),
        ("cases.xlsx", "answers.parquet", "cannot tell the kind of file by its name: use .parquet, .csv, .jsonl"),
    ],
)
def test_a_job_that_cannot_be_meant_is_refused(tmp_path: Path, source: str, output: str, message: str) -> None:
    (tmp_path / "cases.csv").write_text(HEAD, encoding="utf-8")
    (tmp_path / "old.parquet").write_text("", encoding="utf-8")
    (tmp_path / "answers.bad.csv").write_text(HEAD, encoding="utf-8")
    (tmp_path / "folder.parquet").mkdir()
    job = Job(tmp_path / source, tmp_path / output)
    assert message in (job.refusal() or "")
    with pytest.raises(ValueError, match=re.escape(message)):
        run(job)


def test_an_output_is_replaced_when_that_is_asked(job: Job, whole: bytes, knowledge: Knowledge) -> None:
    job.output.write_text("old", encoding="utf-8")
    run(replace(job, overwrite=True), knowledge)
    assert job.output.read_bytes() == whole


def test_an_input_that_cannot_be_read_is_an_error(job: Job, knowledge: Knowledge) -> None:
    missing = replace(job, source=job.source.with_name("none.csv"))
    with pytest.raises(CaseError, match=r"none\.csv: cannot be read: No such file or directory"):
        run(missing, knowledge)
