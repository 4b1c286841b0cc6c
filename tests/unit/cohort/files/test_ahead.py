"""Making things ahead: the same things in the same order, one ahead and no more."""

from collections.abc import Iterator

import pytest

from dermarules.cohort.files.ahead import ahead


def test_things_come_in_their_order() -> None:
    assert list(ahead(iter([0, None, "", 3]))) == [0, None, "", 3]
    assert list(ahead(iter([]))) == []


def test_one_thing_is_made_ahead_and_no_more() -> None:
    made: list[int] = []

    def things() -> Iterator[int]:
        for number in range(9):
            made.append(number)
            yield number

    coming = ahead(things())
    assert next(coming) == 0
    coming.close()  # type: ignore[attr-defined]
    assert made in ([0], [0, 1])


def test_an_error_comes_in_its_place() -> None:
    def things() -> Iterator[int]:
        yield 1
        raise OSError("cannot be read")

    coming = ahead(things())
    assert next(coming) == 1
    with pytest.raises(OSError, match="cannot be read"):
        next(coming)
