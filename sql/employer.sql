-- employer.sql: what an employer without an account opens with an order's code, and says.

-- employer_code_insert: do
-- in  pp:int event:int id:int employer:text hash:blob
-- A code for an order; one made before ends.
INSERT INTO employer_code (pp, event, id, employer, hash) VALUES (:pp, :event, :id, :employer, :hash);

-- employer_code_find: one
-- in  hash:blob
-- out pp:int id:int event:int employer:text
-- across: who types a code names no family
-- The order that a code opens, unless a newer code took its place.
SELECT c.pp, c.id, c.event, c.employer FROM employer_code c WHERE c.hash = :hash AND NOT EXISTS (
    SELECT 1 FROM employer_code n WHERE n.pp = c.pp AND n.id = c.id AND n.event > c.event);

-- employer_code_days: many
-- in  pp:int
-- out id:int day:date
-- When codes for a family's orders were made; of one order the last counts.
SELECT c.id, e.day FROM employer_code c JOIN event e ON e.pp = c.pp AND e.seq = c.event
WHERE c.pp = :pp ORDER BY c.id, c.event;

-- employer_families: many
-- in  employer:text
-- out pp:int
-- across: an employer answers for many families
-- Families with an order to an employer, ended ones too.
SELECT DISTINCT pp FROM earnings_order WHERE employer = :employer ORDER BY pp;

-- employer_session_insert: do
-- in  token:blob employer:text family:int number:int code:int started:int
-- An employer came in with a code; token is the hash of what the browser holds.
INSERT INTO employer_session (token, employer, family, number, code, started, seen)
VALUES (:token, :employer, :family, :number, :code, :started, :started);

-- employer_session_get: one
-- in  token:blob
-- out employer:text family:int number:int started:int seen:int
-- across: a session is found by its token alone
-- A session whose code no newer one has ended.
SELECT s.employer, s.family, s.number, s.started, s.seen FROM employer_session s
WHERE s.token = :token AND NOT EXISTS (
    SELECT 1 FROM employer_code n
    WHERE n.pp = s.family AND n.id = s.number AND n.event > s.code);

-- employer_session_seen: do
-- in  token:blob seen:int
-- The session was used.
UPDATE employer_session SET seen = :seen WHERE token = :token;

-- employer_session_end: do
-- in  token:blob
-- The employer left.
DELETE FROM employer_session WHERE token = :token;

-- employer_session_sweep: do
-- in  started:int seen:int
-- Forgets sessions begun or last used too long ago.
DELETE FROM employer_session WHERE started < :started OR seen < :seen;

-- employer_notice_insert: do
-- in  pp:int event:int id:int employer:text kind:text day:date new_employer:text
-- What an employer says of the employee of an order.
INSERT INTO employer_notice (pp, event, id, employer, kind, day, new_employer)
VALUES (:pp, :event, :id, :employer, :kind, :day, :new_employer);

-- employer_notice_list: many
-- in  pp:int
-- out event:int id:int employer:text kind:text day:date new_employer:text said:date hash:blob
-- What employers said of a family's orders, in order, each with the day and the hash of its event.
SELECT n.event, n.id, n.employer, n.kind, n.day, n.new_employer, e.day AS said, e.hash
FROM employer_notice n JOIN event e ON e.pp = n.pp AND e.seq = n.event
WHERE n.pp = :pp ORDER BY n.event;
