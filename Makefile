# Everything happens in .venv; `make demo` and `make test` set it up the first time.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.PHONY: demo test lint wheel-test clean

demo: $(READY)  ## check the example claims with the bundled model
	$(BIN)/verifier check --claims claims/interpol.txt --source seeds/interpol-assembly.md --fail-on none

test: $(READY)  ## run the tests
	$(BIN)/python -m pytest -n auto

lint: $(READY)  ## style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

wheel-test: $(READY)  ## build the wheel and test it where the source folder is out of reach
	bash scripts/test_wheel.sh $(BIN)/python

clean:
	rm -rf .venv dist build

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev,train]'
	touch $(READY)
