-- access.sql: who may not open what, what was opened all the same, and who looked.

-- bar_put: do
-- in  account:text person:int why:text said_by:text since:int
-- An account may not open the cases of a person; the last word counts.
INSERT INTO bar (account, person, why, said_by, since)
VALUES (:account, :person, :why, :said_by, :since)
ON CONFLICT (account, person) DO UPDATE
SET why = excluded.why, said_by = excluded.said_by, since = excluded.since;

-- bar_lift: do
-- in  account:text person:int
-- The account may open them again.
DELETE FROM bar WHERE account = :account AND person = :person;

-- bar_list: many
-- in  account:text
-- out person:int why:text said_by:text since:int
-- Whose cases an account may not open.
SELECT person, why, said_by, since FROM bar WHERE account = :account ORDER BY person;

-- bar_count: one
-- in  pp:int
-- out number:int
-- How many who work here may not open a family.
SELECT count(DISTINCT b.account) AS number FROM bar b
WHERE b.person IN (SELECT p.id FROM person p WHERE p.pp = :pp);

-- glass_insert: do
-- in  pp:int event:int account:text at:int until:int why:text
-- bulk
-- A barred case is opened, with a reason.
INSERT INTO glass (pp, event, account, at, until, why)
VALUES (:pp, :event, :account, :at, :until, :why);

-- glass_review_insert: do
-- in  pp:int event:int glass:int account:text fair:bool finding:text
-- bulk
-- Someone else looked at that.
INSERT INTO glass_review (pp, event, glass, account, fair, finding)
VALUES (:pp, :event, :glass, :account, :fair, :finding);

-- glass_open: one
-- in  pp:int account:text now:int
-- out until:int
-- Until when an account may read a barred case it has opened; NULL when it has not.
SELECT coalesce(max(until), 0) AS until FROM glass
WHERE pp = :pp AND account = :account AND until > :now;

-- glass_of: many
-- in  pp:int
-- out event:int account:text at:int until:int why:text reviewer:text? fair:bool? finding:text?
-- Every time a case was opened against a bar.
SELECT g.event, g.account, g.at, g.until, g.why, v.account AS reviewer, v.fair, v.finding
FROM glass g LEFT JOIN glass_review v ON v.pp = g.pp AND v.glass = g.event
WHERE g.pp = :pp ORDER BY g.event;

-- glass_waiting: many
-- out pp:int event:int account:text at:int why:text
-- across: a team leader looks at what was opened anywhere
-- Barred cases opened and not looked at by anyone else yet, the oldest first.
SELECT g.pp, g.event, g.account, g.at, g.why FROM glass g
WHERE NOT EXISTS (SELECT 1 FROM glass_review v WHERE v.pp = g.pp AND v.glass = g.event)
ORDER BY g.at, g.pp, g.event;

-- look_put: do
-- in  pp:int quarter:int account:text page:text role:text at:int
-- Someone read a page of a family; once in a quarter of an hour.
INSERT INTO look (pp, quarter, account, page, role, at)
VALUES (:pp, :quarter, :account, :page, :role, :at)
ON CONFLICT (pp, quarter, account, page) DO NOTHING;

-- look_known: one
-- in  pp:int quarter:int account:text page:text
-- out n:int
-- Whether that is written already.
SELECT count(*) AS n FROM look
WHERE pp = :pp AND quarter = :quarter AND account = :account AND page = :page;

-- look_list: many
-- in  pp:int most:int
-- out account:text role:text page:text at:int
-- Who read what of a family, the newest first.
SELECT account, role, page, at FROM look WHERE pp = :pp
ORDER BY at DESC, account, page LIMIT :most;
