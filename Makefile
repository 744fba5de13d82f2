PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip install -q --disable-pip-version-check --require-hashes -r
LOCK := .venv/bin/uv pip compile -q --universal --fork-strategy fewest --generate-hashes --no-annotate \
  --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade) pyproject.toml
EXTRAS := embedded test lint bench browser fuzz lock
# Who names a PostgreSQL needs none of ours.
EMBEDDED := $(if $(strip $(DATABASE_URL)),,.venv/.ok-embedded)
CHROMIUM := $(wildcard /usr/bin/chromium)

.DEFAULT_GOAL := help
.PHONY: help demo demo-check test soak faults kills fuzz coverage mutate migrate seed serve worker lint lock outdated bench clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

demo: .venv/.ok-embedded ## set all up, run the test enrollment, serve on port 8000 (PORT) until Ctrl-C
	@$(PY) -m app.play.demo

demo-check: .venv/.ok-embedded ## the same on a throw-away database and a free port; fails unless the certificate is issued
	@$(PY) -m app.play.demo --check

test: .venv/.ok-test $(if $(CHROMIUM),.venv/.ok-browser) ## pgTAP and pytest, on the embedded PostgreSQL and on an installed one
	@$(PY) -m tests.tools.run

soak: .venv/.ok-test ## long random histories, for HANDOFF_SOAK minutes (10)
	@HANDOFF_SOAK=$${HANDOFF_SOAK:-10} $(PY) -m pytest tests/races/test_state_machine.py

faults: .venv/.ok-test ## break database and web server while partners send; prints the answer times of docs/operate/outages.md
	@HANDOFF_SLOW=1 $(PY) -m tests.tools.run --only pytest --server embedded -s tests/races/test_faults_under_load.py

kills: .venv/.ok-test ## kill workers at random moments, HANDOFF_KILLS times (1000)
	@HANDOFF_KILLS=$${HANDOFF_KILLS:-1000} $(PY) -m tests.tools.run --only pytest --server embedded -q -s tests/worker/test_kills.py

fuzz: .venv/.ok-test .venv/.ok-fuzz ## odd bytes and made-up calls, for FUZZ_SECONDS (600); none of them may cause an error
	@$(PY) -m tests.tools.run --only pytest --server embedded -q -s tests/documents/fuzz_openapi.py
	@$(PY) -m tests.tools.fuzz --seconds $${FUZZ_SECONDS:-600}

coverage: .venv/.ok-test ## the PL/pgSQL statements that no test runs, on an installed PostgreSQL with plpgsql_check
	@$(PY) -m tests.tools.coverage

mutate: .venv/.ok-test ## break policies, constraints and guards one at a time: each must fail a test
	@$(PY) -m tests.tools.mutate

migrate: .venv/.ok $(EMBEDDED) ## deploy to DATABASE_URL
	@$(PY) -m app.operate.deploy

seed: .venv/.ok $(EMBEDDED) ## load partners and programs into DATABASE_URL
	@$(PY) -m app.operate.seed

serve: .venv/.ok $(if $(PAGES_DATABASE_URL)$(WEBHOOK_DATABASE_URL),,$(EMBEDDED)) ## the web application under its production server
	@$(PY) -m app.serve

worker: .venv/.ok $(if $(WORKER_DATABASE_URL),,$(EMBEDDED)) ## the background worker: tells partners of their students, and keeps house
	@$(PY) -m app.worker

lint: .venv/.ok-lint .venv/.ok-test ## static checks of Python, of the migrations, and of every SQL file by PostgreSQL's own parser
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	.venv/bin/squawk db/migrations/*.sql
	$(PY) -m pytest -q tests/rules/test_sql_files.py -k 'not where_it_is_deployed'

lock: .venv/.ok-lock ## pin what pyproject.toml wants in requirements/; a pin that fits stays, UPGRADE=1 takes the newest
	@$(LOCK) --all-extras -o requirements/all.txt
	@$(LOCK) -c requirements/all.txt -o requirements/base.txt
	@for extra in $(EXTRAS); do \
	  $(LOCK) -c requirements/all.txt --extra $$extra -o requirements/$$extra.txt || exit 1; done

outdated: .venv/.ok ## what is installed here and not the newest
	@$(PY) -m pip list --disable-pip-version-check --outdated

bench: .venv/.ok-bench ## measurements, on a PostgreSQL of their own
	@$(PY) -m bench.run

clean: ## stop the embedded PostgreSQL; remove its data, the virtual environment and all caches
	@for directory in .pg .pg-test-*; do \
	  if [ -d "$$directory" ] && [ -x $(PY) ]; then \
	    $(PY) -m app.operate.postgres.embedded destroy --dir "$$directory" || exit 1; fi; done
	rm -rf .venv .pg .pg-test-* handoff-bench-* .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache *.egg-info
	find app bench db tests -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.ok: requirements/base.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=...")'
	$(PYTHON) -m venv .venv
	$(PIP) $<
	@# `app` is found from every directory, and nothing is built: a build would fetch what no hash was kept of.
	@echo "$(CURDIR)" > "$$($(PY) -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/handoff.pth"
	@touch $@

$(EXTRAS:%=.venv/.ok-%): .venv/.ok-%: requirements/%.txt .venv/.ok
	$(PIP) $<
	@touch $@

.venv/.ok-test .venv/.ok-bench: .venv/.ok-embedded
