-- Statements of every verb over every type.

-- parent_add: do
-- in  pp:int name:text
-- A parent, who must be new.
INSERT INTO parent (pp, name) VALUES (:pp, :name);

-- parent_next: one
-- in  name:text
-- out pp:int
-- across: a new parent has no number yet
-- A parent, who gets the next number.
INSERT INTO parent (pp, name) SELECT coalesce(max(pp), 0) + 1, :name FROM parent RETURNING pp;

-- parent_once: do
-- in  pp:int name:text
-- A parent, if not there yet.
INSERT INTO parent (pp, name) VALUES (:pp, :name) ON CONFLICT (pp) DO NOTHING;

-- parent_get: one
-- in  pp:int
-- out name:text
-- One parent's name.
SELECT name FROM parent WHERE pp = :pp;

-- parent_any: one
-- out name:text
-- across: a test of what happens with two
-- Some parent's name; wrong when there are two.
SELECT name FROM parent;

-- parent_named: many
-- in  names:texts
-- out pp:int name:text
-- across: parents are looked up by name
-- The parents of these names.
SELECT pp, name FROM parent WHERE name IN (:names) ORDER BY pp;

-- thing_add: do
-- in  pp:int id:int day:date until:date? amount:money
-- in  extra:money? is_open:bool note:text? body:blob?
-- One row of every type.
INSERT INTO thing (id, pp, day, until, amount, extra, is_open, note, body)
VALUES (:id, :pp, :day, :until, :amount, :extra, :is_open, :note, :body); -- order differs on purpose

-- thing_list: many
-- in  pp:int
-- out id:int day:date until:date? amount:money extra:money? is_open:bool note:text? body:blob?
-- All of a parent's things.
SELECT id, day, until, amount, extra, is_open, note, body
FROM thing WHERE pp = :pp ORDER BY id;

-- thing_scan: each
-- out pp:int id:int amount:money note:text?
-- across: a test of bulk reading
-- Every thing there is.
SELECT pp, id, amount, note FROM thing ORDER BY pp, id;

-- thing_count: one
-- out things:int total:money?
-- across: a count over all
-- How many and how much.
SELECT count(*) AS things, sum(amount) AS total FROM thing;

-- thing_wrong: one
-- in  pp:int
-- out day:date
-- A value that is no date.
SELECT 99999999999 + 0 * :pp AS day;

-- thing_digest: hash
-- in  pp:int
-- out id:int day:date until:date? amount:money extra:money? is_open:bool note:text? body:blob?
-- What a parent's things amount to.
SELECT id, day, until, amount, extra, is_open, note, body FROM thing WHERE pp = :pp ORDER BY id;

-- thing_drop: do
-- in  pp:int
-- Removes a parent's things.
DELETE FROM thing WHERE pp = :pp;

-- thing_of: many
-- in  pps:ints
-- out pp:int id:int
-- The things of several parents.
SELECT pp, id FROM thing WHERE pp IN (:pps) ORDER BY pp, id;

-- thing_pick: many
-- in  pps:ints ids:ints
-- out pp:int id:int note:text?
-- Several things of several parents.
SELECT pp, id, note FROM thing WHERE (pp, id) IN (:pps, :ids) ORDER BY pp, id;

-- thing_lay: do
-- in  pp:int id:int day:date until:date? amount:money
-- in  extra:money? is_open:bool note:text? body:blob?
-- bulk
-- Many rows of every type.
INSERT INTO thing (pp, id, day, until, amount, extra, is_open, note, body)
VALUES (:pp, :id, :day, :until, :amount, :extra, :is_open, :note, :body);

-- thing_note: do
-- in  pp:int id:int note:text? until:date?
-- bulk
-- Writes on things.
UPDATE thing SET note = :note, until = :until WHERE pp = :pp AND id = :id;

-- thing_seal: hash
-- in  pp:int id:int
-- of  thing_lay
-- One thing, every column.
SELECT id, day, until, amount, extra, is_open, note, body FROM thing
WHERE pp = :pp AND id = :id ORDER BY id;
