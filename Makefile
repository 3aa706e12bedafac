# Two commands are enough: `make site` builds the sample newsletter, `make test` proves the program.
# Needs Python 3.11 or newer with venv; everything else is installed into .venv and build/tools.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
JUDGES := tools/judges
NPM_TOOLS := build/tools/.installed

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site serve test lint format judges bench bench-serve wheel clean

# A venv whose Python has gone (an upgrade of the system, say) is made again.
ifneq ($(wildcard $(VENV)),)
$(shell test -x $(BIN)/python || rm -rf $(VENV))
endif

help: ## Show this list
	@echo "Marbre, a static-site newsletter generator. What make can do here:"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20
	@echo
	@echo "Another Python: make site PYTHON=python3.13"

site: $(VENV)/.ready-to-build ## Build the sample newsletter into site/
	@$(BIN)/marbre build
	@echo "The site is in $(CURDIR)/site. To see it while writing: make serve"

serve: $(VENV)/.ready-to-build ## Show the sample newsletter while you write (http://127.0.0.1:8000/)
	@$(BIN)/marbre serve --open

test: lint ## Check style and types, then run every test
	@$(BIN)/python -m pytest -n auto

lint: $(VENV)/.ready-to-test ## Check style and types only
	@$(BIN)/python -m ruff check --quiet
	@$(BIN)/python -m ruff format --check --quiet || { echo "Some files are not formatted: run make format" >&2; exit 1; }
	@$(BIN)/python -m mypy
	@$(BIN)/python -m mypy $(JUDGES)

format: $(VENV)/.ready-to-test ## Format the code and mend what ruff can
	@$(BIN)/python -m ruff check --quiet --fix --exit-zero
	@$(BIN)/python -m ruff format

judges: $(VENV)/.ready-to-test $(NPM_TOOLS) ## Judge every kind of page: HTML, accessibility, links, feeds
	@echo "Judging the pages; pictures of every kind go to build/screenshots/"
	@$(BIN)/python -m pytest -n auto $(JUDGES)

bench: $(VENV)/.ready-to-build ## Measure Marbre beside Hugo, Eleventy and Pelican (SIZES, PEERS, REPEAT, ARGS)
	@$(BIN)/python -m benchmarks.run $(if $(SIZES),--sizes $(SIZES)) \
	  $(if $(filter-out undefined,$(origin PEERS)),--peers $(PEERS)) $(if $(REPEAT),--repeat $(REPEAT)) $(ARGS)

bench-serve: $(VENV)/.ready-to-test ## Measure edit to visible in a real browser, beside hugo server (SIZES, ARGS)
	@$(BIN)/python -m benchmarks.serve $(if $(SIZES),--sizes $(SIZES)) $(ARGS)

wheel: $(VENV)/.ready-to-test ## Build the wheel and the source distribution into dist/
	@$(BIN)/python -m build --no-isolation

clean: ## Remove everything that was built (not .venv)
	@rm -rf build dist .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find site -mindepth 1 ! -path site/.gitignore -delete
	@find generator tests $(JUDGES) -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/pyvenv.cfg:
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "There is no $(PYTHON) here. Marbre needs Python 3.11 or newer." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Marbre needs Python 3.11 or newer; $(PYTHON) is $$("$(PYTHON)" -V 2>&1). Name another: make site PYTHON=python3.13" >&2; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "$(PYTHON) cannot make a virtual environment. On Debian: apt install python3-venv" >&2; exit 1; }

$(VENV)/.ready-to-build: pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "Installing Marbre into $(VENV) ..."
	@$(PIP) --editable .
	@touch $@

$(VENV)/.ready-to-test: pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "Installing Marbre and its development tools into $(VENV) ..."
	@$(PIP) --editable '.[dev]'
	@touch $(VENV)/.ready-to-build $@

$(NPM_TOOLS): $(JUDGES)/package.json $(JUDGES)/package-lock.json
	@command -v npm >/dev/null || { echo "The judges need npm. On Debian: apt install npm" >&2; exit 1; }
	@echo "Installing the judges' tools into build/tools ..."
	@mkdir -p $(@D)
	@cp $^ $(@D)
	@npm ci --prefix $(@D) --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
