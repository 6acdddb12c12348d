#!/bin/sh
# clock.sh: what clockc must refuse.  Run from the root after `make`; mustfail/kinds.sh says how.
exec tests/mustfail/kinds.sh clock "${1:-build/tools/clockc}" clock_data.c law/clock/clocks.txt
