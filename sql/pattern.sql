-- pattern.sql: what comes again and again in a family (app/pattern.h, law/safety/patterns.txt).

-- pattern_insert: do
-- in  pp:int event:int rule:text person:int facts:text upto:date
-- bulk
-- A rule found a pattern.
INSERT INTO pattern (pp, event, rule, person, facts, upto)
VALUES (:pp, :event, :rule, :person, :facts, :upto);

-- pattern_list: many
-- in  pp:int
-- out event:int rule:text person:int facts:text upto:date day:date
-- What rules found in a family, the newest first.
SELECT p.event, p.rule, p.person, p.facts, p.upto, e.day
FROM pattern p JOIN event e ON e.pp = p.pp AND e.seq = p.event
WHERE p.pp = :pp ORDER BY p.event DESC;

-- pattern_counted: many
-- in  pps:ints
-- out pp:int rule:text person:int upto:date
-- Up to which day rules have counted in families.
SELECT pp, rule, person, max(upto) AS upto FROM pattern
WHERE pp IN (:pps) GROUP BY pp, rule, person ORDER BY pp, rule, person;

-- A signal is a thing that happened, of the kinds that patterns count: whose doing (person), on which
-- day, about what was due when, how much, and the measure that terms bound.
--
-- late: a missed payment that was made in full; the measure is the days it was late.  The clock of the
-- oldest missed payment is one spell, however many payments it lasted.  What an employer or a benefit
-- office deducts is not the paying parent's to pay.

-- pattern_signs: many
-- in  pps:ints since:date
-- out pp:int signal:text person:int day:date due:date amount:int measure:int
-- What happened in families since a day that patterns count.
SELECT c.pp AS pp, 'late' AS signal, c.pp AS person, e.day AS day, i.due AS due, m.amount AS amount,
       e.day - i.due AS measure
FROM clock c
JOIN missed m ON m.pp = c.pp AND m.instalment = c.subject
JOIN instalment i ON i.pp = c.pp AND i.id = c.subject
JOIN event e ON e.pp = c.pp AND e.seq = c.gone
WHERE c.pp IN (:pps) AND c.kind = 'missed_contact' AND c.gone > 0 AND e.day >= :since
  AND e.verb IN ('receive', 'match', 'day')
  AND NOT EXISTS (SELECT 1 FROM earnings_order o
                  WHERE o.pp = c.pp AND o.starts <= i.due AND NOT EXISTS (
                      SELECT 1 FROM earnings_order n
                      WHERE n.pp = o.pp AND n.id = o.id AND n.ended = 1 AND n.starts <= i.due))
  AND NOT EXISTS (SELECT 1 FROM benefit_request b
                  WHERE b.pp = c.pp AND b.starts <= i.due AND b.ended = 0)
ORDER BY pp, signal, person, day, due;
