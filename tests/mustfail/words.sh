#!/bin/sh
# words.sh: what hearc must refuse.  Run from the root after `make`; mustfail/kinds.sh says how.
exec tests/mustfail/kinds.sh words "${1:-build/tools/hearc}" hear_data.c law/safety/words.txt law/flow/safety.flow
