-- invitation.sql: parents who are asked to open an account of their own.

-- invitee_get: one
-- in  pp:int person:int
-- out ref:text born:date? pays:bool receives:bool
-- Someone of a family, and which parent of it they are.
SELECT p.ref, p.born, CASE WHEN p.id = p.pp THEN 1 ELSE 0 END AS pays,
       CASE WHEN EXISTS (SELECT 1 FROM arrangement a WHERE a.pp = p.pp AND a.rp = p.id)
            THEN 1 ELSE 0 END AS receives
FROM person p WHERE p.pp = :pp AND p.id = :person;

-- invitation_insert: do
-- in  pp:int event:int person:int role:text code:blob at:int until:int
-- bulk
-- A parent is invited; code is the hash of what is sent to them.
INSERT INTO invitation (pp, event, person, role, code, at, until)
VALUES (:pp, :event, :person, :role, :code, :at, :until);

-- invitation_use_insert: do
-- in  pp:int event:int invitation:int account:text
-- bulk
-- An account was opened with an invitation.
INSERT INTO invitation_use (pp, event, invitation, account)
VALUES (:pp, :event, :invitation, :account);

-- invitation_last: one
-- in  person:int
-- out pp:int event:int role:text code:blob until:int used:bool
-- across: whichever family invited them, the last invitation counts
-- The last invitation of a person.
SELECT i.pp, i.event, i.role, i.code, i.until,
       CASE WHEN EXISTS (SELECT 1 FROM invitation_use u
                         WHERE u.pp = i.pp AND u.invitation = i.event) THEN 1 ELSE 0 END AS used
FROM invitation i WHERE i.person = :person ORDER BY i.at DESC, i.pp DESC, i.event DESC LIMIT 1;
