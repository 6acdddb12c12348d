-- fault 6: a list is used as `IN (:pps)`
-- a: many
-- in  pps:ints
-- out born:date
-- What it is for.
SELECT born FROM family WHERE pp = :pps ORDER BY born;
