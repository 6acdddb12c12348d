-- pay.sql: files of payments and collections, and what came of their lines.

-- pay_batch_insert: one
-- in  kind:int format:text made:date processing:date
-- out id:int
-- Begins a file.
INSERT INTO pay_batch (id, kind, format, made, processing, open, settled, number, amount, digest)
SELECT coalesce(max(id), 0) + 1, :kind, :format, :made, :processing, 1, 0, 0, 0, '' FROM pay_batch
RETURNING id;

-- pay_batch_close: do
-- in  id:int number:int amount:money
-- Everything that goes into a file has been found.
UPDATE pay_batch SET open = 0, number = :number, amount = :amount WHERE id = :id AND open = 1;

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
-- The newest file of a kind that has something in it, or is still being put together.
SELECT id, open, made, format FROM pay_batch
WHERE kind = :kind AND (open = 1 OR number > 0) ORDER BY id DESC LIMIT 1;

-- pay_batch_unwritten: one
-- in  kind:int
-- out id:int
-- The oldest file of a kind that was found whole and never was on the disk.
SELECT id FROM pay_batch WHERE kind = :kind AND open = 0 AND number > 0 AND digest = ''
ORDER BY id LIMIT 1;

-- pay_batch_by_digest: one
-- in  kind:int digest:text
-- out id:int made:date
-- The file whose bytes these are.
SELECT id, made FROM pay_batch WHERE kind = :kind AND digest = :digest ORDER BY id DESC LIMIT 1;

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

-- debit_again_insert: do
-- in  pp:int event:int batch:int kind:int day:date due:date amount:money why:text
-- bulk
-- A collection is to be presented once more.
INSERT INTO debit_again (pp, event, batch, kind, day, due, amount, why)
VALUES (:pp, :event, :batch, :kind, :day, :due, :amount, :why);

-- debit_again_list: many
-- in  pps:ints
-- out pp:int event:int batch:int kind:int day:date due:date amount:money done:int
-- What was to be presented once more, and whether a file has taken it up since.
SELECT a.pp, a.event, a.batch, a.kind, a.day, a.due, a.amount,
       (SELECT count(*) FROM payment p WHERE p.pp = a.pp AND p.kind = 7 AND p.event > a.event)
           AS done
FROM debit_again a WHERE a.pp IN (:pps) ORDER BY a.pp, a.event;

-- debit_notice_insert: do
-- in  pp:int event:int due_from:date day:date amount:money earliest:date
-- bulk
-- Notice of what will be collected.
INSERT INTO debit_notice (pp, event, due_from, day, amount, earliest)
VALUES (:pp, :event, :due_from, :day, :amount, :earliest);

-- payment_sums: one
-- in  batch:int
-- out number:int amount:money
-- across: a file holds lines of many families
-- How many lines a file has, and how much.
SELECT count(*) AS number, coalesce(sum(amount), 0) AS amount FROM payment
WHERE batch = :batch AND (amount > 0 OR kind IN (2, 3));

-- payment_of_batch: each
-- in  batch:int
-- out pp:int kind:int arrangement:int amount:money processing:date sort_code:text account:text name:text reference:text
-- across: a file holds lines of many families
-- The lines of a file in the order in which they are written: days, then families.
SELECT pp, kind, arrangement, amount, processing, sort_code, account, name, reference FROM payment
WHERE batch = :batch AND (amount > 0 OR kind IN (2, 3))
ORDER BY processing, kind, pp, arrangement;

-- payment_by_reference: many
-- in  reference:text processing:date
-- out pp:int batch:int kind:int arrangement:int amount:money
-- across: Bacs names a payment by its reference and its day
-- The lines a report can mean.
SELECT pp, batch, kind, arrangement, amount FROM payment
WHERE reference = :reference AND processing = :processing ORDER BY pp, batch, kind, arrangement;

-- payment_sent_alike: many
-- in  references:texts amount:money until:date
-- out pp:int batch:int arrangement:int made:date told:date? line:text
-- across: a statement names a payment that came back by its reference alone
-- Payments out of an amount with one of these references, sent by a day; the day on which somebody
-- told that one came back, and the statement's line that shows it.
SELECT p.pp, p.batch, p.arrangement, f.made, b.day AS told, coalesce(s.line, '') AS line
FROM payment p JOIN pay_batch f ON f.id = p.batch
LEFT JOIN payment_back b ON b.pp = p.pp AND b.batch = p.batch AND b.kind = p.kind
                        AND b.arrangement = p.arrangement
LEFT JOIN payment_seen s ON s.batch = p.batch AND s.pp = p.pp AND s.arrangement = p.arrangement
                        AND s.back = 1
WHERE p.reference IN (:references) AND p.amount = :amount AND p.kind IN (1, 6)
  AND f.open = 0 AND f.made <= :until
ORDER BY f.made, p.batch, p.pp, p.arrangement;

-- payment_get: one
-- in  pp:int batch:int kind:int arrangement:int
-- out event:int amount:money processing:date reference:text name:text
-- One line of a file.
SELECT event, amount, processing, reference, name FROM payment
WHERE pp = :pp AND batch = :batch AND kind = :kind AND arrangement = :arrangement;

-- payment_list: many
-- in  pp:int
-- out batch:int kind:int arrangement:int amount:money processing:date due:date name:text back:text?
-- All lines of a family, newest first, and why those came back that did.
SELECT p.batch, p.kind, p.arrangement, p.amount, p.processing, p.due, p.name, b.reason AS back
FROM payment p LEFT JOIN payment_back b ON b.pp = p.pp AND b.batch = p.batch AND b.kind = p.kind
                                       AND b.arrangement = p.arrangement
WHERE p.pp = :pp ORDER BY p.batch DESC, p.kind, p.arrangement;

-- collected_list: many
-- in  pps:ints
-- out pp:int due:date?
-- The last due day of each family that a collection was made for.
SELECT pp, max(due) AS due FROM payment WHERE pp IN (:pps) AND kind IN (4, 5, 7) GROUP BY pp ORDER BY pp;

-- instruction_list: many
-- in  pps:ints
-- out pp:int day:date state:text sort_code:text account:text name:text why:text
-- How Direct Debit instructions stood, the newest of a family last.
SELECT pp, day, state, sort_code, account, name, why FROM instruction
WHERE pp IN (:pps) ORDER BY pp, event;

-- debit_notice_list: many
-- in  pps:ints
-- out pp:int due_from:date day:date amount:money earliest:date
-- Notices given, the newest of a family last.
SELECT pp, due_from, day, amount, earliest FROM debit_notice
WHERE pp IN (:pps) ORDER BY pp, due_from, event;

-- payment_debits: many
-- in  batch:int after:int after_kind:int most:int
-- out pp:int kind:int amount:money processing:date sort_code:text account:text name:text reference:text
-- across: a file holds lines of many families
-- Collections of a file, family by family.
SELECT pp, kind, amount, processing, sort_code, account, name, reference FROM payment
WHERE batch = :batch AND kind IN (4, 5, 7) AND amount > 0
  AND (pp > :after OR (pp = :after AND kind > :after_kind)) ORDER BY pp, kind LIMIT :most;

-- debit_unbooked: many
-- in  until:date most:int
-- out pp:int ref:text given:text family:text batch:int processing:date amount:money changed:date
-- across: what was left over is looked for in the whole caseload
-- Collections that the run of their day, or of a later one, could not book; the oldest first.
SELECT p.pp, n.ref, n.given, n.family, p.batch, p.processing, p.amount, f.day AS changed
FROM payment p JOIN pay_batch b ON b.id = p.batch
     JOIN person n ON n.pp = p.pp AND n.id = p.pp JOIN family f ON f.pp = p.pp
WHERE b.kind = 2 AND b.open = 0 AND b.settled = 0 AND b.processing <= :until
  AND p.kind IN (4, 5, 7) AND p.amount > 0
  AND NOT EXISTS (SELECT 1 FROM bank_line l
                  WHERE l.bank_ref = 'direct-debit/DD ' || p.batch || '/' || p.pp
                        || CASE WHEN p.kind = 7 THEN ' again' ELSE '' END)
ORDER BY p.processing, p.pp, p.batch, p.kind LIMIT :most;

-- debit_unbooked_sum: one
-- in  until:date
-- out number:int amount:money
-- across: what was left over is looked for in the whole caseload
-- How many debit_unbooked would find, and how much.
SELECT count(*) AS number, coalesce(sum(p.amount), 0) AS amount FROM payment p JOIN pay_batch b ON b.id = p.batch
WHERE b.kind = 2 AND b.open = 0 AND b.settled = 0 AND b.processing <= :until
  AND p.kind IN (4, 5, 7) AND p.amount > 0
  AND NOT EXISTS (SELECT 1 FROM bank_line l
                  WHERE l.bank_ref = 'direct-debit/DD ' || p.batch || '/' || p.pp
                        || CASE WHEN p.kind = 7 THEN ' again' ELSE '' END);

-- debit_receipt_list: many
-- in  pps:ints since:date
-- out pp:int id:int booked:date
-- Collections by Direct Debit booked since a day, which a bank may still report unpaid.
SELECT pp, id, booked FROM receipt
WHERE pp IN (:pps) AND booked >= :since AND amount > 0 AND substr(bank_ref, 1, 13) = 'direct-debit/'
ORDER BY pp, id;

-- instruction_families: many
-- in  after:int most:int
-- out pp:int
-- across: the run of collections takes the families that have an instruction, chunk by chunk
-- Families that ever had a Direct Debit instruction.
SELECT DISTINCT pp FROM instruction WHERE pp > :after ORDER BY pp LIMIT :most;

-- family_holding: many
-- in  after:int most:int
-- out pp:int
-- across: the file of payments takes the families in which money can be on its way, chunk by chunk
-- Families in which something may wait to be paid out.
SELECT pp FROM family WHERE pp > :after AND holds = 1 ORDER BY pp LIMIT :most;
