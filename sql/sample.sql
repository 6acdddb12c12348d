-- sample.sql: decisions that somebody else looks at (app/sample.h).

-- sampling_insert: do
-- in  pp:int event:int before_share:int after_share:int
-- From this event on decisions are picked.
INSERT INTO sampling (pp, event, before_share, after_share)
VALUES (:pp, :event, :before_share, :after_share);

-- sampling_list: many
-- in  pp:int
-- out event:int day:date hash:blob before_share:int after_share:int
-- Since when decisions are picked, and by which seeds and shares, the oldest first.
SELECT s.event, e.day, e.hash, s.before_share, s.after_share
FROM sampling s JOIN event e ON e.pp = s.pp AND e.seq = s.event
WHERE s.pp = :pp ORDER BY s.event;

-- sample_candidates: many
-- in  pps:ints since:date
-- out pp:int event:int day:date hash:blob
-- What was decided in families since a day and is not picked, event by event.
SELECT DISTINCT e.pp, e.seq AS event, e.day, e.hash
FROM decision d JOIN event e ON e.pp = d.pp AND e.seq = d.event
WHERE d.pp IN (:pps) AND e.day >= :since
  AND NOT EXISTS (SELECT 1 FROM step s
                  WHERE s.pp = d.pp AND s.machine = 'sample' AND s.subject = d.event)
ORDER BY e.pp, event;

-- sample_picked: many
-- in  pp:int
-- out event:int picked:int day:date hash:blob actor:text side:text picked_on:date
-- What was picked in a family, the newest decision first: the event that decided, and the one that
-- picked it.
SELECT e.seq AS event, s.event AS picked, e.day, e.hash, e.actor, s.became AS side,
       s.day AS picked_on
FROM step s JOIN event e ON e.pp = s.pp AND e.seq = s.subject
WHERE s.pp = :pp AND s.machine = 'sample' AND s.became IN ('before', 'after')
ORDER BY event DESC;

-- sample_looks: many
-- in  pp:int
-- out event:int decided:int became:text reason:text day:date actor:text weekly:money should:money
-- Who looked at it and what they found.
SELECT k.event, k.decided, s.became, s.reason, s.day, e.actor, k.weekly, k.should
FROM sample_look k
JOIN step s ON s.pp = k.pp AND s.event = k.event AND s.machine = 'sample'
JOIN event e ON e.pp = k.pp AND e.seq = k.event
WHERE k.pp = :pp ORDER BY k.event;

-- sample_look_insert: do
-- in  pp:int event:int decided:int weekly:money should:money
-- Somebody looked.
INSERT INTO sample_look (pp, event, decided, weekly, should)
VALUES (:pp, :event, :decided, :weekly, :should);

-- sample_waiting: many
-- in  first:int most:int
-- out pp:int event:int side:text day:date due:date actor:text kind:text weekly:money
-- across: whoever looks at decisions looks in any family
-- What was picked and waits to be looked at, by its place on the work list: the decision that was
-- ordered comes first in its event.
SELECT c.pp, c.subject AS event, c.kind AS side, e.day, c.due, e.actor, d.kind, d.weekly
FROM clock c
JOIN event e ON e.pp = c.pp AND e.seq = c.subject
JOIN decision d ON d.pp = c.pp AND d.event = c.subject
WHERE c.done_event = 0 AND c.kind IN ('sample_before', 'sample_after')
  AND NOT EXISTS (SELECT 1 FROM decision f
                  WHERE f.pp = d.pp AND f.event = d.event AND f.id < d.id)
ORDER BY c.place, c.pp, c.subject LIMIT :most OFFSET :first;

-- sample_decided: many
-- in  since:date upto:date
-- out day:date number:int
-- across: the rates of the sample are published
-- By how many events something was decided, day by day.
SELECT e.day, count(*) AS number FROM event e
WHERE e.day >= :since AND e.day <= :upto AND e.pp > 0
  AND EXISTS (SELECT 1 FROM decision d WHERE d.pp = e.pp AND d.event = e.seq)
GROUP BY e.day ORDER BY e.day;

-- sample_found: many
-- in  since:date upto:date
-- out day:date side:text found:text number:int weekly:money error:money
-- across: the rates of the sample are published
-- Of what was decided in these days and picked: how much was found how ('': nobody has looked), what
-- it gives a week, and by how much of it that is too much or too little.
SELECT e.day, p.became AS side, coalesce(l.became, '') AS found, count(*) AS number,
       coalesce(sum(k.weekly), 0) AS weekly, coalesce(sum(abs(k.should - k.weekly)), 0) AS error
FROM step p
JOIN event e ON e.pp = p.pp AND e.seq = p.subject
LEFT JOIN step l ON l.pp = p.pp AND l.machine = 'sample' AND l.subject = p.subject
    AND l.event > p.event
LEFT JOIN sample_look k ON k.pp = l.pp AND k.event = l.event
WHERE p.machine = 'sample' AND p.became IN ('before', 'after') AND p.day >= :since
  AND e.day >= :since AND e.day <= :upto
GROUP BY e.day, p.became, coalesce(l.became, '') ORDER BY e.day, side, found;
