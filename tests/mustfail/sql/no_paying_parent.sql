-- fault 2: table family is kept by paying parent: name :pp
-- a: many
-- in  id:int
-- out born:date
-- What it is for.
SELECT born FROM family WHERE id = :id ORDER BY born;
