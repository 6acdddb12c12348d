-- fault 2: table family is kept by paying parent: name :pp
-- a: do
-- in  key:text
-- What it is for.
DELETE FROM meta WHERE key = :key AND EXISTS (SELECT 1 FROM family);
