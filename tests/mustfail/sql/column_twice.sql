-- fault 3: key is declared twice
-- a: one
-- in  key:text key:text
-- out value:text
-- What it is for.
SELECT value FROM meta WHERE key = :key;
