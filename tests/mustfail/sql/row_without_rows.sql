-- fault 2: a: `row` stands instead of `in` and names a statement that gives rows
-- a: do
-- row b
-- What it is for.
INSERT INTO meta (key, value) VALUES (:key, :value);

-- b: do
-- in  key:text value:text
-- What it is for.
UPDATE meta SET value = :value WHERE key = :key;
