-- fault 3: SQL without a header line
-- a do
DELETE FROM meta;
