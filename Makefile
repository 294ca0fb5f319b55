# Redress needs nothing but Python >= 3.11 and make.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test search check messages install bench faults pictures clean help
.DEFAULT_GOAL := help

help: ## Show what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile

install: ## Bring .venv in step with uv.lock
	@$(PYTHON) config/local/bootstrap.py

run: install ## Run Redress here, with demonstration data: PORT=8000
	@$(BIN)/python -m config.local.run

test: install ## Run all tests; ARGS="-k name" to choose
	@$(BIN)/python -m pytest $(ARGS)

search: install ## Look for examples that break a rule: other ones at each run
	@HYPOTHESIS_PROFILE=search $(BIN)/python -m pytest tests/rules -p no:randomly $(ARGS)

check: install ## Check style, types, layers, migrations, settings, translations
	@$(BIN)/python -m config.local.checks

messages: install ## Bring the translation files in step with the texts
	@$(BIN)/python -m config.local.translations --update

bench: install ## Measure against the fixed floor (docs/performance.md)
	@$(BIN)/python -m bench $(ARGS)

faults: install ## Kill everything under load, then count (docs/reliability.md)
	@$(BIN)/python -m tests.faults $(ARGS)

pictures: install ## Take the pictures of docs/pictures (needs a Chromium)
	@$(BIN)/python -m config.local.pictures

clean: ## Remove the local environment and its data
	rm -rf .venv .redress .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
