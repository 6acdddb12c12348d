-- fault 5: no such column: x
-- a: do
-- in  key:text
-- What it is for.
UPDATE meta SET value = "x" WHERE key = :key;
