-- pay.sql: files of payments and collections, and what came of their lines.

-- pay_batch_insert: one
-- in  kind:int format:text made:date processing:date
-- out id:int
-- Begins a file.
INSERT INTO pay_batch (kind, format, made, processing, open, settled, number, amount, digest)
VALUES (:kind, :format, :made, :processing, 1, 0, 0, 0, '') RETURNING id;

-- pay_batch_close: do
-- in  id:int number:int amount:money
-- Everything that goes into a file has been found.
UPDATE pay_batch SET open = 0, number = :number, amount = :amount WHERE id = :id AND open = 1;

-- pay_batch_drop: do
-- in  id:int
-- across: a file holds lines of many families
-- Nothing was found for a file: there is none.
DELETE FROM pay_batch WHERE id = :id AND number = 0
  AND NOT EXISTS (SELECT 1 FROM payment WHERE batch = pay_batch.id);

-- pay_batch_digest: do
-- in  id:int digest:text
-- A file has been written: every later writing must give the same.
UPDATE pay_batch SET digest = :digest WHERE id = :id AND digest = '';

-- pay_batch_settle: do
-- in  id:int
-- The collections of a file have been booked.
UPDATE pay_batch SET settled = 1 WHERE id = :id;

-- pay_batch_get: one
-- in  id:int
-- out kind:int format:text made:date processing:date open:bool settled:bool number:int amount:money digest:text
-- One file.
SELECT kind, format, made, processing, open, settled, number, amount, digest
FROM pay_batch WHERE id = :id;

-- pay_batch_last: one
-- in  kind:int
-- out id:int open:bool made:date format:text
-- The newest file of a kind.
SELECT id, open, made, format FROM pay_batch WHERE kind = :kind ORDER BY id DESC LIMIT 1;

-- pay_batch_unsettled: many
-- in  today:date
-- out id:int processing:date
-- Files of collections whose day has come and which are not booked.
SELECT id, processing FROM pay_batch
WHERE kind = 2 AND open = 0 AND settled = 0 AND processing <= :today ORDER BY id;

-- payment_insert: do
-- in  pp:int batch:int kind:int arrangement:int event:int amount:money processing:date due:date
-- in  sort_code:text account:text name:text reference:text
-- bulk
-- A line of a file.
INSERT INTO payment (pp, batch, kind, arrangement, event, amount, processing, due, sort_code,
                     account, name, reference)
VALUES (:pp, :batch, :kind, :arrangement, :event, :amount, :processing, :due, :sort_code, :account,
        :name, :reference);

-- payment_back_insert: do
-- in  pp:int batch:int kind:int arrangement:int event:int day:date told_by:text reason:text
-- bulk
-- A payment or collection came back.
INSERT INTO payment_back (pp, batch, kind, arrangement, event, day, told_by, reason)
VALUES (:pp, :batch, :kind, :arrangement, :event, :day, :told_by, :reason);

-- instruction_insert: do
-- in  pp:int event:int day:date state:text sort_code:text account:text name:text why:text
-- bulk
-- How a Direct Debit instruction stands from now on.
INSERT INTO instruction (pp, event, day, state, sort_code, account, name, why)
VALUES (:pp, :event, :day, :state, :sort_code, :account, :name, :why);

-- debit_notice_insert: do
-- in  pp:int event:int day:date amount:money earliest:date
-- bulk
-- Notice of what will be collected.
INSERT INTO debit_notice (pp, event, day, amount, earliest)
VALUES (:pp, :event, :day, :amount, :earliest);

-- payment_sums: one
-- in  batch:int
-- out number:int amount:money
-- across: a file holds lines of many families
-- How many lines a file has, and how much.
SELECT count(*) AS number, coalesce(sum(amount), 0) AS amount FROM payment WHERE batch = :batch;

-- payment_of_batch: each
-- in  batch:int
-- out pp:int kind:int arrangement:int amount:money processing:date sort_code:text account:text name:text reference:text
-- across: a file holds lines of many families
-- The lines of a file in the order in which they are written: days, then families.
SELECT pp, kind, arrangement, amount, processing, sort_code, account, name, reference FROM payment
WHERE batch = :batch ORDER BY processing, kind, pp, arrangement;

-- payment_by_reference: many
-- in  reference:text processing:date
-- out pp:int batch:int kind:int arrangement:int amount:money
-- across: Bacs names a payment by its reference and its day
-- The lines a report can mean.
SELECT pp, batch, kind, arrangement, amount FROM payment
WHERE reference = :reference AND processing = :processing ORDER BY pp, batch, kind, arrangement;

-- payment_get: one
-- in  pp:int batch:int kind:int arrangement:int
-- out amount:money processing:date reference:text name:text
-- One line of a file.
SELECT amount, processing, reference, name FROM payment
WHERE pp = :pp AND batch = :batch AND kind = :kind AND arrangement = :arrangement;

-- payment_back_get: one
-- in  pp:int batch:int kind:int arrangement:int
-- out event:int
-- Whether it came back before.
SELECT event FROM payment_back
WHERE pp = :pp AND batch = :batch AND kind = :kind AND arrangement = :arrangement;

-- payment_list: many
-- in  pp:int
-- out batch:int kind:int arrangement:int amount:money processing:date due:date name:text back:text?
-- All lines of a family, newest first, and why those came back that did.
SELECT p.batch, p.kind, p.arrangement, p.amount, p.processing, p.due, p.name, b.reason AS back
FROM payment p LEFT JOIN payment_back b ON b.pp = p.pp AND b.batch = p.batch AND b.kind = p.kind
                                       AND b.arrangement = p.arrangement
WHERE p.pp = :pp ORDER BY p.batch DESC, p.kind, p.arrangement;

-- collected_to: one
-- in  pp:int
-- out due:date?
-- The last due day that a collection was made for.
SELECT max(due) AS due FROM payment WHERE pp = :pp AND kind >= 4;

-- instruction_last: one
-- in  pp:int
-- out day:date state:text sort_code:text account:text name:text why:text
-- How a Direct Debit instruction stands.
SELECT day, state, sort_code, account, name, why FROM instruction
WHERE pp = :pp ORDER BY event DESC LIMIT 1;

-- instruction_lodged_first: one
-- in  pp:int
-- out number:int
-- How many collections were made since the instruction was lodged.
SELECT count(*) AS number FROM payment p
WHERE p.pp = :pp AND p.kind >= 4
  AND p.event > (SELECT coalesce(max(i.event), 0) FROM instruction i
                 WHERE i.pp = :pp AND i.state = 'lodged');

-- instruction_families: many
-- in  after:int most:int
-- out pp:int
-- across: the run of collections takes the families that have an instruction, chunk by chunk
-- Families that ever had a Direct Debit instruction.
SELECT DISTINCT pp FROM instruction WHERE pp > :after ORDER BY pp LIMIT :most;

-- debit_notice_last: one
-- in  pp:int
-- out day:date amount:money earliest:date
-- The newest notice.
SELECT day, amount, earliest FROM debit_notice WHERE pp = :pp ORDER BY event DESC LIMIT 1;

-- family_holding: many
-- in  after:int most:int
-- out pp:int
-- across: the file of payments takes the families in which money can be on its way, chunk by chunk
-- Families whose money is not closed.
SELECT pp FROM family WHERE pp > :after AND entry_last > entry_closed ORDER BY pp LIMIT :most;
