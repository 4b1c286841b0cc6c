"""Without the extra, the first use says how to get it, and the rest of the package works."""

import subprocess
import sys

import pytest

BLOCK = "import sys; sys.modules[{name!r}] = None; import dermarules; "


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["pyarrow", "numpy"])
@pytest.mark.parametrize("function", ["to_table", "localize_table"])
def test_a_missing_extra_is_told_with_the_way_out(name: str, function: str) -> None:
    ran = run(BLOCK.format(name=name) + f"dermarules.{function}")

    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1] == ("ImportError: cohorts need an extra: pip install 'dermarules[cohort]'")


def test_importing_the_package_imports_neither_arrow_nor_numpy() -> None:
    ran = run("import sys, dermarules; assert not {'pyarrow', 'numpy', 'numba'} & set(sys.modules)")

    assert ran.returncode == 0, ran.stderr
