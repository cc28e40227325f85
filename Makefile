# Needs Python 3.11 or newer and make; everything else is installed by the first run, once.

PYTHON ?= python3
SHELL := /bin/sh
.SHELLFLAGS := -ec
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help demo test thorough accessible chaos oracle office lint format words docs gallery bench bench-short composition clean

# pip 26 pins what a build fetches with --build-constraint, and knows dependency groups; Debian 12's pip 23 does neither.
PINNED := --constraint constraints.txt --build-constraint constraints.txt
RUN := .venv/bin/python -m
PO := $(wildcard reportgen/locales/*/LC_MESSAGES/reportgen.po)
COMPILED := $(PO:.po=.mo)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
# Images of containers often set it: then each of the many processes of the tests compiles the whole package anew.
unexport PYTHONDONTWRITEBYTECODE

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1	/p' Makefile | expand -t 12

demo: .venv/runtime.stamp $(COMPILED) ## render the example report into demo-out/
	@.venv/bin/reportgen demo --out demo-out

# Three workers keep two cores busy, since many tests wait for other processes. Matplotlib lists the machine's fonts on
# its first use, and says so where that is slow, which no test expects.
test: .venv/dev.stamp $(COMPILED) ## run the tests
	@$(RUN) matplotlib.font_manager 2>/dev/null
	@$(RUN) pytest -n 3 --dist worksteal

thorough: .venv/dev.stamp $(COMPILED) ## run the slower tests: in browsers and offices, with killed runs, of every size and standard
	@$(RUN) matplotlib.font_manager 2>/dev/null
	@$(RUN) pytest -m thorough -n 3 --dist worksteal

chaos: .venv/dev.stamp $(COMPILED) ## rehearse bad nights of a thousand clients, about half an hour; SEED=n repeats one
	@REPORTGEN_CHAOS_SEED=$(or $(SEED),$$$$) REPORTGEN_CHAOS_CLIENTS=$(or $(CLIENTS),1000) \
	  $(RUN) pytest tests/chaos -m chaos -v -rP -n 2

oracle: .venv/dev.stamp $(COMPILED) ## hold the numbers of drawn reports against a second working-out, minutes; SEED=n REPORTS=n
	@REPORTGEN_ORACLE_SEED=$(or $(SEED),1) REPORTGEN_ORACLE_REPORTS=$(or $(REPORTS),200) \
	  $(RUN) pytest tests/oracle -m oracle -n 2

# html-validate, vnu and outloud read them too where they are on the PATH; the run says which are not.
accessible: .venv/dev.stamp $(COMPILED) ## have checkers look for what hinders readers of pages and PDFs, minutes
	@$(RUN) pytest tests/accessible -m accessible -n 2

office: .venv/dev.stamp $(COMPILED) ## compute the workbooks of the gallery and the catalogues anew in LibreOffice, minutes
	@$(RUN) pytest tests/outputs/workbook -m office

lint: .venv/dev.stamp ## check format, rules, types, layers and plain words
	@$(RUN) ruff format --check --quiet
	@$(RUN) ruff check --quiet
	@$(RUN) mypy
	@.venv/bin/lint-imports --no-cache --no-logo
	@.venv/bin/python .ci/plain_words.py reportgen

format: .venv/dev.stamp ## put the code in its format and mend what can be mended
	@$(RUN) ruff format
	@$(RUN) ruff check --fix

words: .venv/runtime.stamp ## bring the catalogues of words up to date with the sources
	@$(RUN) babel.messages.frontend -q extract -F babel.cfg -k N_ --no-location --sort-output -o build-words.pot .
	@for po in $(PO); do \
	  locale=$${po#reportgen/locales/}; \
	  $(RUN) babel.messages.frontend -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
	    -i build-words.pot -o $$po -l $${locale%%/*}; \
	done
	@sed -i '/^"Report-Msgid-Bugs-To/d' $(PO)
	@rm build-words.pot
	@$(MAKE) $(COMPILED)

%.mo: %.po .venv/runtime.stamp
	@$(RUN) babel.messages.frontend -q compile -i $< -o $@

docs: .venv/dev.stamp $(COMPILED) ## write the reference and the pictures of the documentation, and the JSON Schemas
	@for kind in spec client fleet theme; do .venv/bin/reportgen schema $$kind > report-specs/$$kind.schema.json; done
	@$(RUN) docs

gallery: .venv/dev.stamp $(COMPILED) ## render every component in every case, theme, paper and script into gallery-out/
	@$(RUN) tests.gallery gallery-out

bench: .venv/bench.stamp ## measure the speed beside that of others, for an hour or so, into bench-out.json
	@$(RUN) bench --json bench-out.json

bench-short: .venv/bench.stamp ## the same with fewer rounds and a small table, within a minute
	@$(RUN) bench --short

composition: .venv/dev.stamp ## print the blank share of each page of PDFs; FILES="a.pdf b.pdf", those of make demo by default
	@$(RUN) bench.composition $(or $(FILES),$(wildcard demo-out/*.pdf))

clean: ## remove what was made, but not the environment
	@rm -rf demo-out gallery-out bench-out.json build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find reportgen tests -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/runtime.stamp: pyproject.toml constraints.txt .ci/system-libraries
	@PYTHON='$(PYTHON)' .ci/system-libraries
	@$(RUN) pip --version >/dev/null 2>&1 || { echo 'set-up: making .venv'; '$(PYTHON)' -m venv .venv; }
	@echo 'set-up: installing reportgen'
	@$(RUN) pip install -qq --upgrade --constraint constraints.txt pip
	@$(RUN) pip install -qq $(PINNED) --editable .
	@touch $@

.venv/dev.stamp: .venv/runtime.stamp
	@echo 'set-up: installing the development tools'
	@$(RUN) pip install -qq $(PINNED) --group dev
	@touch $@

# Where that fails, bench says what it could not measure.
.venv/bench.stamp: .venv/dev.stamp
	@echo 'set-up: installing what is compared with'
	@$(RUN) pip install -qq $(PINNED) --group bench && touch $@ || echo 'set-up: not everything could be installed'
