-- ruling.sql: what was decided about money, and how children's welfare was thought of.

-- ruling_insert: do
-- in  pp:int event:int kind:text word:text arrangement:int amount:money counted:money weekly:money day:date basis:text reason:text evidence:text refers:int other_pp:int
-- bulk
-- Something about money was decided.
INSERT INTO ruling (pp, event, kind, word, arrangement, amount, counted, weekly, day, basis, reason,
                    evidence, refers, other_pp)
VALUES (:pp, :event, :kind, :word, :arrangement, :amount, :counted, :weekly, :day, :basis, :reason,
        :evidence, :refers, :other_pp);

-- ruling_list: many
-- in  pp:int known:int
-- out event:int kind:text word:text arrangement:int amount:money counted:money weekly:money day:date basis:text reason:text evidence:text refers:int other_pp:int
-- What was decided about a family's money, as known at an event.
SELECT event, kind, word, arrangement, amount, counted, weekly, day, basis, reason, evidence, refers,
       other_pp
FROM ruling WHERE pp = :pp AND event <= :known ORDER BY event;

-- ruling_before: one
-- in  pp:int kind:text since:date event:int
-- out amount:money
-- What was decided about a family's money of a kind, since a day and before an event, added up.
SELECT coalesce(sum(r.counted), 0) AS amount
FROM ruling r JOIN event e ON e.pp = r.pp AND e.seq = r.event
WHERE r.pp = :pp AND r.kind = :kind AND e.day >= :since AND r.event < :event;

-- welfare_insert: do
-- in  pp:int event:int children:text evidence:text reasoning:text
-- bulk
-- How the children's welfare was thought of.
INSERT INTO welfare (pp, event, children, evidence, reasoning)
VALUES (:pp, :event, :children, :evidence, :reasoning);

-- welfare_list: many
-- in  pp:int known:int
-- out event:int children:text evidence:text reasoning:text
-- The welfare records of a family.
SELECT event, children, evidence, reasoning FROM welfare
WHERE pp = :pp AND event <= :known ORDER BY event;
