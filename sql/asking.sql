-- asking.sql: what parents ask of us.

-- asking_insert: do
-- in  pp:int event:int machine:text topic:text person:int subject:int value:text happened_on:date day:date note:text evidence:text
-- A parent asks something.
INSERT INTO asking (pp, event, machine, topic, person, subject, value, happened_on, day, note, evidence)
VALUES (:pp, :event, :machine, :topic, :person, :subject, :value, :happened_on, :day, :note, :evidence);

-- asking_list: many
-- in  pp:int
-- out event:int machine:text topic:text person:int subject:int value:text happened_on:date day:date note:text evidence:text
-- What was asked in a family, the newest first.
SELECT event, machine, topic, person, subject, value, happened_on, day, note, evidence
FROM asking WHERE pp = :pp ORDER BY event DESC;
