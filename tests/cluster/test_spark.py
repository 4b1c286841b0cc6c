"""Spark gives the answers of one machine: on two workers, when one of them dies, and when something is wrong."""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from pyspark.errors import PythonException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import BooleanType, LongType, StructField, StructType

from dermarules.cohort.spark import localize
from dermarules.cohort.table import localize_table
from dermarules.cohort.wide_form import to_table
from dermarules.errors import CaseError
from dermarules.knowledgebase.base import Knowledge
from dermarules.knowledgebase.cases import read_cases
from tests.cluster.outage import outage
from tests.cluster.standalone import Cluster, standalone
from tests.conftest import CHECKOUT

pytestmark = [pytest.mark.java, pytest.mark.filterwarnings("default")]

ROWS, BATCH, PARTS = 72, 3, 4
PAGE = CHECKOUT / "docs" / "how-to" / "run-on-a-cluster.md"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with standalone(tmp_path_factory.mktemp("cluster"), workers=2) as started:
        yield started


@pytest.fixture(scope="module")
def spark(cluster: Cluster) -> Iterator[SparkSession]:
    settings: dict[str, bool | float | int | str | None] = {
        "spark.cores.max": "2",
        "spark.executor.cores": "1",
        "spark.executor.memory": "512m",
        "spark.executorEnv.PYTHONPATH": str(CHECKOUT),
        "spark.driver.host": "127.0.0.1",
        # No task starts before both workers are there.
        "spark.scheduler.minRegisteredResourcesRatio": "1.0",
        "spark.scheduler.maxRegisteredResourcesWaitingTime": "180s",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH),
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        session = SparkSession.builder.master(cluster.url).config(map=settings).getOrCreate()
        yield session
        session.stop()


@pytest.fixture(scope="module")
def cases(knowledge: Knowledge) -> pa.Table:
    """The example cases, again and again, each time under new ids."""
    files = sorted((CHECKOUT / "examples" / "cases").glob("*.yaml"))
    shipped = to_table([case for file in files for case in read_cases(file)])
    rows = pa.concat_tables([shipped] * (ROWS // shipped.num_rows + 1)).slice(0, ROWS)
    return rows.set_column(rows.column_names.index("id"), "id", pa.array(range(ROWS), pa.int64()))


@pytest.fixture(scope="module")
def wanted(cases: pa.Table, knowledge: Knowledge) -> list[dict[str, object]]:
    """The answers of one machine."""
    rows: list[dict[str, object]] = localize_table(cases, knowledge=knowledge).table.to_pylist()
    return rows


@pytest.fixture
def frame(spark: SparkSession, cases: pa.Table) -> DataFrame:
    return spark.createDataFrame(cases).repartition(PARTS, "id")


def by_id(answers: DataFrame) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = answers.toArrow().sort_by("id").to_pylist()
    return rows


def test_two_workers_give_the_answers_of_one_machine(frame: DataFrame, wanted: list[dict[str, object]]) -> None:
    assert by_id(localize(frame)) == wanted


def test_a_worker_that_dies_in_the_middle_changes_no_answer(
    frame: DataFrame, wanted: list[dict[str, object]], cluster: Cluster, tmp_path: Path
) -> None:
    told = tmp_path / "told"
    answers = localize(frame)

    rows = by_id(answers.mapInArrow(outage(told), answers.schema))

    died = [worker for worker in cluster.workers if worker.poll() is not None]
    assert [str(worker.pid) for worker in died] == told.read_text(encoding="utf-8").split()[:1]
    assert len(died) == 1
    assert rows == wanted


def test_a_bad_row_fails_the_job_by_its_id(spark: SparkSession) -> None:
    frame = spark.createDataFrame([(1, "present"), (2, "presnt")], "id long, `history.fever` string")

    with pytest.raises(
        PythonException, match=r"id 2: history\.fever: unknown result 'presnt' \(did you mean 'present'"
    ):
        localize(frame).collect()


def test_a_lenient_job_tells_the_fault_beside_the_answer(spark: SparkSession) -> None:
    frame = spark.createDataFrame([(1, "present", 7), (2, "presnt", 7)], "id long, `history.fever` string, bed int")

    with pytest.warns(UserWarning, match="column bed is passed over: unknown column 'bed'"):
        answers = localize(frame, lenient=True)

    rows = by_id(answers)
    assert [row["fault"] for row in rows] == [
        None,
        "history.fever: unknown result 'presnt' (did you mean 'present'?)",
    ]
    assert all(row["urgency"] for row in rows)


def test_unknown_columns_are_told_before_any_job(spark: SparkSession) -> None:
    schema = StructType([StructField("id", LongType()), StructField("history.fevr", BooleanType())])

    with pytest.raises(CaseError, match=r"unknown history item 'fevr' \(did you mean 'fever'\?\)"):
        localize(spark.createDataFrame([], schema))


def test_a_worker_with_other_knowledge_fails_the_job(frame: DataFrame, tmp_path: Path) -> None:
    folder = shutil.copytree(CHECKOUT / "knowledge", tmp_path / "ours")
    answers = localize(frame, knowledge=folder)
    with (folder / "signs.yaml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")

    with pytest.raises(PythonException, match="this worker has other knowledge"):
        answers.collect()


def test_the_page_on_clusters_is_right(
    spark: SparkSession, cases: pa.Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = re.findall(r"^```python spark\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(tmp_path)
    spark.createDataFrame(cases).write.parquet(str(tmp_path / "cases.parquet"))

    namespace: dict[str, object] = {}
    for block in blocks:
        exec(block.replace("hdfs:///", f"{tmp_path}/"), namespace)

    assert spark.read.parquet(str(tmp_path / "answers.parquet")).count() == ROWS
