# make demo: see it work.  make test: everything a change must pass.  make accuracy: score the cases, write the page.
# make test-full: make test, and what needs Java.  make soak: 10,000 random cases, each explained and checked.

PYTHON ?= $(shell python3.11 -c 'import sys; print(sys.executable)' 2>/dev/null || command -v python3)

SOAK ?= 10000

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
RUNTIME := $(VENV)/.runtime-stamp
DEV := $(VENV)/.dev-stamp
BENCH := $(VENV)/.bench-stamp
SPARK := $(VENV)/.spark-stamp

.PHONY: setup demo test test-full check bench accuracy simulate soak clean

setup: $(DEV)

$(RUNTIME): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	touch $@

$(DEV): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e '.[dev]'
	touch $(RUNTIME) $@

$(BENCH): $(DEV)
	$(PIP) -e '.[dev,bench]'
	touch $@

$(SPARK): $(DEV)
	$(PIP) -e '.[dev,spark]'
	touch $@

demo: $(RUNTIME)
	$(BIN)/dermarules localize examples/cases/foot_drop_l5_root.yaml

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/dermarules check
	$(BIN)/python -m pytest

test-full: test $(SPARK)
	$(BIN)/python -m pytest -m java -n 0

check: test

bench: $(BENCH)
	$(BIN)/python benchmarks/bench.py

accuracy: $(BENCH)
	$(BIN)/python benchmarks/accuracy.py

simulate: setup
	$(BIN)/python benchmarks/simulate.py

soak: setup
	$(BIN)/python -m tests.soak --cases $(SOAK)

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
