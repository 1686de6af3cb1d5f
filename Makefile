# Two commands matter: `make run` and `make test`. `make help` lists the others.

SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PORT ?= 8000
DATA_DIR ?= .aar
ARGS ?=
WHO ?=

# The first Python on the path that is new enough; empty when there is none.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
BIN := .venv/bin
# Commands that need Django's settings but neither a database nor a broker.
ALONE := DATABASE_URL=postgresql://none@127.0.0.1:1/none REDIS_URL=redis://127.0.0.1:1/0 \
	SECRET_KEY=$$(od -An -N48 -tx1 /dev/urandom | tr -d ' \n') ALLOWED_HOSTS=localhost
FONT_SOURCES := $(wildcard core/fonts.py core/management/commands/build_fonts.py) package-lock.json \
	requirements.lock $(wildcard node_modules/.lock-digest)
APT := DEBIAN_FRONTEND=noninteractive apt-get
AS_ROOT_ON_DEBIAN := [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate \
	--python-version 3.11 --extra embedded $(ARGS) pyproject.toml
ROOMS := aar bulletins lessons reviews incidents agencies places audit core stack tests benchmarks

# Compiled code is kept: the tests start many processes of the same code.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run code test check bench prove fmt messages lock clean
.PHONY: python installed installed-for-work npm fonts libraries chromium

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

run: python ## run everything at http://127.0.0.1:8000 until Ctrl-C (PORT=8001 DATA_DIR=folder move it)
	@$(PYTHON) stack/environment.py requirements.lock requirements-dev.lock
	@$(MAKE) fonts
	@exec $(BIN)/python -m stack run --port "$(PORT)" --data-dir "$(DATA_DIR)"

code: python ## the six digits that an example person signs in with: make code WHO=commander@bl-police.example
	@$(BIN)/python -m stack code --data-dir "$(DATA_DIR)" "$(WHO)"

sample: python ## while it runs: load 6,416 sample incidents (UCDP GED, CC BY 4.0)
	@DATA_DIR="$(DATA_DIR)" $(BIN)/python manage.py load_sample_incidents

test: installed-for-work libraries fonts chromium ## run all tests, browser included (ARGS='-k word' picks some)
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

check: installed-for-work fonts ## the gate: format, lint, types, imports, templates, migrations, deployment, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(wildcard $(ROOMS))
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint --lint --quiet --profile=django templates
	$(ALONE) $(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
	$(ALONE) BEHIND_TLS=yes EXAMPLE_MODE=no $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python -m stack catalogues --check
	$(MAKE) test

bench: installed-for-work fonts ## measure, print the table, write benchmarks/latest.json
	@$(BIN)/python -m benchmarks $(ARGS)

prove: installed-for-work fonts ## the proofs too long for the gate, a line each
	@$(BIN)/python -m benchmarks.prove $(ARGS)

fmt: installed-for-work ## format the code and mend what ruff can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

messages: installed-for-work ## bring locale/ up to date with the sentences in the code
	@command -v xgettext >/dev/null || { echo "gettext is not installed (run as root):"; \
		echo "    apt-get install gettext"; exit 1; }
	@$(ALONE) $(BIN)/python manage.py makemessages --locale ur --no-location --no-obsolete \
		--ignore '.venv/*' --ignore 'node_modules/*' --ignore 'tests/*' --ignore 'benchmarks/*'
	@$(BIN)/python -m stack catalogues

lock: installed-for-work ## write both lock files anew from pyproject.toml (ARGS=--upgrade moves versions)
	@$(LOCK) --output-file requirements.lock
	@$(LOCK) --extra sso --extra dev --output-file requirements-dev.lock

clean: ## remove what was installed and built; your data in DATA_DIR stays
	@rm -rf .venv .build node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache \
		.hypothesis test-results
	@find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
	@find locale -name '*.mo' -delete

python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed (run as root):" >&2; \
		echo "    apt-get install python3 python3-venv" >&2; exit 1; }

installed: python
	@$(PYTHON) stack/environment.py requirements.lock requirements-dev.lock

installed-for-work: python
	@$(PYTHON) stack/environment.py requirements-dev.lock

npm:
	@$(BIN)/python -m stack npm || true

fonts: npm
	@$(MAKE) -s .build/fonts/.made

.build/fonts/.made: $(FONT_SOURCES)
	@$(ALONE) $(BIN)/python manage.py build_fonts
	@touch $@

libraries:
	@$(BIN)/python -m stack libraries 2>/dev/null || { $(AS_ROOT_ON_DEBIAN) && { $(APT) update -qq; \
		$(APT) install -y -qq --no-install-recommends \
		libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; } >/dev/null; } || true
	@$(BIN)/python -m stack libraries

chromium:
	@command -v chromium-headless-shell chromium chromium-browser google-chrome >/dev/null || { $(AS_ROOT_ON_DEBIAN) && { \
		echo "Installing Chromium for the browser tests."; $(APT) update -qq; \
		$(APT) install -y -qq --no-install-recommends \
		chromium-headless-shell; } >/dev/null; } || \
		echo "Chromium is not installed, so the browser tests are skipped. As root: apt-get install chromium-headless-shell"
