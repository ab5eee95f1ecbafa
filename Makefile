# `make demo` and `make test` need nothing but python3 (3.11 or later), make and the package index that pip uses.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# A caller's settings for another environment must not leak into this one.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV

.PHONY: demo test slow browser lint types contract accuracy benchmark check clean setup
.DEFAULT_GOAL := help

help:
	@echo "make demo       the main job on real figures, start to end"
	@echo "make test       the fast tests"
	@echo "make slow       the slow tests"
	@echo "make browser    the tests of pages; skipped where no Chromium is installed"
	@echo "make lint types contract    ruff, mypy, import-linter"
	@echo "make accuracy   measure against ../shared/truth and hold the floors"
	@echo "make benchmark  speed and memory against the text pass and pdfplumber"

setup: $(STAMP)

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "mingzhang needs Python 3.11 or later; set PYTHON=... to one" >&2; exit 1; }
	@rm -rf $(VENV)
	@if command -v uv >/dev/null 2>&1 && uv venv -q --python $(PYTHON) $(VENV) \
	    && uv pip install -q --python $(BIN)/python -e '.[test]'; then :; \
	else rm -rf $(VENV); $(PYTHON) -m venv $(VENV) \
	    || { echo "python3 has no venv module; install python3-venv" >&2; exit 1; }; \
	  $(BIN)/python -m pip install -q --disable-pip-version-check -e '.[test]'; fi
	@touch $@

demo: $(STAMP)
	@$(BIN)/mingzhang demo

test: $(STAMP)
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

slow: $(STAMP)
	@$(BIN)/python -m pytest -n 2 -m slow

browser: $(STAMP)
	@$(BIN)/python -m pytest -n 2 -m browser

lint: $(STAMP)
	@$(BIN)/ruff check .

types: $(STAMP)
	@$(BIN)/mypy

contract: $(STAMP)
	@$(BIN)/lint-imports --no-cache

accuracy: $(STAMP)
	@$(BIN)/python tools/accuracy.py

benchmark: $(STAMP)
	@$(BIN)/python benchmarks/read.py
	@$(BIN)/python benchmarks/parts.py

check: test lint types contract accuracy

clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
