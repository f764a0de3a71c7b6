# Every target does its own set-up; Python ≥ 3.11 with venv, git and make are all it takes.
.DEFAULT_GOAL := help
.PHONY: help demo test bench lint setup sync requirements clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO_STAMP := $(VENV)/.installed-demo
DEV_STAMP := $(VENV)/.installed-dev
BENCH_STAMP := $(VENV)/.installed-bench
BENCH ?=

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

demo: $(DEMO_STAMP) ## serve the site and a desk on this computer, and follow a form through it
	@$(BIN)/python -m localhub.demo

test: $(DEV_STAMP) ## run every check: style, types, rings, generated files, tests
	@$(BIN)/python tests/check.py

bench: $(BENCH_STAMP) ## measure against Hugo, mkdocs-material and Pagefind, e.g. BENCH="--sizes 1000 --repeats 1"
	@$(BIN)/python tests/benchmark/bench.py $(BENCH)

setup: $(DEV_STAMP) ## install everything into .venv

sync: $(DEV_STAMP) ## regenerate what is made from the schemas
	@$(BIN)/sangkien sync

requirements: $(DEV_STAMP) ## pin requirements anew, with hashes and without any index address
	@$(BIN)/python tests/pin.py

clean: ## remove what was built
	rm -rf $(VENV) site .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed (set PYTHON=python3.11)."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(STAMP): $(BIN)/python requirements.txt pyproject.toml
	@echo "Setting up .venv (once, about a minute) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --no-index --editable .
	@touch $@

$(DEMO_STAMP): $(STAMP) requirements-demo.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-demo.txt
	@touch $@

$(DEV_STAMP): $(STAMP) requirements-dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(BENCH_STAMP): $(STAMP) requirements-bench.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@
