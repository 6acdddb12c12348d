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
-- Of payments to us those of one day to several receiving parents are one.
--
-- late: a missed payment that was made in full; the measure is the days it was late.  The clock of the
-- oldest missed payment is one spell, however many payments it lasted.
-- short: a payment of which a part was missing on its day; the measure is what that day added to what
-- was missing before, in per cent: money goes to the oldest debt, so that a part that is always left
-- out grows from day to day.
-- Of both: what an employer or a benefit office deducts is not the paying parent's to pay.
-- said_paid, said_unpaid: under Direct Pay it was found that less, or more, was paid than that parent
-- said.
-- declined: a change was not accepted, or a decision not revised.
-- told: a change that would change the amount was told.
-- income_fell: a decision on the income now rests on less than the decision before; in per cent.
-- left_job: an employer said that they are not, or no longer, employed there; days after the order.
-- withdrew: a receiving parent withdrew, stopped, or went over to being paid directly.

-- pattern_money: many
-- in  pps:ints since:date
-- out pp:int signal:text person:int day:date due:date amount:int measure:int
-- What became since a day of payments to us of families, for patterns to count.
SELECT s.pp, s.signal, s.person, s.day, s.due, s.amount, s.measure FROM (
    SELECT c.pp AS pp, 'late' AS signal, c.pp AS person, e.day AS day, i.due AS due,
           sum(m.amount) AS amount, e.day - i.due AS measure
    FROM clock c
    JOIN missed m ON m.pp = c.pp AND m.instalment = c.subject
    JOIN instalment i ON i.pp = c.pp AND i.id = c.subject
    JOIN event e ON e.pp = c.pp AND e.seq = c.gone
    WHERE c.pp IN (:pps) AND c.kind = 'missed_contact' AND c.gone > 0 AND e.day >= :since
      AND e.verb IN ('receive', 'match', 'day')
    GROUP BY c.pp, e.day, i.due
    UNION ALL
    SELECT m.pp AS pp, 'short' AS signal, m.pp AS person, m.found_on AS day, m.due AS due,
           sum(m.amount) AS amount,
           max((m.amount - CASE WHEN m.earlier < m.amount THEN m.earlier ELSE 0 END) * 100 / m.whole)
               AS measure
    FROM (SELECT x.pp AS pp, x.found_on AS found_on, i.due AS due, x.amount AS amount,
                 i.amount AS whole,
                 lag(x.amount) OVER (PARTITION BY x.pp, i.arrangement ORDER BY i.due) AS earlier
          FROM missed x JOIN instalment i ON i.pp = x.pp AND i.id = x.instalment
          WHERE x.pp IN (:pps)) m
    WHERE m.found_on >= :since AND m.amount < m.whole
    GROUP BY m.pp, m.found_on, m.due) s
WHERE NOT EXISTS (SELECT 1 FROM earnings_order o
                  WHERE o.pp = s.pp AND o.starts <= s.due AND NOT EXISTS (
                      SELECT 1 FROM earnings_order n
                      WHERE n.pp = o.pp AND n.id = o.id AND n.ended = 1 AND n.starts <= s.due))
  AND NOT EXISTS (SELECT 1 FROM benefit_request b
                  WHERE b.pp = s.pp AND b.starts <= s.due AND b.ended = 0)
ORDER BY s.pp, s.signal, s.person, s.day, s.due;

-- pattern_signs: many
-- in  pps:ints since:date
-- out pp:int signal:text person:int day:date due:date amount:int measure:int
-- The rest of what patterns count, in families since a day.
SELECT f.pp AS pp, 'said_paid' AS signal, f.pp AS person, e.day AS day, f.due AS due,
       s.paid - f.paid AS amount, 0 AS measure
FROM direct_payment f
JOIN event e ON e.pp = f.pp AND e.seq = f.event
JOIN direct_payment s ON s.pp = f.pp AND s.arrangement = f.arrangement AND s.due = f.due
WHERE f.pp IN (:pps) AND f.teller = 'found' AND s.teller = 'paying' AND e.day >= :since
  AND s.paid > f.paid AND NOT EXISTS (
      SELECT 1 FROM direct_payment n
      WHERE n.pp = f.pp AND n.arrangement = f.arrangement AND n.due = f.due
        AND ((n.teller = 'found' AND n.event > f.event) OR
             (n.teller = 'paying' AND n.event > s.event)))
UNION ALL
SELECT f.pp AS pp, 'said_unpaid' AS signal, a.rp AS person, e.day AS day, f.due AS due,
       f.paid - s.paid AS amount, 0 AS measure
FROM direct_payment f
JOIN event e ON e.pp = f.pp AND e.seq = f.event
JOIN arrangement a ON a.pp = f.pp AND a.id = f.arrangement
JOIN direct_payment s ON s.pp = f.pp AND s.arrangement = f.arrangement AND s.due = f.due
WHERE f.pp IN (:pps) AND f.teller = 'found' AND s.teller = 'receiving' AND e.day >= :since
  AND s.paid < f.paid AND NOT EXISTS (
      SELECT 1 FROM direct_payment n
      WHERE n.pp = f.pp AND n.arrangement = f.arrangement AND n.due = f.due
        AND ((n.teller = 'found' AND n.event > f.event) OR
             (n.teller = 'receiving' AND n.event > s.event)))
UNION ALL
SELECT s.pp AS pp, 'declined' AS signal, q.person AS person, s.day AS day, q.day AS due,
       0 AS amount, 0 AS measure
FROM step s
JOIN asking q ON q.pp = s.pp AND q.event = s.subject AND q.machine = s.machine
WHERE s.pp IN (:pps) AND s.machine IN ('change_report', 'reconsideration')
  AND s.became IN ('declined', 'refused') AND s.day >= :since
UNION ALL
SELECT q.pp AS pp, 'told' AS signal, q.person AS person, q.day AS day, q.happened_on AS due,
       0 AS amount, q.day - q.happened_on AS measure
FROM asking q
WHERE q.pp IN (:pps) AND q.machine = 'change_report' AND q.day >= :since
  AND q.topic IN ('income', 'nights', 'pension', 'equal_care', 'circumstance', 'costs_contact',
                  'costs_illness', 'costs_debts', 'costs_school', 'costs_mortgage', 'their_money')
UNION ALL
SELECT n.pp AS pp, 'left_job' AS signal, n.pp AS person, e.day AS day, o.made AS due,
       0 AS amount, e.day - o.made AS measure
FROM employer_notice n
JOIN event e ON e.pp = n.pp AND e.seq = n.event
JOIN earnings_order o ON o.pp = n.pp AND o.id = n.id
WHERE n.pp IN (:pps) AND n.kind IN ('left', 'not_employed') AND e.day >= :since
  AND NOT EXISTS (SELECT 1 FROM earnings_order x
                  WHERE x.pp = o.pp AND x.id = o.id AND x.event < o.event)
  AND NOT EXISTS (SELECT 1 FROM employer_notice x
                  WHERE x.pp = n.pp AND x.id = n.id AND x.kind IN ('left', 'not_employed')
                    AND x.event < n.event)
UNION ALL
SELECT s.pp AS pp, 'withdrew' AS signal, a.rp AS person, s.day AS day, s.day AS due,
       0 AS amount, 0 AS measure
FROM step s
JOIN arrangement a ON a.pp = s.pp AND a.id = s.subject
WHERE s.pp IN (:pps) AND s.machine = 'case_service' AND s.day >= :since
  AND s.happening IN ('withdraw', 'ask_stop', 'receiving_asks_direct', 'agree_themselves')
  AND s.asked_by = 'the receiving parent'
UNION ALL
SELECT d.pp AS pp, 'income_fell' AS signal, d.pp AS person, e.day AS day, d.effective_from AS due,
       b.income - d.income AS amount, (b.income - d.income) * 100 / b.income AS measure
FROM decision d
JOIN event e ON e.pp = d.pp AND e.seq = d.event
JOIN decision b ON b.pp = d.pp
    AND b.id = (SELECT max(x.id) FROM decision x WHERE x.pp = d.pp AND x.id < d.id)
WHERE d.pp IN (:pps) AND d.basis = 'current' AND d.income < b.income AND e.day >= :since
ORDER BY pp, signal, person, day, due;

-- pattern_rates: many
-- in  since:date
-- out rule:text became:text number:int
-- across: the rates of the patterns are published to who leads
-- How often each rule has called somebody since a day, and how that stands.
SELECT p.rule, s.became, count(*) AS number
FROM pattern p
JOIN event e ON e.pp = p.pp AND e.seq = p.event
JOIN step s ON s.pp = p.pp AND s.machine = 'pattern' AND s.subject = p.event
WHERE e.day >= :since
  AND NOT EXISTS (SELECT 1 FROM step n WHERE n.pp = s.pp AND n.machine = s.machine
                  AND n.subject = s.subject AND n.event > s.event)
GROUP BY p.rule, s.became ORDER BY p.rule, s.became;
