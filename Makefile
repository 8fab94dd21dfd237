# Everything runs from .venv, which make builds on first use and rebuilds when a requirements file changes.
#
#   make demo    the blog with demo content on 127.0.0.1:$(PORT); a second run keeps the data
#   make test    every check that a change must pass (tests/run.py lists them)

PORT ?= 8000
DEMO_DATABASE_URL ?= sqlite:///var/demo.sqlite3

# The first of these that is Python 3.11 to 3.13 and can make a virtual environment. A name alone proves nothing:
# a version manager's shim answers to "python3.11" and then refuses to run.
FITS := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for name in python3.11 python3 python3.12 python3.13; do \
	"$$name" -c '$(FITS)' >/dev/null 2>&1 && { echo "$$name"; break; }; done)

RUN := .venv/bin/python
INSTALL := $(RUN) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --no-deps
DEMO := env DEBUG=1 PORT=$(PORT) BIND=127.0.0.1 SITE_URL=http://127.0.0.1:$(PORT) \
	DATABASE_URL=$(DEMO_DATABASE_URL) MEDIA_ROOT=var/demo-media $(RUN) manage.py
BENCH = $(RUN) -m tests.benchmarks.speed $(if $(SIZES),--sizes $(SIZES)) $(if $(WAITING),--waiting $(WAITING)) \
	$(if $(SECONDS),--seconds $(SECONDS))
LOCK := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-header $(if $(UPGRADE),--upgrade)

.DEFAULT_GOAL := help
.PHONY: help demo serve test lint test-sqlite test-postgres journeys evaluate bench lock clean

help:
	@sed -n 's/^#   //p' Makefile

demo: .venv/runtime.stamp
	@mkdir -p var
	@$(DEMO) demo
	@exec $(DEMO) serve --with-worker

#   make serve   the demo's server and worker alone, without loading the content again
serve: .venv/runtime.stamp
	@mkdir -p var
	@exec $(DEMO) serve --with-worker

test: .venv/test.stamp
	@$(RUN) -m tests.run

#   make lint    format, lint, import storeys, migrations, deployment check
lint: .venv/test.stamp
	@$(RUN) -m tests.run lint

#   make test-sqlite, make test-postgres, make journeys   one part of make test
test-sqlite: .venv/test.stamp
	@$(RUN) -m tests.run sqlite

test-postgres: .venv/test.stamp
	@$(RUN) -m tests.run postgres

journeys: .venv/test.stamp
	@$(RUN) -m tests.run journeys

#   make evaluate FILES="one.jsonl two.jsonl"   how the filter does on labelled comments, with a moderator in the loop
evaluate: .venv/runtime.stamp
	@test -n "$(FILES)" || { echo 'Say which files: make evaluate FILES="one.jsonl two.jsonl"' >&2; exit 1; }
	@$(DEMO) evaluate_filter $(FILES)

#   make bench SIZES="1000 100000" WAITING=2000 SECONDS=2   requests a second, CPU and memory on sites of several sizes
bench: .venv/test.stamp
	@$(BENCH)
	@$(RUN) -m tests.postgres -- $(BENCH)

#   make lock    writes the requirements files from pyproject.toml (needs uv); UPGRADE=1 takes newer versions
lock:
	@command -v uv >/dev/null || { echo "make lock needs uv on PATH" >&2; exit 1; }
	@$(LOCK) --output-file requirements.txt
	@$(LOCK) --extra test --constraint requirements.txt --output-file requirements-test.txt

#   make clean   removes .venv; the demo's data in var/ stays
clean:
	@rm -rf .venv

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Gatepost needs Python 3.11, 3.12 or 3.13 with the venv module" >&2; exit 1; }
	@echo "Making .venv with $(PYTHON)"
	@"$(PYTHON)" -m venv .venv

.venv/runtime.stamp: requirements.txt | .venv/bin/python
	@echo "Installing what requirements.txt pins"
	@$(INSTALL) -r requirements.txt
	@touch $@

.venv/test.stamp: requirements-test.txt | .venv/bin/python
	@echo "Installing what requirements-test.txt pins"
	@$(INSTALL) -r requirements-test.txt
	@touch $@
