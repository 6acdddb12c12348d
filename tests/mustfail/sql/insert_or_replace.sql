-- fault 5: use ON CONFLICT, not OR
-- a: do
-- in  key:text
-- What it is for.
INSERT OR REPLACE INTO meta (key, value) VALUES (:key, 'x');
