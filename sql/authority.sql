-- authority.sql: who may act for whom (app/authority.h).

-- authority_insert: do
-- in  pp:int event:int person:int name:text basis:text scope:text until:date code:blob code_until:int evidence:text
-- bulk
-- A person lets somebody act for them.
INSERT INTO authority (pp, event, person, name, basis, scope, until, code, code_until, evidence)
VALUES (:pp, :event, :person, :name, :basis, :scope, :until, :code, :code_until, :evidence);

-- authority_use_insert: do
-- in  pp:int event:int authority:int account:text
-- bulk
-- A representative took it up.
INSERT INTO authority_use (pp, event, authority, account)
VALUES (:pp, :event, :authority, :account);

-- authority_end_insert: do
-- in  pp:int event:int authority:int
-- bulk
-- It was ended before its day.
INSERT INTO authority_end (pp, event, authority) VALUES (:pp, :event, :authority);

-- authority_list: many
-- in  person:int
-- out pp:int event:int person:int name:text basis:text scope:text until:date code:blob code_until:int evidence:text given:date actor:text account:text? ended:bool
-- across: a person lets somebody act for them in every family they are in
-- All that a person ever gave, the newest first.
SELECT a.pp, a.event, a.person, a.name, a.basis, a.scope, a.until, a.code, a.code_until, a.evidence,
       e.day AS given, e.actor, u.account,
       CASE WHEN EXISTS (SELECT 1 FROM authority_end x WHERE x.pp = a.pp AND x.authority = a.event)
            THEN 1 ELSE 0 END AS ended
FROM authority a JOIN event e ON e.pp = a.pp AND e.seq = a.event
LEFT JOIN authority_use u ON u.pp = a.pp AND u.authority = a.event
WHERE a.person = :person ORDER BY e.day DESC, a.pp DESC, a.event DESC;

-- authority_of_account: many
-- in  account:text
-- out pp:int event:int person:int ref:text given_name:text family:text basis:text scope:text until:date ended:bool
-- across: a representative acts for people of any family
-- All that an account ever took up, by the people's references.
SELECT a.pp, a.event, a.person, p.ref, p.given AS given_name, p.family, a.basis, a.scope, a.until,
       CASE WHEN EXISTS (SELECT 1 FROM authority_end x WHERE x.pp = a.pp AND x.authority = a.event)
            THEN 1 ELSE 0 END AS ended
FROM authority_use u JOIN authority a ON a.pp = u.pp AND a.event = u.authority
JOIN person p ON p.pp = a.pp AND p.id = a.person
WHERE u.account = :account ORDER BY p.ref, a.pp, a.event;
