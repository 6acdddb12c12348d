-- fault 5: DATE is not portable SQL
-- a: do
-- What it is for.
DELETE FROM meta
WHERE value < date('now');
