-- online.sql: applications that come online, being filled in and sent.

-- online_application_insert: do
-- in  pp:int event:int code:blob applicant:text day:date
-- bulk
-- An application comes.
INSERT INTO online_application (pp, event, code, applicant, day)
VALUES (:pp, :event, :code, :applicant, :day);

-- online_answer_insert: do
-- in  pp:int event:int field:text value:text
-- bulk
-- What it says in one field.
INSERT INTO online_answer (pp, event, field, value) VALUES (:pp, :event, :field, :value);

-- online_step_insert: do
-- in  pp:int application:int event:int taken:text became:text day:date said:text arrangement:text
-- Something happens to it.
INSERT INTO online_step (pp, application, event, taken, became, day, said, arrangement)
VALUES (:pp, :application, :event, :taken, :became, :day, :said, :arrangement);

-- online_get: one
-- in  pp:int event:int
-- out applicant:text day:date
-- An application by its number.
SELECT applicant, day FROM online_application WHERE pp = :pp AND event = :event;

-- online_by_code: one
-- in  code:blob
-- out event:int
-- across: who sent it knows nothing but its code
-- The number of the application that a code opens.
SELECT event FROM online_application WHERE code = :code;

-- online_answers: many
-- in  pp:int event:int
-- out field:text value:text
-- What it says.
SELECT field, value FROM online_answer WHERE pp = :pp AND event = :event ORDER BY field;

-- online_born: many
-- in  pp:int value:text other:int most:int
-- out event:int
-- Applications but one that name somebody born on a day, the newest first.
SELECT DISTINCT event FROM online_answer
WHERE pp = :pp AND field LIKE '%born' AND value = :value AND event <> :other
ORDER BY event DESC LIMIT :most;

-- online_steps: many
-- in  pp:int application:int
-- out event:int taken:text became:text day:date said:text arrangement:text
-- What happened to it, the oldest first.
SELECT event, taken, became, day, said, arrangement FROM online_step
WHERE pp = :pp AND application = :application ORDER BY event;

-- online_step_of: one
-- in  pp:int event:int
-- out application:int became:text
-- The step an event took.
SELECT application, became FROM online_step WHERE pp = :pp AND event = :event;

-- online_by_arrangement: one
-- in  pp:int arrangement:text
-- out application:int
-- The application that became an arrangement.
SELECT application FROM online_step
WHERE pp = :pp AND arrangement <> '' AND arrangement = :arrangement;

-- online_waiting: many
-- in  pp:int most:int
-- out event:int applicant:text day:date kind:text due:date
-- Those that wait, those due first.
SELECT o.event, o.applicant, o.day, c.kind, c.due FROM clock c
JOIN online_application o ON o.pp = c.pp AND o.event = c.subject
WHERE c.pp = :pp AND c.kind IN ('online_application', 'online_asked') AND c.gone = 0
ORDER BY c.due, o.event LIMIT :most;

-- online_waiting_count: one
-- in  pp:int
-- out number:int
-- How many wait.
SELECT count(*) AS number FROM clock
WHERE pp = :pp AND kind IN ('online_application', 'online_asked') AND gone = 0;

-- apply_draft_put: do
-- in  code:blob expires:int kept:bool sealed:blob
-- What was filled in so far.
INSERT INTO apply_draft (code, expires, kept, sealed) VALUES (:code, :expires, :kept, :sealed)
ON CONFLICT (code) DO UPDATE
SET expires = excluded.expires, kept = excluded.kept, sealed = excluded.sealed;

-- apply_draft_get: one
-- in  code:blob now:int
-- out kept:bool sealed:blob
-- One that has not expired.
SELECT kept, sealed FROM apply_draft WHERE code = :code AND expires > :now;

-- apply_draft_end: do
-- in  code:blob
-- It was sent, or is not wanted any more.
DELETE FROM apply_draft WHERE code = :code;

-- apply_draft_count: one
-- out number:int
-- How many there are.
SELECT count(*) AS number FROM apply_draft;

-- apply_draft_sweep: do
-- in  now:int
-- Forgets what has expired.
DELETE FROM apply_draft WHERE expires <= :now;

-- application_home_put: do
-- in  account:text code:blob
-- An application is shown at an account's home.
INSERT INTO application_home (account, code) VALUES (:account, :code)
ON CONFLICT (account, code) DO NOTHING;

-- application_home_out: do
-- in  account:text code:blob
-- It is so no longer.
DELETE FROM application_home WHERE account = :account AND code = :code;

-- application_home_sweep: do
-- in  account:text now:int
-- across: an application is found by the hash of its code
-- Forgets those of an account that were not sent in time.
DELETE FROM application_home WHERE account = :account
  AND NOT EXISTS (SELECT 1 FROM online_application o WHERE o.code = application_home.code)
  AND NOT EXISTS (SELECT 1 FROM apply_draft d
                  WHERE d.code = application_home.code AND d.expires > :now);

-- application_home_list: many
-- in  account:text now:int
-- out code:blob event:int expires:int kept:bool
-- across: an application is found by the hash of its code
-- Those at an account's home: event 0 while it is not sent, expires 0 once it is.
SELECT h.code, coalesce(o.event, 0) AS event, coalesce(d.expires, 0) AS expires,
       coalesce(d.kept, 0) AS kept
FROM application_home h
LEFT JOIN online_application o ON o.code = h.code
LEFT JOIN apply_draft d ON d.code = h.code AND d.expires > :now
WHERE h.account = :account AND (o.event IS NOT NULL OR d.expires IS NOT NULL)
ORDER BY coalesce(o.event, 0), coalesce(d.expires, 0), h.code;

-- application_home_people: many
-- in  pp:int event:int
-- out person:int
-- The people at whose homes one that was sent is shown.
SELECT DISTINCT a.person FROM online_application o
JOIN application_home h ON h.code = o.code
JOIN account a ON a.name = h.account
WHERE o.pp = :pp AND o.event = :event AND a.person <> 0
ORDER BY a.person;
