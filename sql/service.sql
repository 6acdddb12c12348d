-- service.sql: steps of machines, what was paid under Direct Pay.

-- step_insert: do
-- in  pp:int event:int id:int machine:text subject:int happening:text was:text became:text day:date asked_by:text reason:text evidence:text
-- bulk
-- A step is taken.
INSERT INTO step (pp, event, id, machine, subject, happening, was, became, day, asked_by, reason,
                  evidence)
VALUES (:pp, :event, :id, :machine, :subject, :happening, :was, :became, :day, :asked_by, :reason,
        :evidence);

-- step_list: many
-- in  pp:int known:int
-- out event:int id:int machine:text subject:int happening:text was:text became:text day:date asked_by:text reason:text evidence:text
-- The steps a family's machines have taken, as known at an event, oldest first.
SELECT event, id, machine, subject, happening, was, became, day, asked_by, reason, evidence
FROM step WHERE pp = :pp AND event <= :known ORDER BY event, id;

-- step_since: many
-- in  pp:int first:int
-- out event:int id:int machine:text subject:int happening:text was:text became:text day:date asked_by:text reason:text evidence:text
-- Those since an event, oldest first.
SELECT event, id, machine, subject, happening, was, became, day, asked_by, reason, evidence
FROM step WHERE pp = :pp AND event >= :first ORDER BY event, id;

-- direct_payment_insert: do
-- in  pp:int event:int id:int arrangement:int due:date teller:text paid:money paid_on:date? evidence:text
-- bulk
-- Somebody says what was paid directly.
INSERT INTO direct_payment (pp, event, id, arrangement, due, teller, paid, paid_on, evidence)
VALUES (:pp, :event, :id, :arrangement, :due, :teller, :paid, :paid_on, :evidence);

-- direct_payment_list: many
-- in  pp:int known:int
-- out event:int id:int arrangement:int due:date teller:text paid:money paid_on:date? evidence:text
-- What was said about a family's payments under Direct Pay, as known at an event, oldest first.
SELECT event, id, arrangement, due, teller, paid, paid_on, evidence
FROM direct_payment WHERE pp = :pp AND event <= :known ORDER BY event, id;
