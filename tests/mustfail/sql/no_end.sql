-- fault 2: no SQL ending in
-- a: do
-- What it is for.
DELETE FROM meta
