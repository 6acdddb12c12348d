#!/bin/sh
# pattern.sh: what patternc must refuse.  Run from the root after `make`; mustfail/kinds.sh says how.
exec tests/mustfail/kinds.sh pattern "${1:-build/tools/patternc}" pattern_data.c law/safety/patterns.txt "sql/pattern.sql law/sources.law"
