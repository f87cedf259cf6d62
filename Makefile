# Every command of the project in one line each; CI calls the same ones.
# A machine needs python3 (3.11 or newer), pip and make; everything else comes from requirements.lock.

VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
PYTHON ?= python3

.PHONY: help setup run test check browser documents vectors lock clean

help:  ## Show this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(STAMP)  ## Create .venv with everything pinned in requirements.lock

$(STAMP): requirements.lock .ci/bootstrap.lock pyproject.toml
	@echo "Setting up $(VENV) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/bootstrap.lock
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip sync --quiet --require-hashes requirements.lock
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

run: setup  ## Build the index if needed and serve on http://127.0.0.1:8000
	@$(BIN)/aura serve

test: setup  ## Run every test
	@$(BIN)/python -m pytest

check: setup  ## Style, types, floors, and the content itself
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/aura check

browser: setup  ## Install the browser that the browser tests drive
	@sh .ci/browser

documents: setup  ## Write the PDF, Word and Excel documents anew from their sources
	@$(BIN)/python -m knowledge_base.publish

vectors: setup  ## Make the vectors of the content beforehand, from the index in .aura
	@$(BIN)/aura ingest
	@$(BIN)/python -m knowledge_base.shipped .aura

lock: setup  ## Resolve the dependencies anew
	@VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip compile --quiet --upgrade --universal --generate-hashes --all-extras --no-emit-index-url --no-header --no-annotate --python-version 3.11 pyproject.toml -o requirements.lock

clean:  ## Remove the environment and caches, never the data
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
