-- fault 2: bulk is for a `do`
-- a: do
-- in  key:text
-- bulk
-- What it is for.
INSERT INTO meta (key, value) VALUES (:key, 'x');
