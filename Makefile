# One entry point for people and machines; `make help` lists the targets.
# Needs Python 3.11+, make and (for the console) Node 20+. Everything else goes into .venv and
# ui/node_modules. Works with GNU make 3.81 (macOS) and newer.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
VENV := .venv
PY := $(VENV)/bin/python
RUN_READY := $(VENV)/.ready-run
DEV_READY := $(VENV)/.ready-dev
PIP := $(PY) -m pip --disable-pip-version-check -q
PIP_LOCKED := $(PIP) install --require-hashes
# Test processes: JOBS=1 for one after the other, ARGS='-k name' for some of them. Tests wait about
# as long as they work, so there is one process more than there are cores.
JOBS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
PYTEST := $(PY) -m pytest -n $(JOBS) --maxprocesses=8 --dist=worksteal
UV_VERSION := 0.13.8
LOCK_VENV := build/lock-venv
UV_COMPILE = $(LOCK_VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --no-emit-find-links $(UPGRADE)

.DEFAULT_GOAL := help
.PHONY: help run test test-fast test-py test-ui pages test-sdk-versions test-exporters check static style types layers shape check-ui \
	format bench ui setup lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: $(RUN_READY) ## Set up, then start the gateway on :4000 and the console on :4001 (ARGS='--config F')
	@$(PY) hatch_build.py build || echo "Going on without the console's pages: gateway and API still work."
	@exec $(VENV)/bin/vedette serve $(ARGS)

test: $(DEV_READY) ## Set up, then all checks and all tests
	@$(MAKE) --no-print-directory -j2 static pages
	@$(MAKE) --no-print-directory test-py

test-fast: $(DEV_READY) ## Python tests that take less than a second each
	$(PYTEST) -m "not slow" $(ARGS)

test-py: $(DEV_READY) ui
	$(PYTEST) $(ARGS)

test-ui: ui
	@$(PY) hatch_build.py test

pages: check-ui
	@$(PY) hatch_build.py build
	@$(PY) hatch_build.py test

test-sdk-versions: $(DEV_READY) ## The SDK with its oldest and newest clients, each in a fresh environment (ARGS='oldest')
	$(PY) sdks/python/versions.py $(ARGS)

test-exporters: $(DEV_READY) ## Real instrumentations of other makers send their spans here, each in its newest version
	@$(PYTHON) -m venv build/exporters
	@build/exporters/bin/python -m pip install -q -U -r tests/e2e/exporters.txt
	VEDETTE_INSTRUMENTED_PYTHON=$(CURDIR)/build/exporters/bin/python $(PYTEST) tests/e2e/test_ingest_instrumented.py $(ARGS)

check: static shape check-ui ## Style, types, layers, shape of the code, UI checks (make -k check: all of them)

static: style types layers

style: $(DEV_READY)
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .

types: $(DEV_READY)
	$(PY) -m mypy

layers: $(DEV_READY)
	$(VENV)/bin/lint-imports

shape: $(DEV_READY)
	$(PY) -m pytest -q tests/meta

check-ui: $(DEV_READY)
	@$(PY) hatch_build.py check

format: $(DEV_READY) ## Format the Python code and apply safe fixes
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

bench: $(DEV_READY) ## Measure (ARGS= what and how long; see docs/benchmarks.md)
	$(PY) -m bench $(ARGS)

ui: $(DEV_READY) ## Build the console into src/vedette/static when its sources changed
	@$(PY) hatch_build.py build

setup: $(DEV_READY) ## Make .venv with the locked development dependencies

lock: $(LOCK_VENV)/bin/uv ## Write requirements/*.txt anew (UPGRADE=--upgrade for newer versions)
	$(UV_COMPILE) --group dev --group build pyproject.toml -o requirements/dev.txt
	$(UV_COMPILE) -c requirements/dev.txt --extra grpc pyproject.toml -o requirements/run.txt
	$(UV_COMPILE) -c requirements/dev.txt --group build -o requirements/build.txt

clean: ## Remove everything that is built, .venv and node_modules included; data stays
	rm -rf $(VENV) build dist src/vedette/static ui/node_modules .mypy_cache .ruff_cache \
		.pytest_cache .hypothesis .import_linter_cache .coverage htmlcov
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

$(PY):
	@if [ -z "$(PYTHON)" ]; then echo "Vedette needs Python 3.11 or newer; set PYTHON=/path/to/python3."; exit 1; fi
	@$(PYTHON) -m venv $(VENV)

$(RUN_READY): $(PY) requirements/run.txt requirements/build.txt pyproject.toml
	@echo "Installing Vedette into $(VENV) (once; a minute or two)"
	@$(PIP_LOCKED) -r requirements/run.txt
	@$(PIP_LOCKED) -r requirements/build.txt
	@VEDETTE_SKIP_UI=1 $(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_READY): $(RUN_READY) requirements/dev.txt sdks/python/pyproject.toml
	@echo "Installing what tests and checks need into $(VENV) (once)"
	@$(PIP_LOCKED) -r requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation --editable sdks/python
	@touch $@

$(LOCK_VENV)/bin/uv:
	$(PYTHON) -m venv $(LOCK_VENV)
	$(LOCK_VENV)/bin/python -m pip --disable-pip-version-check -q install uv==$(UV_VERSION)
