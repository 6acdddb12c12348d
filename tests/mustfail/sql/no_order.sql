-- fault 2: rows need an ORDER BY
-- a: many
-- out key:text value:text
-- What it is for.
SELECT key, value FROM meta;
