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
