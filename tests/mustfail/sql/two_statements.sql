-- fault 4: one statement under one header
-- a: do
-- What it is for.
DELETE FROM meta; DELETE FROM meta;
