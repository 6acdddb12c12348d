-- fault 5: ROWID is not portable SQL
-- a: one
-- out n:int
-- What it is for.
SELECT max(rowid) AS n FROM meta;
