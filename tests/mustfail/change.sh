#!/bin/sh
# change.sh: what changec must refuse.  Run from the root after `make`; mustfail/kinds.sh says how.
exec tests/mustfail/kinds.sh change "${1:-build/tools/changec}" change_data.c law/change/changes.txt
