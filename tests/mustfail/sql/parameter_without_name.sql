-- fault 5: parameters are written :name, not ?
-- a: one
-- out value:text
-- What it is for.
SELECT value FROM meta WHERE key = ?;
