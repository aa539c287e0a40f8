# A thin face on run.py, which does the work.
PORT ?= 8000
export PORT

.PHONY: run setup test test-nightly check bench bench-pages bench-reports measure help
run setup test test-nightly check bench bench-pages bench-reports measure help:
	@python3 run.py $@ $(ARGS)
.DEFAULT_GOAL := help
