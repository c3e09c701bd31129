# Two commands are all that a newcomer needs: `make demo` and `make test`.
# The .venv is made and kept up to date by every target; a browser is found, or installed.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
FAULT ?= healthy
SECONDS ?= 600
STAMP := $(VENV)/.installed
BROWSER := $(VENV)/.browser

.DEFAULT_GOAL := help
.PHONY: help demo check test lint bench bench-speed bench-scale gallery matrix audit fuzz clean

help: ## Say what there is
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(STAMP) $(BROWSER) ## Check a photo in the built-in sandbox tenant (FAULT=stale-copy makes it misbehave)
	@$(BIN)/troubleshooter demo --fault $(FAULT)

check: $(STAMP) lint ## Lint, check types, and run every test that needs no browser
	@$(BIN)/python -m pytest -q -n 2 -m 'not browser'

# One more than the two cores that there are at least: a run in a browser waits for a third of its time.
test: $(STAMP) $(BROWSER) lint ## Lint, check types, and run every test
	@$(BIN)/python -m pytest -q -n 3 --maxschedchunk 1

lint: $(STAMP) ## Formatting, lint, types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: $(STAMP) $(BROWSER) ## Measure how well and how fast avatars are compared, and how large reports are (needs npm; takes a while)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	@$(BIN)/python -m tests.bench.accuracy --half report --seeds 31,32,33
	@$(BIN)/python -m tests.bench.causes --seeds 1,2,3
	@$(BIN)/python -m tests.bench.report

bench-speed: $(STAMP) $(BROWSER) ## Measure how long a run takes, against scripts that go the same way; write docs/speed.md (a few minutes)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	@$(BIN)/python -m tests.bench.speed --write

bench-scale: $(STAMP) $(BROWSER) ## Measure verify with generated users, its report, and the sandbox that serves them (a while)
	@$(BIN)/python -m tests.bench.scale.verify --people 100,1000
	@$(BIN)/python -m tests.bench.scale.kills
	@$(BIN)/python -m tests.bench.scale.report
	@$(BIN)/python -m tests.bench.scale.sandbox

gallery: $(STAMP) $(BROWSER) ## Render every kind of report in both languages, with pictures, into dist/gallery
	@$(BIN)/python -m tests.gallery

matrix: $(STAMP) $(BROWSER) ## Change every locator, disturb every host, print what came of it (hours; SAMPLE=50 for a part)
	@$(BIN)/python -m tests.matrix.locators $(if $(SAMPLE),--sample $(SAMPLE))
	@$(BIN)/python -m tests.matrix.disturbances $(if $(SAMPLE),--sample $(SAMPLE))

audit: $(STAMP) ## Look up what a user installs for known vulnerabilities; write dist/sbom.cdx.json
	@$(BIN)/python tools/audit.py

fuzz: $(STAMP) ## Search for inputs that fail in an unforeseen way (SECONDS=600; with atheris where it can be installed)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary :all: atheris || \
	  echo 'atheris has no wheel for this Python: searching with hypothesis alone' >&2
	@$(BIN)/python -m tests.fuzz --seconds $(SECONDS)

clean: ## Remove what make made
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist

$(STAMP): pyproject.toml troubleshooter/__init__.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Python 3.11 or newer is needed; name it with make PYTHON=python3.12 …' >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

$(BROWSER): $(STAMP)
	@sh tools/browser.sh $(BIN)
	@touch $@
