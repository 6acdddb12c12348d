-- own.sql: what a parent's own pages look for.

-- own_arrangements: many
-- in  person:int
-- out pp:int id:int ref:text rp:int
-- across: a person is found in every family in which they pay or receive
-- The arrangements a person takes part in, as paying or receiving parent.
SELECT pp, id, ref, rp FROM arrangement WHERE pp = :person OR rp = :person ORDER BY pp, id;
