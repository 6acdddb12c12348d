-- fault 2: a line that says what it is for is missing
-- a: one
-- in  key:text
-- out value:text
SELECT value FROM meta WHERE key = :key;
