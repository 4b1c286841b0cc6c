"""The kernel of a cluster: however the rows are cut and wherever they go, they get the answers of the whole table."""

import pickle
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pytest

from dermarules.cohort.batches import BatchKernel, batch_kernel
from dermarules.cohort.table import localize_table
from dermarules.errors import CaseError, DermarulesError
from dermarules.knowledgebase.base import Knowledge
from tests.conftest import CHECKOUT

CASES = pa.table(
    {
        "id": [f"case {number}" for number in range(12)],
        "age": [30.0, None, 70.0] * 4,
        "pinprick.dorsum_foot_central.left": pa.array(["reduced", "normal", None, "absent"] * 3).dictionary_encode(),
        "power.ankle_dorsiflexion.left": [4, 5, None, 3, 2, None] * 2,
        "power.ankle_inversion.left": [4, None, 5, 5, 4, None] * 2,
        "history.urinary_retention": [None, False, True, False] * 3,
    }
)
CUTS = {"one": [12], "rows": [1] * 12, "uneven": [5, 1, 6], "with an empty one": [3, 0, 9]}


def cut(table: pa.Table, sizes: Sequence[int]) -> Iterator[pa.RecordBatch]:
    """The rows of a table in batches of these sizes."""
    whole = table.combine_chunks().to_batches()[0]
    starts = (sum(sizes[:index]) for index in range(len(sizes)))
    return (whole.slice(start, size) for start, size in zip(starts, sizes, strict=True))


@pytest.fixture(scope="module")
def kernel() -> BatchKernel:
    return batch_kernel()


@pytest.mark.parametrize("sizes", CUTS.values(), ids=CUTS)
def test_however_a_table_is_cut_its_rows_are_the_same(sizes: list[int], kernel: BatchKernel) -> None:
    whole = localize_table(CASES).table.to_pylist()

    batches = list(kernel.answers(cut(CASES, sizes)))

    assert [batch.num_rows for batch in batches] == sizes
    assert [row for batch in batches for row in batch.to_pylist()] == whole
    assert len({row["first_localization"] for row in whole}) > 1


def test_batches_may_come_in_any_order(kernel: BatchKernel) -> None:
    in_order = [batch.to_pylist() for batch in kernel.answers(cut(CASES, [4, 4, 4]))]

    backwards = [batch.to_pylist() for batch in kernel.answers(reversed(list(cut(CASES, [4, 4, 4]))))]

    assert backwards == in_order[::-1]


def test_a_kernel_answers_one_batch_before_it_takes_the_next(kernel: BatchKernel) -> None:
    taken: list[int] = []

    def batches() -> Iterator[pa.RecordBatch]:
        for number, batch in enumerate(cut(CASES, [6, 6])):
            taken.append(number)
            yield batch

    next(kernel.answers(batches()))

    assert taken == [0]


def test_no_batches_give_no_answers(kernel: BatchKernel) -> None:
    assert list(kernel.answers([])) == []
    assert kernel.table(CASES.slice(0, 0)).schema == kernel.output(CASES.schema)


def test_the_answers_have_the_promised_columns_without_dictionaries(kernel: BatchKernel) -> None:
    answers = kernel.table(CASES)

    assert answers.schema == kernel.output(CASES.schema)
    assert [field.name for field in answers.schema if pa.types.is_dictionary(field.type)] == []
    assert answers.num_rows == CASES.num_rows


def test_a_kernel_is_the_same_after_a_journey(kernel: BatchKernel) -> None:
    arrived = pickle.loads(pickle.dumps(kernel.answers))

    assert [b.to_pylist() for b in arrived(cut(CASES, [12]))] == [kernel.table(CASES).to_pylist()]
    assert len(pickle.dumps(kernel)) < 1000


def test_the_map_and_the_search_for_several_lesions_travel_with_the_kernel() -> None:
    kernel = batch_kernel(map="isncsci", several=True)

    assert set(kernel.table(CASES).column("map").to_pylist()) == {"isncsci"}
    assert kernel.localizer(CASES.schema).several


def test_the_localizer_is_made_once_for_a_schema(kernel: BatchKernel) -> None:
    assert kernel.localizer(CASES.schema) is batch_kernel().localizer(CASES.schema)


def test_unknown_columns_are_told_before_any_work(kernel: BatchKernel) -> None:
    with pytest.raises(CaseError, match=r"history\.fevr: unknown history item 'fevr' \(did you mean 'fever'\?\)"):
        kernel.output(pa.schema([("history.fevr", pa.bool_()), ("history.fever", pa.bool_())]))


BAD = pa.table(
    {
        "id": ["good", "misspelt", "contradicts itself", "both"],
        "history.fever": ["present", "presnt", "absent", "gone"],
        "power.ankle_dorsiflexion.left": [4, 5, 5, 5],
        "muscle.tibialis_anterior.left": [4, None, 0, 0],
    }
)
MISSPELT = "history.fever: unknown result 'presnt' (did you mean 'present'?)"
AT_ODDS = "power.ankle_dorsiflexion.left is 5 and muscle.tibialis_anterior.left is 0"


def test_a_strict_kernel_names_the_bad_rows_by_their_ids(kernel: BatchKernel) -> None:
    with pytest.raises(CaseError) as error:
        kernel.table(BAD.slice(0, 3))

    assert str(error.value).splitlines() == [
        f"table: id 'contradicts itself': {AT_ODDS}",
        f"table: id 'misspelt': {MISSPELT}",
    ]


def test_without_ids_a_bad_row_has_its_place_in_the_batch(kernel: BatchKernel) -> None:
    with pytest.raises(CaseError) as error:
        kernel.table(BAD.drop_columns("id").slice(0, 2))

    assert str(error.value) == f"table: row 1 of a batch: {MISSPELT}"


def test_many_bad_rows_are_counted(kernel: BatchKernel) -> None:
    rows = pa.table({"id": range(30), "history.fever": ["gone"] * 30})

    with pytest.raises(CaseError) as error:
        kernel.table(rows)

    assert len(error.value.faults) == 21
    assert "table: 10 more rows of the batch cannot be read" in str(error.value)


def test_a_lenient_kernel_answers_every_row_and_says_what_is_wrong() -> None:
    answers = batch_kernel(lenient=True).table(BAD)

    assert answers.column("id").to_pylist() == BAD.column("id").to_pylist()
    assert answers.column("fault").to_pylist() == [
        None,
        MISSPELT,
        AT_ODDS,
        f"history.fever: unknown result 'gone'; it is one of absent, present; {AT_ODDS}",
    ]
    assert [urgency is None for urgency in answers.column("urgency").to_pylist()] == [False, False, True, True]
    assert answers.drop_columns("fault").to_pylist() == localize_table(BAD, lenient=True).table.to_pylist()


def test_a_lenient_kernel_finds_no_fault_where_there_is_none() -> None:
    kernel = batch_kernel(lenient=True)

    assert kernel.table(CASES).column("fault").null_count == CASES.num_rows
    assert kernel.table(CASES).drop_columns("fault").to_pylist() == batch_kernel().table(CASES).to_pylist()


def test_a_lenient_kernel_needs_no_ids() -> None:
    answers = batch_kernel(lenient=True).table(BAD.drop_columns("id"))

    assert [row["fault"] is None for row in answers.to_pylist()] == [True, False, False, False]
    assert "id" not in answers.column_names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the knowledge."""
    return shutil.copytree(CHECKOUT / "knowledge", tmp_path / "ours")


def test_the_knowledge_may_be_a_folder(folder: Path, knowledge: Knowledge) -> None:
    kernel = batch_kernel(knowledge=folder)

    assert kernel.folder == str(folder)
    assert set(kernel.table(CASES).column("knowledge_hash").to_pylist()) == {knowledge.digest}


def test_a_worker_with_other_knowledge_refuses_to_work(folder: Path, knowledge: Knowledge) -> None:
    kernel = batch_kernel(knowledge=folder)
    with (folder / "signs.yaml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")

    with pytest.raises(DermarulesError) as error:
        kernel.table(CASES)

    assert str(error.value).startswith("this worker has other knowledge (")
    assert f"in {folder}) than the driver ({knowledge.digest[:12]}): ship the same" in str(error.value)
