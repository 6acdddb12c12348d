-- fault 2: there is no verb list
-- a: list
-- in  key:text
-- What it is for.
DELETE FROM meta WHERE key = :key;
