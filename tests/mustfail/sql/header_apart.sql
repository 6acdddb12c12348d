-- fault 4: the SQL must follow its header
-- a: do
-- What it is for.

DELETE FROM meta;
