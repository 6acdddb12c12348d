-- fault 7: b: a does not say what born becomes
-- a: do
-- in  pp:int id:int
-- What it is for.
INSERT INTO family (pp, id) VALUES (:pp, :id);

-- b: hash
-- in  pp:int
-- of a
-- What it is for.
SELECT id, born FROM family WHERE pp = :pp ORDER BY id;
