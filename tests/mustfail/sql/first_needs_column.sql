-- fault 2: a: b needs value, which `in` does not declare the same way
-- a: do
-- in  pp:int id:int born:date
-- first b
-- What it is for.
INSERT INTO family (pp, id, born) VALUES (:pp, :id, :born);

-- b: do
-- in  id:int value:text
-- What it is for.
UPDATE meta SET value = :value WHERE key = :id;
