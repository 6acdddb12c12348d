-- bank_list.sql: what the bank has not shown yet, line by line (the terms of the night's proof).

-- bank_list_files: many
-- in  until:date
-- out id:int format:text made:date number:int amount:money seen:int
-- across: a file of payments holds lines of many families
-- Files of payments not seen at the bank as one sum, and how many of their lines were seen.
SELECT b.id, b.format, b.made, b.number, b.amount,
       (SELECT count(*) FROM payment_seen s WHERE s.batch = b.id AND s.back = 0) AS seen
FROM pay_batch b
WHERE b.kind = 1 AND b.open = 0 AND b.number > 0 AND b.made <= :until
  AND NOT EXISTS (SELECT 1 FROM payment_seen s WHERE s.batch = b.id AND s.pp = 0)
  AND b.number > (SELECT count(*) FROM payment_seen s WHERE s.batch = b.id AND s.back = 0)
ORDER BY b.id;

-- bank_list_payments: many
-- in  batch:int most:int
-- out pp:int arrangement:int amount:money name:text reference:text
-- across: a file of payments holds lines of many families
-- The lines of a file that were not seen.
SELECT p.pp, p.arrangement, p.amount, p.name, p.reference FROM payment p
WHERE p.batch = :batch AND p.amount > 0
  AND NOT EXISTS (SELECT 1 FROM payment_seen s WHERE s.batch = p.batch AND s.pp = p.pp
                                                 AND s.arrangement = p.arrangement AND s.back = 0)
ORDER BY p.pp, p.arrangement LIMIT :most;

-- bank_list_back: many
-- in  until:date
-- out pp:int batch:int arrangement:int day:date amount:money told_by:text reason:text stated:bool
-- across: banks tell of payments of many families
-- Payments that came back, by the day they were booked, and whether a statement with balances shows
-- it: the line of one without names no account.
SELECT b.pp, b.batch, b.arrangement, v.day, p.amount, b.told_by, b.reason,
       CASE WHEN EXISTS (SELECT 1 FROM payment_seen s WHERE s.batch = b.batch AND s.pp = b.pp
                             AND s.arrangement = b.arrangement AND s.back = 1
                             AND substr(s.line, 1, 1) <> '/') THEN 1 ELSE 0 END AS stated
FROM payment_back b
JOIN pay_batch f ON f.id = b.batch AND f.kind = 1
JOIN payment p ON p.pp = b.pp AND p.batch = b.batch AND p.kind = b.kind
              AND p.arrangement = b.arrangement
JOIN event v ON v.pp = b.pp AND v.seq = b.event
WHERE v.day <= :until ORDER BY v.day, b.pp, b.batch, b.arrangement;

-- bank_list_sent: many
-- in  until:date
-- out day:date amount:money
-- What left in files, by day.
SELECT made AS day, sum(amount) AS amount FROM pay_batch
WHERE kind = 1 AND open = 0 AND number > 0 AND made <= :until GROUP BY made ORDER BY made;

-- bank_list_nights: many
-- out day:date came:money paid:money
-- What each proved day came to at the bank.
SELECT day, came, paid FROM night_bank ORDER BY day;

-- bank_list_collections: many
-- in  until:date
-- out id:int processing:date number:int amount:money
-- across: a statement names a file of collections by its number alone
-- Files of collections that were booked and whose money is on no statement.
SELECT b.id, b.processing, b.number, b.amount FROM pay_batch b
WHERE b.kind = 2 AND b.settled = 1 AND b.amount > 0 AND b.processing <= :until
  AND NOT EXISTS (SELECT 1 FROM payment_seen s WHERE s.batch = b.id AND s.pp = 0)
ORDER BY b.id;

-- bank_list_accounts: many
-- out account:text first:date
-- The accounts that statements with balances are read of, and the day of the first.
SELECT account, min(day) AS first FROM bank_statement GROUP BY account ORDER BY account;

-- bank_list_receipts: each
-- in  from:date until:date
-- out pp:int id:int bank_ref:text booked:date amount:money payer_name:text day:date
-- across: the proof is of all that came in
-- Receipts and those taken back, by the days they were recorded on.
SELECT r.pp, r.id, r.bank_ref, r.booked, r.amount, r.payer_name, v.day
FROM (SELECT f.pp, coalesce((SELECT x.id FROM receipt x JOIN event y ON y.pp = x.pp AND y.seq = x.event
                             WHERE x.pp = f.pp AND y.day < :from ORDER BY x.id DESC LIMIT 1), 0) AS before
      FROM family f WHERE f.day >= :from GROUP BY f.pp) t CROSS JOIN receipt r CROSS JOIN event v
WHERE r.pp = t.pp AND r.id > t.before AND v.pp = r.pp AND v.seq = r.event AND v.day >= :from AND v.day <= :until
  AND r.origin = 0
ORDER BY r.pp, r.id;
