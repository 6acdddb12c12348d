-- clock.sql: what waits, and who has a family.

-- clock_live: many
-- in  pps:ints
-- out pp:int event:int kind:text subject:int started:date near:date due:date place:date owner:text done_event:int done_on:date gone:int
-- The clocks of families of which what they wait for goes on, done or not.
SELECT pp, event, kind, subject, started, near, due, place, owner, done_event, done_on, gone
FROM clock WHERE pp IN (:pps) AND gone = 0 ORDER BY pp, kind, subject, event;

-- clock_insert: do
-- row clock_live
-- bulk
-- A clock begins.
INSERT INTO clock (pp, event, kind, subject, started, near, due, place, owner, done_event, done_on,
                   gone)
VALUES (:pp, :event, :kind, :subject, :started, :near, :due, :place, :owner, :done_event, :done_on,
        :gone);

-- clock_done: do
-- in  pp:int event:int kind:text subject:int done_event:int done_on:date
-- bulk
-- What a clock waited for was done.
UPDATE clock SET done_event = :done_event, done_on = :done_on
WHERE pp = :pp AND event = :event AND kind = :kind AND subject = :subject;

-- clock_gone: do
-- in  pp:int event:int kind:text subject:int gone:int
-- bulk
-- There is nothing more to wait for.
UPDATE clock SET gone = :gone
WHERE pp = :pp AND event = :event AND kind = :kind AND subject = :subject;

-- clock_list: many
-- in  pp:int
-- out event:int kind:text subject:int started:date near:date due:date place:date done_event:int done_on:date gone:int
-- Every clock a family ever had.
SELECT event, kind, subject, started, near, due, place, done_event, done_on, gone
FROM clock WHERE pp = :pp ORDER BY started, event, kind, subject;

-- clock_record: many
-- in  pp:int
-- out kind:text subject:int due:date?
-- What waits in a family by what the record says, of the kinds that are not seen in its facts and
-- its money; due where the record says it.
SELECT 'instruction' AS kind, i.event AS subject, CAST(NULL AS INTEGER) AS due FROM instruction i
WHERE i.pp = :pp AND i.state = 'asked'
  AND NOT EXISTS (SELECT 1 FROM instruction x WHERE x.pp = :pp AND x.event > i.event)
UNION ALL
SELECT 'announced' AS kind, a.id AS subject, CAST(NULL AS INTEGER) AS due FROM announced a
WHERE a.pp = :pp AND a.amount > 0
  AND NOT EXISTS (SELECT 1 FROM announced_paid p WHERE p.pp = :pp AND p.announced = a.id
                  AND NOT EXISTS (SELECT 1 FROM receipt b WHERE b.pp = :pp AND b.returns = p.receipt
                                  AND b.returns <> 0))
UNION ALL
SELECT 'letter_refused' AS kind, l.person AS subject, CAST(NULL AS INTEGER) AS due FROM letter l
WHERE l.pp = :pp AND (l.refused IS NOT NULL OR l.state = 'overtaken')
  AND NOT EXISTS (SELECT 1 FROM letter n WHERE n.pp = :pp AND n.person = l.person AND n.id > l.id)
UNION ALL
SELECT 'letter_kept' AS kind, k.id AS subject, CAST(NULL AS INTEGER) AS due FROM letter k
WHERE k.pp = :pp AND k.state = 'kept'
UNION ALL
SELECT 'letter_returned' AS kind, b.id AS subject, CAST(NULL AS INTEGER) AS due FROM letter b
WHERE b.pp = :pp AND b.state = 'returned'
UNION ALL
SELECT 'break_glass' AS kind, g.event AS subject, CAST(NULL AS INTEGER) AS due FROM glass g
WHERE g.pp = :pp
  AND NOT EXISTS (SELECT 1 FROM glass_review v WHERE v.pp = :pp AND v.glass = g.event)
UNION ALL
SELECT CASE WHEN s.became = 'evidence' THEN 'change_evidence'
            WHEN s.became = 'watched' THEN 'alert_watch'
            WHEN s.machine = 'sample' THEN 'sample_' || s.became ELSE s.machine END AS kind,
       s.subject AS subject, CAST(NULL AS INTEGER) AS due
FROM step s
WHERE s.pp = :pp AND s.machine IN ('change_report', 'reconsideration', 'alert', 'pattern', 'card_payment',
                                     'sample')
  AND s.became IN ('told', 'evidence', 'asked', 'raised', 'watched', 'found', 'sent', 'before',
                   'after')
  AND NOT EXISTS (SELECT 1 FROM step n WHERE n.pp = :pp AND n.machine = s.machine
                  AND n.subject = s.subject AND n.event > s.event)
UNION ALL
SELECT 'sample_wrong' AS kind, s.subject AS subject, CAST(NULL AS INTEGER) AS due FROM step s
WHERE s.pp = :pp AND s.machine = 'sample' AND s.became = 'wrong'
  AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.pp = :pp AND d.event > s.event)
UNION ALL
SELECT 'approval' AS kind, q.event AS subject, CAST(NULL AS INTEGER) AS due FROM approval_ask q
WHERE q.pp = :pp
  AND NOT EXISTS (SELECT 1 FROM approval_answer w WHERE w.pp = :pp AND w.ask = q.event)
UNION ALL
SELECT 'set_aside' AS kind, s.number AS subject, CAST(NULL AS INTEGER) AS due FROM set_aside s WHERE s.pp = :pp AND s.cleared = 0
UNION ALL
SELECT 'suspense' AS kind, r.id AS subject, CAST(NULL AS INTEGER) AS due FROM receipt r
WHERE r.pp = :pp AND r.pp = 0 AND r.amount > 0
  AND NOT EXISTS (SELECT 1 FROM receipt_match m WHERE m.pp = 0 AND m.receipt = r.id)
  AND NOT EXISTS (SELECT 1 FROM receipt b WHERE b.pp = 0 AND b.returns = r.id AND b.returns <> 0)
UNION ALL
SELECT CASE WHEN s.became = 'asked' THEN 'online_asked' ELSE 'online_application' END AS kind,
       s.application AS subject, CAST(NULL AS INTEGER) AS due
FROM online_step s
WHERE s.pp = :pp AND s.became IN ('sent', 'asked', 'withdrawing')
  AND NOT EXISTS (SELECT 1 FROM online_step n
                  WHERE n.pp = :pp AND n.application = s.application AND n.event > s.event)
UNION ALL
SELECT CASE WHEN m.from_parent = 1 THEN 'message' ELSE 'question' END AS kind, m.event AS subject,
       m.reply_by AS due
FROM message m
WHERE m.pp = :pp AND m.reply_by IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM message a
                  WHERE a.pp = :pp AND a.talk = m.talk AND a.event > m.event
                    AND (a.from_parent <> m.from_parent OR a.kind = 'told'))
  AND NOT EXISTS (SELECT 1 FROM complaint_step s WHERE s.pp = :pp AND s.complaint = m.event)
UNION ALL
SELECT CASE WHEN s.became IN ('open', 'extended') THEN 'complaint' ELSE 'complaint_after' END AS kind,
       s.event AS subject, s.due AS due
FROM complaint_step s
WHERE s.pp = :pp AND s.due IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM complaint_step n
                  WHERE n.pp = :pp AND n.complaint = s.complaint AND n.event > s.event)
ORDER BY kind, subject;

-- clock_counts: many
-- in  today:date
-- out kind:text open:int near:int breached:int
-- across: what waits anywhere, for who runs the service
-- How many clocks of each kind are open, near and breached.
SELECT kind, count(*) AS open,
       sum(CASE WHEN near <= :today AND due >= :today THEN 1 ELSE 0 END) AS near,
       sum(CASE WHEN due < :today THEN 1 ELSE 0 END) AS breached
FROM clock WHERE done_event = 0 GROUP BY kind ORDER BY kind;

-- clock_work_all: many
-- in  first:int most:int
-- out pp:int event:int kind:text subject:int started:date near:date due:date place:date owner:text
-- across: a work list goes over families
-- What waits, by its place.
SELECT pp, event, kind, subject, started, near, due, place, owner
FROM clock WHERE done_event = 0
ORDER BY place, pp LIMIT :most OFFSET :first;

-- clock_work_kind: many
-- in  kind:text first:int most:int
-- out pp:int event:int kind:text subject:int started:date near:date due:date place:date owner:text
-- across: a work list goes over families
-- What waits of a kind, by its place.
SELECT pp, event, kind, subject, started, near, due, place, owner
FROM clock WHERE done_event = 0 AND kind = :kind
ORDER BY place, pp LIMIT :most OFFSET :first;

-- clock_work_owner: many
-- in  owner:text first:int most:int
-- out pp:int event:int kind:text subject:int started:date near:date due:date place:date owner:text
-- across: a work list goes over families
-- What waits in somebody's families, or in nobody's, by its place.
SELECT pp, event, kind, subject, started, near, due, place, owner
FROM clock WHERE done_event = 0 AND owner = :owner
ORDER BY place, pp LIMIT :most OFFSET :first;

-- clock_work_owner_kind: many
-- in  owner:text kind:text first:int most:int
-- out pp:int event:int kind:text subject:int started:date near:date due:date place:date owner:text
-- across: a work list goes over families
-- The same of a kind.
SELECT pp, event, kind, subject, started, near, due, place, owner
FROM clock WHERE done_event = 0 AND owner = :owner AND kind = :kind
ORDER BY place, pp LIMIT :most OFFSET :first;

-- case_owner_insert: do
-- in  pp:int event:int day:date owner:text deputy:text note:text
-- bulk
-- A family is handed over.
INSERT INTO case_owner (pp, event, day, owner, deputy, note)
VALUES (:pp, :event, :day, :owner, :deputy, :note);

-- case_owner_now: many
-- in  pps:ints
-- out pp:int day:date owner:text deputy:text note:text
-- Who has families, and since when.
SELECT c.pp, c.day, c.owner, c.deputy, c.note FROM case_owner c
WHERE c.pp IN (:pps)
  AND NOT EXISTS (SELECT 1 FROM case_owner n WHERE n.pp = c.pp AND n.event > c.event)
ORDER BY c.pp;

-- clock_owner_set: do
-- in  pp:int owner:text
-- What waits in a family follows its owner.
UPDATE clock SET owner = :owner WHERE pp = :pp AND done_event = 0;

-- case_owner_days: one
-- in  today:date
-- out families:int days:int
-- across: how long cases stay with one person is published
-- How many families have an owner, and for how many days together.
SELECT count(*) AS families, coalesce(sum(:today - c.day), 0) AS days FROM case_owner c
WHERE NOT EXISTS (SELECT 1 FROM case_owner n WHERE n.pp = c.pp AND n.event > c.event);

-- case_owned: many
-- in  owner:text most:int
-- out pp:int
-- across: who leaves hands over everything
-- The families somebody has, those that came last first.
SELECT c.pp FROM case_owner c
WHERE c.owner = :owner
  AND NOT EXISTS (SELECT 1 FROM case_owner n WHERE n.pp = c.pp AND n.event > c.event)
ORDER BY c.day DESC, c.pp LIMIT :most;

-- case_unowned: many
-- in  most:int
-- out pp:int
-- across: what nobody has yet is shared out
-- Families nobody has.
SELECT f.pp FROM family f
WHERE f.pp > 0 AND NOT EXISTS (SELECT 1 FROM case_owner c WHERE c.pp = f.pp)
ORDER BY f.pp LIMIT :most;

-- case_unowned_count: one
-- out number:int
-- across: what nobody has yet is counted
-- How many families nobody has.
SELECT count(*) AS number FROM family f
WHERE f.pp > 0 AND NOT EXISTS (SELECT 1 FROM case_owner c WHERE c.pp = f.pp);

-- lead_owners: many
-- out owner:text day:date
-- across: the caseload of everybody
-- Each family's owner and since when, by owner and day.
SELECT c.owner, c.day FROM case_owner c
WHERE NOT EXISTS (SELECT 1 FROM case_owner n WHERE n.pp = c.pp AND n.event > c.event)
ORDER BY c.owner, c.day;

-- lead_clocks: many
-- in  today:date
-- out owner:text open:int near:int late:int
-- across: the caseload of everybody
-- The open clocks of everybody's families, near and late.
SELECT owner, count(*) AS open,
       sum(CASE WHEN near <= :today AND due >= :today THEN 1 ELSE 0 END) AS near,
       sum(CASE WHEN due < :today THEN 1 ELSE 0 END) AS late
FROM clock WHERE done_event = 0 GROUP BY owner ORDER BY owner;

-- lead_workers: many
-- out name:text role:text
-- Open accounts of those who work on cases, by name.
SELECT name, role FROM account
WHERE active = 1 AND role IN ('caseworker', 'team_leader', 'enforcement_officer') ORDER BY name;
