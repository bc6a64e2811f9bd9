# Crossread's commands. Python 3.11 is all that has to be there.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
SHELL := /bin/sh
.DEFAULT_GOAL := help

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: setup ## serve the demo at http://127.0.0.1:8000 (PORT=8001 make run: another port); Ctrl+C ends it
	@CROSSREAD_DEMO=$${CROSSREAD_DEMO:-1} exec $(BIN)/python manage.py up

.PHONY: setup
setup: $(VENV)/.installed ## make .venv and install what Crossread runs with

.PHONY: test
test: $(VENV)/.installed-dev browser checker lint ## check everything: formats, types, layers, templates, all tests
	$(BIN)/pytest -n auto --dist worksteal

.PHONY: lint
lint: $(VENV)/.installed-dev ## check formats, types, layers and templates alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet

.PHONY: messages
messages: $(VENV)/.installed ## bring the translations up to what pages and code say, and compile them
	$(BIN)/python manage.py messages

.PHONY: bench
bench: $(VENV)/.installed-dev ## measure speed and memory here (a few minutes)
	$(BIN)/python -m bench

.PHONY: pictures
pictures: $(VENV)/.installed-dev browser ## take the pictures of the user guide anew, from a demo of their own
	$(BIN)/python -m docs.pictures

.PHONY: lock
lock: $(VENV)/.installed-dev ## write the pinned requirements anew from the .in files
	$(BIN)/pip-compile $(LOCK) requirements.in
	@# torch is pinned without the "+cpu" of a local index: see README.md.
	sed -i.bak 's/^torch==\([0-9.]*\)+cpu/torch==\1/' requirements.txt && rm requirements.txt.bak
	$(BIN)/pip-compile $(LOCK) requirements-dev.in
LOCK := --quiet --upgrade --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

.PHONY: clean
clean: ## remove what was installed and measured (not var/, which holds your events)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis test-results

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { echo "Crossread needs Python 3.11. Install it, or say where it is: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The stamps keep a second start from asking pip anything.
$(VENV)/.installed: requirements.txt | $(BIN)/python
	@echo "Installing what Crossread runs with; the first time this takes some minutes."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# Debian's chromium where we may install it, playwright's own elsewhere. Tests fail, and say so, if neither came.
.PHONY: browser
browser: $(VENV)/.installed-dev
	@if command -v chromium >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else $(BIN)/playwright install chromium; fi

# The Nu HTML checker reads every page in the tests. It is a program in Java that npm carries.
VNU := 26.9.27
VNU_SHA256 := 22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47
.PHONY: checker
checker: $(VENV)/vnu-$(VNU).jar
	@command -v java >/dev/null || { \
		[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null || { echo "The tests need Java (any from 11 on). Install it."; exit 1; }; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq default-jre-headless >/dev/null; }

$(VENV)/vnu-$(VNU).jar: | $(BIN)/python
	$(BIN)/python tests/html_checker.py $(VNU) $(VNU_SHA256) $@
