-- fault 2: `many` only reads
-- a: many
-- out key:text
-- What it is for.
DELETE FROM meta WHERE key > '' RETURNING key;
