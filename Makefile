# The commands of the project; `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BOOK ?= data
BOOKS ?= 5000
SECONDS ?= 60

.PHONY: help run test lint format sample bench fuzz soak
.DEFAULT_GOAL := help

help: ## list the commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

run: $(VENV)/runtime ## open the app (BOOK=folder for your own book)
	KAM_BOOK="$(BOOK)" $(BIN)/python -m streamlit run app.py

test: lint ## run every check: format, lint, types, tests, pages, browser
	$(BIN)/python -m pytest -n 3 --dist worksteal

lint: $(VENV)/development ## check format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/ty check --python $(VENV)

format: $(VENV)/development ## put the code into its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

sample: $(VENV)/runtime ## write the sample book anew
	$(BIN)/python -m kam sample data

bench: $(VENV)/development ## measure opening and pages, and print the table of ratios
	$(BIN)/python -m tests.benchmarks

fuzz: $(VENV)/development ## meet 5,000 books mutated at random (BOOKS=count)
	$(BIN)/python -m tests.intake.mutations $(BOOKS)

soak: $(VENV)/development ## eight browser sessions for a minute (SECONDS=count), and 200 programs killed while they write
	$(BIN)/python -m tests.soak $(SECONDS)
	$(BIN)/python -m tests.store.test_crash

$(VENV)/runtime: requirements.txt constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/development: requirements-dev.txt $(VENV)/runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
