-- bank.sql: what bank statements say, held against the ledger.

-- receipts_came: many
-- in  from:date to:date
-- out day:date amount:money
-- across: the proof is of all that came in
-- Receipts less those taken back, by the day they were recorded; what was found in suspense is not
-- counted again.
SELECT v.day AS day, sum(r.amount) AS amount
FROM (SELECT f.pp, coalesce((SELECT x.id FROM receipt x JOIN event y ON y.pp = x.pp AND y.seq = x.event
                             WHERE x.pp = f.pp AND y.day < :from ORDER BY x.id DESC LIMIT 1), 0) AS before
      FROM family f WHERE f.day >= :from GROUP BY f.pp) t CROSS JOIN receipt r CROSS JOIN event v
WHERE r.pp = t.pp AND r.id > t.before AND v.pp = r.pp AND v.seq = r.event AND v.day >= :from AND v.day <= :to
  AND r.origin = 0
GROUP BY v.day ORDER BY v.day;

-- receipts_of_account: one
-- in  from:date to:date prefix:text length:int
-- out amount:money
-- across: an account's statement holds lines of many families
-- The same of one account of ours, whose lines' references begin so.
SELECT coalesce(sum(r.amount), 0) AS amount
FROM (SELECT f.pp, coalesce((SELECT x.id FROM receipt x JOIN event y ON y.pp = x.pp AND y.seq = x.event
                             WHERE x.pp = f.pp AND y.day < :from ORDER BY x.id DESC LIMIT 1), 0) AS before
      FROM family f WHERE f.day >= :from GROUP BY f.pp) t CROSS JOIN receipt r CROSS JOIN event v
WHERE r.pp = t.pp AND r.id > t.before AND v.pp = r.pp AND v.seq = r.event AND v.day >= :from AND v.day <= :to
  AND r.origin = 0 AND substr(r.bank_ref, 1, CAST(:length AS INTEGER)) = :prefix;

-- bank_statement_put: do
-- in  account:text id:text older:bool day:date opening:money closing:money receipts:money paid:money collections:money others:money faulty:money
-- A bank's statement of an account was read, the newest or (older) one from before the first; read
-- again, its lines may by now be known better.
INSERT INTO bank_statement (account, id, place, day, opening, closing, receipts, paid, collections,
                            others, faulty)
SELECT :account, :id, coalesce(CASE WHEN :older = 1 THEN min(place) - 1 ELSE max(place) + 1 END, 1), :day, :opening, :closing, :receipts, :paid,
       :collections, :others, :faulty
FROM bank_statement WHERE account = :account
ON CONFLICT (account, id) DO UPDATE SET receipts = excluded.receipts, paid = excluded.paid,
    collections = excluded.collections, others = excluded.others, faulty = excluded.faulty;

-- bank_statement_get: one
-- in  account:text id:text
-- out opening:money closing:money receipts:money
-- A statement that was read before.
SELECT opening, closing, receipts FROM bank_statement WHERE account = :account AND id = :id;

-- bank_statement_last: one
-- in  account:text
-- out id:text closing:money
-- The statement of an account that was read last.
SELECT id, closing FROM bank_statement WHERE account = :account ORDER BY place DESC LIMIT 1;

-- bank_statement_first: one
-- in  account:text
-- out id:text opening:money
-- The oldest statement of an account that was read.
SELECT id, opening FROM bank_statement WHERE account = :account ORDER BY place LIMIT 1;

-- bank_lines_shown: many
-- in  refs:texts
-- out bank_ref:text statement:text
-- Which lines statements with balances showed, and which of them first.
SELECT bank_ref, statement FROM bank_line_shown WHERE bank_ref IN (:refs) ORDER BY bank_ref;

-- bank_line_show: do
-- in  bank_ref:text statement:text
-- bulk
-- A statement with balances shows a receipt for the first time.
INSERT INTO bank_line_shown (bank_ref, statement) VALUES (:bank_ref, :statement);

-- bank_statement_wrong: many
-- out account:text id:text amount:money
-- Statements whose balances are not what their lines come to, and by how much.
SELECT account, id, closing - opening - receipts + paid - collections - others - faulty AS amount
FROM bank_statement
WHERE opening + receipts - paid + collections + others + faulty <> closing ORDER BY account, place;

-- bank_statement_unbooked: many
-- out account:text id:text amount:money
-- Accounts whose statements have other receipts than were booked from them, with the newest one.
SELECT b.account, b.id, (SELECT sum(s.receipts) FROM bank_statement s WHERE s.account = b.account)
    - coalesce((SELECT sum(k.stated) FROM bank_booked k WHERE k.account = b.account), 0) AS amount
FROM bank_statement b
WHERE b.place = (SELECT max(n.place) FROM bank_statement n WHERE n.account = b.account)
  AND (SELECT sum(s.receipts) FROM bank_statement s WHERE s.account = b.account)
   <> coalesce((SELECT sum(k.stated) FROM bank_booked k WHERE k.account = b.account), 0)
ORDER BY b.account;

-- bank_booked_get: one
-- in  account:text day:date
-- out amount:money
-- What files brought on a day.
SELECT amount FROM bank_booked WHERE account = :account AND day = :day;

-- bank_booked_add: do
-- in  account:text day:date amount:money stated:money
-- A file brought more.
INSERT INTO bank_booked (account, day, amount, stated)
VALUES (:account, :day, :amount, :stated)
ON CONFLICT (account, day) DO UPDATE SET amount = bank_booked.amount + excluded.amount,
    stated = bank_booked.stated + excluded.stated;

-- bank_booked_list: many
-- in  from:date to:date
-- out account:text day:date amount:money
-- What files brought on days.
SELECT account, day, amount FROM bank_booked WHERE day >= :from AND day <= :to
ORDER BY account, day;

-- payment_seen_put: do
-- in  batch:int pp:int arrangement:int back:bool line:text
-- A payment of ours is on a statement, going out or coming back: each once only.
INSERT INTO payment_seen (batch, pp, arrangement, back, line)
VALUES (:batch, :pp, :arrangement, :back, :line)
ON CONFLICT (batch, pp, arrangement, back) DO NOTHING;

-- payment_seen_get: one
-- in  batch:int pp:int arrangement:int back:bool
-- out line:text
-- across: a statement names a payment by its number alone
-- On which line a payment of ours was seen, going out or coming back.
SELECT line FROM payment_seen
WHERE batch = :batch AND pp = :pp AND arrangement = :arrangement AND back = :back;

-- night_bank_clear: do
-- in  from:date to:date
-- Days that are proved once more.
DELETE FROM night_bank WHERE day >= :from AND day <= :to;

-- night_bank_add: do
-- in  day:date came:money paid:money
-- What a proved day came to at the bank.
INSERT INTO night_bank (day, came, paid) VALUES (:day, :came, :paid)
ON CONFLICT (day) DO UPDATE SET came = night_bank.came + excluded.came,
    paid = night_bank.paid + excluded.paid;

-- night_bank_sums: one
-- out came:money paid:money
-- What all proved days came to at the bank.
SELECT coalesce(sum(came), 0) AS came, coalesce(sum(paid), 0) AS paid FROM night_bank;

-- bank_statement_sums: one
-- out number:int moved:money receipts:money paid:money collections:money others:money faulty:money
-- All statements: from each account's first opening to its last closing balance, and the lines.
SELECT count(*) AS number,
       coalesce(sum(CASE WHEN b.place = (SELECT max(n.place) FROM bank_statement n
                                         WHERE n.account = b.account) THEN b.closing ELSE 0 END
                    - CASE WHEN b.place = (SELECT min(o.place) FROM bank_statement o
                                              WHERE o.account = b.account) THEN b.opening ELSE 0 END), 0) AS moved,
       coalesce(sum(b.receipts), 0) AS receipts, coalesce(sum(b.paid), 0) AS paid,
       coalesce(sum(b.collections), 0) AS collections, coalesce(sum(b.others), 0) AS others,
       coalesce(sum(b.faulty), 0) AS faulty
FROM bank_statement b;
