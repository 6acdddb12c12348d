-- fault 2: `do` gives no rows back
-- a: do
-- What it is for.
SELECT key, value FROM meta;
