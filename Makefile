# Everything starts here; `make` alone lists the targets. Settings: PORT=9000 make run, HELPDESK_HOME=folder make run.
SHELL := /bin/bash
MAKEFLAGS += --no-print-directory
PYTHON := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help run test check lint types train bench frontend env clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: env frontend ## start the helpdesk on http://127.0.0.1:8080 (PORT moves it); Ctrl-C stops it
	@exec $(PYTHON) -m bot.supervisor $(if $(VERBOSE),--verbose)

test: env frontend ## run all test tiers that this machine can run
	@exec tools/run_tests.sh

check: lint types test ## what must hold before a commit

lint: env modules ## check style of Python and TypeScript
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@npm --prefix frontend run --silent lint

types: env ## check the types of Python
	@$(PYTHON) -m mypy

train: env ## train the model, also when nothing has changed
	@exec .venv/bin/helpdesk train

bench: env ## measure accuracy and speed
	@exec $(PYTHON) -m benchmarks

frontend: ## build the front end, if it has changed
	@tools/build_frontend.sh

.PHONY: modules
modules:
	@tools/build_frontend.sh --packages

env: ## make .venv from requirements.lock, if that has changed
	@tools/make_env.sh

clean: ## remove build output and caches, but neither .venv nor var/
	@rm -rf bot/web/static frontend/node_modules build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .rasa test-results
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
