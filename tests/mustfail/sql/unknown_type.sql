-- fault 3: key has no type string
-- a: do
-- in  key:string
-- What it is for.
DELETE FROM meta WHERE key = :key;
