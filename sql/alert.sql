-- alert.sql: somebody may come to harm (app/alert.h).

-- alert_insert: do
-- in  pp:int event:int person:int risk:text source:text heard:text note:text day:date
-- Somebody may come to harm.
INSERT INTO alert (pp, event, person, risk, source, heard, note, day)
VALUES (:pp, :event, :person, :risk, :source, :heard, :note, :day);

-- alert_list: many
-- in  pp:int
-- out event:int person:int risk:text source:text heard:text note:text day:date
-- The alerts of a family, the newest first.
SELECT event, person, risk, source, heard, note, day
FROM alert WHERE pp = :pp ORDER BY event DESC;

-- alert_of_online: many
-- in  pp:int application:int
-- out event:int person:int risk:text source:text heard:text note:text day:date
-- The alerts of an online application, the newest first: of the events that took a step with it.
SELECT a.event, a.person, a.risk, a.source, a.heard, a.note, a.day
FROM online_step s JOIN alert a ON a.pp = s.pp AND a.event = s.event
WHERE s.pp = :pp AND s.application = :application ORDER BY a.event DESC;
