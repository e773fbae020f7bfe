# Casefile: every command a person or a machine needs. `make help` lists them.
# Each target sets the machine up first; the second time that takes a tenth of a second.

PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= 2
OUT ?= demo-output
export QT_LOGGING_RULES ?= qt.text.font.db=false

.DEFAULT_GOAL := help
.PHONY: help setup run demo test test-long lint format types walls bench generated package self-test lock migration test-desktop clean

help: ## List what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1|/' | awk -F'|' '{printf "%-16s %s\n", $$1, $$2}'

setup: ## Get uv, make .venv, install what is locked and the system libraries that are missing
	@$(PYTHON) tools/setup.py

run: setup ## Open Casefile on a training store; without a display, do the same main job on paper (make demo)
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
	  $(BIN)/casefile run --training; \
	else \
	  echo "There is no display here, so no window can open: doing the same job without one into $(OUT)/."; \
	  $(BIN)/casefile demo --out $(OUT); \
	fi

demo: setup ## Import, keep, sign and print without a window; PDFs and screenshots go to demo-output/
	$(BIN)/casefile demo --out $(OUT)

test: lint types ## Lint, types, walls and every test, without a display
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest -n $(WORKERS)

test-long: setup ## The tests that take many minutes: a thousand kills at random moments
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest -m long

test-desktop: setup ## The tests that need a display server, D-Bus and a keychain service
	xvfb-run -a dbus-run-session -- $(BIN)/pytest -m desktop

lint: setup ## Check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet . || { echo "Run: make format"; exit 1; }

format: setup ## Format and mend what can be mended by itself
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: setup ## Check types: strict in casefile/, standard elsewhere
	$(BIN)/pyright

walls: setup ## Check the walls of the house: imports, sizes, one commit, declared rights, sentences
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest -q -p no:randomly tests/walls

bench: setup ## Measure against the floors and write benchmarks/RESULTS.md (one of them: python -m benchmarks NAME)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks

package: setup ## Freeze the bundle and build the .deb into dist/
	$(BIN)/python installer/build.py

self-test: setup ## Let the installed program test itself
	QT_QPA_PLATFORM=offscreen $(BIN)/casefile self-test

generated: setup ## Write anew what programs write: the permission matrix, the list of alarms, the JSON Schema
	PYTHONPATH=. $(BIN)/python tools/permissions.py
	PYTHONPATH=. $(BIN)/python tools/alarms.py
	$(BIN)/python -m casefile.exchange.json_file.schema

migration: setup ## Write the next migration from the models (MESSAGE="what changes")
	PYTHONPATH=. $(BIN)/python tools/migration.py "$(MESSAGE)" && $(BIN)/ruff format -q casefile/store/migrations

lock: setup ## Lock the dependencies anew (UPGRADE=1: the newest of everything)
	$(PYTHON) tools/lock.py $(if $(UPGRADE),--upgrade)

clean: ## Remove what was made here, but not .venv
	rm -rf build dist demo-output .pytest_cache .ruff_cache .hypothesis .import_linter_cache
