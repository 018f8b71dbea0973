# Everything one types here. Works with GNU make 3.81 and a POSIX shell; Python 3.11 or newer does the rest.

# PY=/its/path uses an environment of your own, in which everything is installed already.
ifdef PY
READY := true
READY_DEV := true
else
PY := .venv/bin/python
READY := sh tools/python tools/environment.py requirements.txt
READY_DEV := sh tools/python tools/environment.py requirements-dev.txt
endif

.PHONY: help run dev test check format drill bench mutants matrix migration landed keep-rows translations lock clean

help: ## list these commands
	@sed -n 's/^\([a-z][a-z-]*\):.*## /\1 /p' Makefile | while read -r name text; do \
	  printf '%s\n' "$$text" | fold -s -w 58 | { read -r first; printf '  make %-14s%s\n' "$$name" "$$first"; \
	  sed 's/^/                     /'; }; done

run: ## run the whole tracker on this machine, with demonstration data, at http://localhost:8000 (PORT=8080, INSTALLER=pip)
	@$(READY) && exec $(PY) -m tracker.supervisor

dev: ## like run, and site, worker and beat load changed code, templates, texts and styles within seconds
	@$(READY) && exec $(PY) -m tracker.supervisor --reload

test: ## run every test on SQLite and PostgreSQL (ARGS="-k name")
	@$(READY_DEV) && exec $(PY) -m tools.suite $(ARGS)

check: ## format, lint, types, imports, templates, migrations, sizes
	@$(READY_DEV) && exec $(PY) -m tools.check $(ARGS)

format: ## put the code into its format and mend what can be mended
	@$(READY_DEV) && $(PY) -m ruff check --fix --quiet . ; exec $(PY) -m ruff format .

drill: ## break things on purpose and print what every promise is worth (ONLY=G4,G5 SCALE=0.1 PART=2/4)
	@$(READY_DEV) && exec $(PY) -m tests.drills

bench: ## fill a database with 100,000 requests and print how fast the pages are (ROWS=1000 ENGINES=sqlite)
	@$(READY_DEV) && exec $(PY) -m tests.benchmarks

mutants: ## break the code a little again and again and count which faults the tests notice (N=200 SEED=1, N=all goes on)
	@$(READY_DEV) && exec $(PY) -m tests.mutants

matrix: ## write tests/rights/matrix.txt anew (who may what at every address); read what changed before you commit it
	@$(READY_DEV) && exec $(PY) -m tests.rights

migration: ## write the newest revision: from the last landed one to the models (MESSAGE="Add …")
	@$(READY_DEV) && exec $(PY) -m tools.migration

landed: ## keep the checksum of the newest revision; from then on it is never changed
	@$(READY_DEV) && exec $(PY) -m tools.landed

keep-rows: ## at a release: keep the rows of a small filled database of this version, to be migrated forward in tests
	@$(READY_DEV) && exec $(PY) -m tools.kept_rows

translations: ## collect every message into the catalogues and compile them
	@$(READY_DEV) && exec $(PY) -m tools.translations

lock: ## write both lock files anew from the .in files
	@$(READY_DEV) && exec sh tools/lock

clean: ## remove .venv and caches; the data in var/ stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
