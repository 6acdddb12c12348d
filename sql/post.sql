-- post.sql: letters leave the house in a file a day, and what becomes of them.

-- post_batch_insert: one
-- in  made:date
-- out id:int
-- A new day's file.
INSERT INTO post_batch (id, made, stage, number)
SELECT coalesce(max(id), 0) + 1, :made, 1, 0 FROM post_batch
RETURNING id;

-- post_batch_get: one
-- in  id:int
-- out id:int made:date stage:int number:int
-- One day's file.
SELECT id, made, stage, number FROM post_batch WHERE id = :id;

-- post_batch_open: one
-- out id:int made:date stage:int number:int
-- The file that was begun and not finished.
SELECT id, made, stage, number FROM post_batch WHERE stage < 3 ORDER BY id LIMIT 1;

-- post_batch_stage: do
-- in  id:int stage:int
-- across: a file is of all families
-- A file goes on: its letters are chosen; it is written.  It says how many it has.
UPDATE post_batch
SET stage = :stage, number = (SELECT count(*) FROM post_item i WHERE i.batch = :id)
WHERE id = :id AND stage = :stage - 1;

-- post_batch_drop: do
-- in  id:int
-- Nothing came into a file.
DELETE FROM post_batch WHERE id = :id AND stage < 3;

-- post_item_insert: do
-- in  pp:int batch:int item:int event:int letter:int large:bool way:text
-- bulk
-- A letter goes into a file.
INSERT INTO post_item (pp, batch, item, event, letter, large, way)
VALUES (:pp, :batch, :item, :event, :letter, :large, :way);

-- post_item_list: many
-- in  batch:int after:int most:int
-- out pp:int item:int event:int letter:int large:bool way:text
-- across: a file is of all families
-- The letters of a file, from one on.
SELECT pp, item, event, letter, large, way FROM post_item
WHERE batch = :batch AND item > :after ORDER BY item LIMIT :most;

-- post_item_find: many
-- in  batch:int item:int
-- out pp:int letter:int event:int newest:int
-- across: an answer has the file's number alone
-- Which letter a number of a file is; newest: the event by which that letter last went out.
SELECT i.pp, i.letter, i.event,
       (SELECT max(n.event) FROM post_item n WHERE n.pp = i.pp AND n.letter = i.letter) AS newest
FROM post_item i WHERE i.batch = :batch AND i.item = :item ORDER BY i.pp;

-- post_item_of: many
-- in  pp:int
-- out batch:int item:int event:int letter:int large:bool way:text made:date
-- A family's letters in files, the oldest first.
SELECT i.batch, i.item, i.event, i.letter, i.large, i.way, b.made
FROM post_item i JOIN post_batch b ON b.id = i.batch
WHERE i.pp = :pp ORDER BY i.event, i.batch, i.item;

-- post_waiting: many
-- in  after:int most:int
-- out pp:int
-- across: the day's file is of all families
-- Families with letters to be sent.
SELECT DISTINCT pp FROM letter
WHERE state IN ('waiting', 'kept') AND refused IS NULL AND pp > :after ORDER BY pp LIMIT :most;

-- post_back: many
-- in  person:int
-- out pp:int letter:int event:int way:text made:date
-- across: a person may be of several families, and lives at one address
-- Letters to a person that came back and nobody has looked at, as they last went out.
SELECT l.pp, l.id AS letter, i.event, i.way, b.made
FROM letter l
JOIN post_item i ON i.pp = l.pp AND i.letter = l.id
JOIN post_batch b ON b.id = i.batch
WHERE l.person = :person AND l.state = 'returned'
  AND NOT EXISTS (SELECT 1 FROM post_item n WHERE n.pp = i.pp AND n.letter = i.letter
                  AND n.event > i.event)
ORDER BY l.pp, l.id;

-- letter_state: do
-- in  pp:int id:int state:text
-- A letter goes on its way.
UPDATE letter SET state = :state WHERE pp = :pp AND id = :id;
