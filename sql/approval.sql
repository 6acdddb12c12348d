-- approval.sql: what waits for a second person (app/approval.h).

-- approval_ask_insert: do
-- in  pp:int event:int act:text amount:money asker:text why:text effect:text
-- Something is asked of a second person.
INSERT INTO approval_ask (pp, event, act, amount, asker, why, effect)
VALUES (:pp, :event, :act, :amount, :asker, :why, :effect);

-- approval_field_insert: do
-- in  pp:int event:int name:text value:text
-- A particular of what was asked.
INSERT INTO approval_field (pp, event, name, value) VALUES (:pp, :event, :name, :value);

-- approval_answer_insert: do
-- in  pp:int event:int ask:int state:text account:text reason:text did:int
-- What became of it.
INSERT INTO approval_answer (pp, event, ask, state, account, reason, did)
VALUES (:pp, :event, :ask, :state, :account, :reason, :did);

-- approval_list: many
-- in  pp:int
-- out event:int act:text amount:money asker:text why:text effect:text day:date state:text? account:text? reason:text? answered:date? did:int?
-- What was asked in a family, the oldest first, and what became of it.
SELECT q.event, q.act, q.amount, q.asker, q.why, q.effect, e.day, w.state, w.account, w.reason,
       d.day AS answered, w.did
FROM approval_ask q
JOIN event e ON e.pp = q.pp AND e.seq = q.event
LEFT JOIN approval_answer w ON w.pp = q.pp AND w.ask = q.event
LEFT JOIN event d ON d.pp = w.pp AND d.seq = w.event
WHERE q.pp = :pp ORDER BY q.event;

-- approval_fields: many
-- in  pp:int event:int
-- out name:text value:text
-- The particulars of what was asked.
SELECT name, value FROM approval_field WHERE pp = :pp AND event = :event ORDER BY name;

-- approval_waiting: many
-- in  first:int most:int
-- out pp:int event:int act:text amount:money asker:text day:date due:date
-- across: whoever approves looks at what waits in any family
-- What waits for a second person, by when it is due.
SELECT q.pp, q.event, q.act, q.amount, q.asker, c.started AS day, c.due
FROM clock c JOIN approval_ask q ON q.pp = c.pp AND q.event = c.subject
WHERE c.done_event = 0 AND c.kind = 'approval'
ORDER BY c.place, q.pp, q.event LIMIT :most OFFSET :first;
