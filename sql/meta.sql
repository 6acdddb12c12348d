-- Facts about the database itself.

-- meta_get: one
-- in  key:text
-- out value:text
-- What is written under this key.
SELECT value FROM meta WHERE key = :key;

-- meta_put: do
-- in  key:text value:text
-- Writes it, over what was there.
INSERT INTO meta (key, value) VALUES (:key, :value)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;
