# OurNY Desk. `make` alone lists what can be done here.
SHELL := /bin/bash
PYTHON := .venv/bin/python
export PYTHONPATH :=

SEEDS ?= 200
FIRST_SEED ?= 0

.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-14s %s\n", $$1, $$2}'

setup-desk: # what `demo` and `run` need; does nothing twice
	@python3 packaging/linux/setup.py desk

setup-test: # what `test` needs; does nothing twice
	@python3 packaging/linux/setup.py test

demo: setup-desk ## set up, then run a clinic's day through the real windows (ARGS=--headless)
	@$(PYTHON) -m tests.demo $(ARGS)

run: setup-desk ## open the desk
	@$(PYTHON) -m ournydesk desk $(ARGS)

test: setup-test lint types arrows check ## set up, then everything that is checked before a change lands

lint: ## style, spelling and format
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check --quiet .
	@git ls-files -z | xargs -0 .venv/bin/codespell

types: ## mypy --strict on code and tests
	@.venv/bin/mypy

arrows: ## which room may import which
	@PYTHONPATH=. .venv/bin/lint-imports

check: ## the tests, in random order
	@$(PYTHON) -m pytest -q -n 2 $(ARGS)

test-odk: setup-test ## our form engine beside ODK's own, over SEEDS=n random forms (FIRST_SEED=m)
	@SEEDS=$(SEEDS) FIRST_SEED=$(FIRST_SEED) $(PYTHON) -m pytest -q -n 2 tests/odk $(ARGS)

simulate: setup-test ## days of desks, servers and networks from SEEDS=n seeds (FIRST_SEED=m)
	@$(PYTHON) -m tests.simulation --seeds $(SEEDS) --first $(FIRST_SEED) $(ARGS)

mutants: setup-test ## builds broken on purpose, and which test noticed (ARGS="part of a name" --why)
	@$(PYTHON) -m tests.mutants $(ARGS)

bench: setup-test ## figures: speed beside a limit or a peer of the same run
	@$(PYTHON) -m tests.bench $(ARGS)

frozen: setup-test ## the desk as one folder that needs no Python, and its self-test
	@.venv/bin/pyinstaller --noconfirm --log-level ERROR --distpath dist --workpath build packaging/desk.spec
	@dist/ournydesk/ournydesk --self-test

locks: ## write the hash-pinned lists of packages anew
	@$(PYTHON) packaging/locks/make.py

clean: ## remove what was built, not what was installed
	@rm -rf build dist demo-output bench-output .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*

.PHONY: help setup-desk setup-test demo run test test-odk simulate mutants lint types arrows check bench frozen locks clean
