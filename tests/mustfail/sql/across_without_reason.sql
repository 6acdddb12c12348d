-- fault 4: across needs its reason
-- a: many
-- out born:date
-- across:
-- What it is for.
SELECT born FROM family ORDER BY born;
