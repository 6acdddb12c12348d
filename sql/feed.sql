-- feed.sql: what happened, as programs follow it.

-- feed_fresh: many
-- in  most:int
-- out pp:int seq:int last:int
-- across: events of the whole caseload come in one order
-- Families with events that have no number yet: their last event, and the last one numbered.
SELECT f.pp, f.seq, coalesce((SELECT max(d.last) FROM feed d WHERE d.pp = f.pp), 0) AS last
FROM family f
WHERE f.pp > 0 AND f.seq > coalesce((SELECT max(d.last) FROM feed d WHERE d.pp = f.pp), 0)
ORDER BY f.pp LIMIT :most;

-- feed_insert: do
-- in  pp:int number:int first:int last:int
-- Events get their number; another server may have been first.
INSERT INTO feed (pp, number, first, last) VALUES (:pp, :number, :first, :last)
ON CONFLICT (pp, first) DO NOTHING;

-- feed_read: many
-- in  after:int most:int
-- out number:int pp:int first:int last:int ref:text
-- across: events of the whole caseload come in one order
-- What comes after a number.
SELECT d.number, d.pp, d.first, d.last, p.ref FROM feed d
JOIN person p ON p.pp = d.pp AND p.id = d.pp
WHERE d.number > :after ORDER BY d.number, d.pp LIMIT :most;

-- feed_events: many
-- in  pp:int first:int last:int
-- out seq:int day:date verb:text
-- Some events of a family: what was done, and when.
SELECT seq, day, verb FROM event WHERE pp = :pp AND seq >= :first AND seq <= :last ORDER BY seq;
