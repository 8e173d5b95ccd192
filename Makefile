# What a person does here. `make` alone lists it. On a fresh Debian nothing but make and python3 has to be there.
#
# After a change of the dependencies in pyproject.toml, lock them again with uv:
#   uv pip compile --universal --python-version 3.11 --no-emit-index-url --generate-hashes --no-header \
#     --group dev pyproject.toml -o requirements.txt

PYTHON ?= python3
BIN := .venv/bin
LOCKED := .venv/.requirements
INSTALLED := .venv/.project
# Five processes for two cores: what waits for servers leaves them to others; those of a file share what is started.
SIDE_BY_SIDE := -n $(shell expr 5 \* $$(nproc) / 2) --maxprocesses 8 --dist loadfile --no-loadscope-reorder
# What is compiled once is not compiled again by each of a hundred processes, wherever the tests run.
unexport PYTHONDONTWRITEBYTECODE
# The desk's tools come with the Node of .venv; its sources are built into the package that serves them.
NPM := desk/npm.sh $(CURDIR)/$(BIN)/python
DESK_TOOLS := desk/node_modules/.installed
DESK_BUILT := api/static/desk/.built
DESK_CHECKED := desk/generated/.checked
DESK_SOURCES := $(shell find desk \( -name node_modules -o -name generated \) -prune -o -type f -print)
# What needs nothing but Python.
PURE := tests/domain tests/automation
# Which branches of domain and services these take is measured (tests/kinds.py leaves their properties out).
MEASURED := $(PURE) tests/services tests/api

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run sandbox build desk quick test nightly coverage check bench rules pictures clean

help: ## List what there is to make
	@echo 'make …'
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(INSTALLED) ## Install everything into .venv (the others do it when needed)

run: setup ## Start Caseline on this machine: desk and API on 8080, Temporal UI on 8233, data in .caseline
	@$(build_desk)
	@exec $(BIN)/caseline up

sandbox: setup ## Start Caseline on a test clock, for integrators' tests; CASELINE_PORT chooses its port
	@$(build_desk)
	@exec $(BIN)/caseline sandbox

build: $(DESK_BUILT) ## Build the desk (run and sandbox do it when its sources are newer)

desk: $(DESK_TOOLS) ## Serve the desk from its sources, for work on it; CASELINE_API is the API's address
	@$(NPM) run dev

quick: setup ## Run the tests of the rules, without properties and servers: a quarter of a minute
	@$(BIN)/python -m pytest -q -m 'not property and not slow' $(PURE) $(ARGS)

test: setup ## Run all tests, side by side; ARGS='tests/domain -x' chooses, ARGS=-n0 one after another
	@$(build_desk)
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE) $(ARGS)

nightly: setup ## Run all tests, properties on 2,000 examples; then drive 2,000 random orders over HTTP
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE) --hypothesis-profile nightly --timeout 3600 $(ARGS)
	@for seed in 1 2 3 4 5 6 7 8 9 10; do $(BIN)/python -m tests.drive --seed $$seed --orders 200 2>/dev/null || exit 1; done

coverage: setup ## Show which branches of domain and services the tests take; fails below 95 %
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE) -q -m measured --cov --cov-report=term-missing \
	  --cov-report=json:build/coverage.json $(MEASURED) $(ARGS)
	@$(BIN)/python -m tests.branches build/coverage.json

check: setup ## Check style, types, layers and dependencies, and the desk's style, types and units
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/deptry .
	@$(BIN)/caseline openapi --write desk/generated/openapi.json
	@$(MAKE) --silent $(DESK_CHECKED)

bench: setup ## Measure Caseline against a minimal workflow and service, and the inbox with 100,000 open tasks
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench --database postgresql
	@$(BIN)/python -m bench inbox

rules: setup ## Show which rules of the specification the tests prove
	@$(BIN)/python -m tests.rules $(SIDE_BY_SIDE)

pictures: setup ## Make the pictures of the documents anew, with a headless Chromium
	@$(BIN)/python -m tests.pictures

clean: ## Remove .venv and the tools' caches; data in .caseline stays
	@rm -rf .venv build api/static desk/node_modules desk/generated *.egg-info .mypy_cache .ruff_cache .pytest_cache .coverage* .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The project itself: linked, not copied, without a build environment or dependencies of its own.
$(INSTALLED): pyproject.toml $(LOCKED)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

$(LOCKED): requirements.txt | $(BIN)/python
	@echo 'Installing what Caseline needs into .venv …'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	@touch $@

$(DESK_TOOLS): desk/package-lock.json desk/.npmrc $(LOCKED)
	@echo 'Installing what the desk is built with into desk/node_modules: about a minute …'
	@$(NPM) ci --loglevel=error
	@touch $@

$(DESK_BUILT): $(DESK_SOURCES) $(DESK_TOOLS)
	@echo 'Building the desk: some ten seconds …'
	@$(NPM) run --silent build -- --logLevel warn
	@touch $@

$(DESK_CHECKED): $(DESK_SOURCES) $(DESK_TOOLS) desk/generated/openapi.json
	@$(NPM) run --silent types
	@$(NPM) run --silent check
	@$(NPM) run --silent test
	@touch $@

# Caseline starts without its desk where that cannot be built: without a way to the registry of its tools.
define build_desk
$(MAKE) --silent build || echo 'The desk could not be built; Caseline starts without it.' >&2
endef

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo 'Caseline needs Python 3.11 or newer; install python3 first.' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Caseline needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version). PYTHON=… chooses another." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(install_venv)
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

# Debian keeps the module venv in a package of its own.
define install_venv
  if ! command -v apt-get >/dev/null; then \
    echo "$(PYTHON) has no module venv; install it first." >&2; exit 1; \
  elif [ "$$(id -u)" -eq 0 ]; then \
    apt-get update -qq && apt-get install -y -qq python3-venv; \
  elif command -v sudo >/dev/null; then \
    echo 'Python has no module venv; installing the package python3-venv with sudo …'; \
    sudo apt-get update -qq && sudo apt-get install -y -qq python3-venv; \
  else \
    echo 'Python has no module venv; as root: apt-get install python3-venv' >&2; exit 1; \
  fi
endef
