-- job.sql: the jobs of a day, their parts, families set aside, the line stopped.

-- job_start: do
-- in  name:text day:date started:int
-- A job of a day begins, once.
INSERT INTO job (name, day, state, started, done, total, aside, note)
VALUES (:name, :day, 'running', :started, 0, 0, 0, '')
ON CONFLICT (name, day) DO NOTHING;

-- job_again: do
-- in  name:text day:date started:int
-- A job of a day that was finished or broken off is run once more.
UPDATE job SET state = 'running', started = :started, finished = NULL, done = 0, note = ''
WHERE name = :name AND day = :day AND state <> 'running';

-- job_size: do
-- in  name:text day:date total:int
-- How much there is to do.
UPDATE job SET total = :total WHERE name = :name AND day = :day;

-- job_end: do
-- in  name:text day:date state:text finished:int note:text
-- It is finished or broken off; of two who say so the first is heard.
UPDATE job SET state = :state, finished = :finished, note = :note,
    done = (SELECT coalesce(sum(p.done), 0) FROM job_part p WHERE p.name = :name AND p.day = :day),
    aside = (SELECT coalesce(sum(p.aside), 0) FROM job_part p WHERE p.name = :name AND p.day = :day)
WHERE name = :name AND day = :day AND state = 'running';

-- job_get: one
-- in  name:text day:date
-- out state:text started:int finished:int? done:int total:int aside:int note:text
-- How a job of a day stands.
SELECT j.state, j.started, j.finished,
       j.done + coalesce((SELECT sum(p.done) FROM job_part p WHERE p.name = j.name AND p.day = j.day), 0) AS done,
       j.total,
       j.aside + coalesce((SELECT sum(p.aside) FROM job_part p WHERE p.name = j.name AND p.day = j.day), 0) AS aside,
       j.note
FROM job j WHERE j.name = :name AND j.day = :day;

-- job_list: many
-- out name:text day:date state:text started:int finished:int? done:int total:int aside:int note:text last_good:date?
-- The newest day of each job, and the last day it finished.
SELECT j.name, j.day, j.state, j.started, j.finished,
       j.done + coalesce((SELECT sum(p.done) FROM job_part p WHERE p.name = j.name AND p.day = j.day), 0) AS done,
       j.total,
       j.aside + coalesce((SELECT sum(p.aside) FROM job_part p WHERE p.name = j.name AND p.day = j.day), 0) AS aside,
       j.note,
       (SELECT max(g.day) FROM job g WHERE g.name = j.name AND g.state = 'finished') AS last_good
FROM job j WHERE j.day = (SELECT max(k.day) FROM job k WHERE k.name = j.name) ORDER BY j.name;

-- job_last_good: one
-- in  name:text
-- out day:date
-- The last day on which a job was finished.
SELECT day FROM job WHERE name = :name AND state = 'finished' ORDER BY day DESC LIMIT 1;

-- job_open: one
-- in  name:text
-- out day:date?
-- The first day on which a job was begun and is not finished.
SELECT min(day) AS day FROM job WHERE name = :name AND state <> 'finished';

-- job_part_insert: do
-- in  name:text day:date part:int reached:int last:int done:int aside:int worker:text until:int
-- bulk
-- A part of a job, to be worked on.
INSERT INTO job_part (name, day, part, reached, last, done, aside, worker, until)
VALUES (:name, :day, :part, :reached, :last, :done, :aside, :worker, :until);

-- job_part_list: many
-- in  name:text day:date
-- out part:int reached:int last:int worker:text until:int
-- The parts of a job that are not done.
SELECT part, reached, last, worker, until FROM job_part
WHERE name = :name AND day = :day AND reached < last ORDER BY part;

-- job_part_claim: one
-- in  name:text day:date worker:text until:int now:int
-- out part:int reached:int last:int
-- Takes the first part that nobody holds; nobody else then has it.
UPDATE job_part SET worker = :worker, until = :until
WHERE name = :name AND day = :day AND until <= :now AND reached < last
  AND part = (SELECT min(p.part) FROM job_part p
              WHERE p.name = :name AND p.day = :day AND p.until <= :now AND p.reached < p.last)
RETURNING part, reached, last;

-- job_part_hold: do
-- in  name:text day:date part:int worker:text until:int reached:int
-- Who holds a part, and knows how far it is, holds it longer; no row is changed if somebody else has
-- it by now.
UPDATE job_part SET until = :until
WHERE name = :name AND day = :day AND part = :part AND worker = :worker AND reached = :reached;

-- job_part_move: do
-- in  name:text day:date part:int reached:int done:int aside:int
-- The checkpoint: up to here it is done, so many more families, so many of them set aside.
UPDATE job_part SET reached = :reached, done = done + :done, aside = aside + :aside
WHERE name = :name AND day = :day AND part = :part;

-- job_part_free: do
-- in  name:text day:date worker:text
-- What a worker held that is no more can be taken at once.
UPDATE job_part SET until = 0 WHERE name = :name AND day = :day AND worker = :worker;

-- job_part_clear: do
-- in  name:text day:date
-- A job is done: its parts are of no more use.
DELETE FROM job_part WHERE name = :name AND day = :day;

-- family_bounds: many
-- in  today:date size:int
-- out last:int
-- across: the day's work is divided into parts
-- The families that have something to look at, cut into runs of so many: where each ends.
SELECT n.pp AS last FROM (
    SELECT pp, row_number() OVER (ORDER BY pp) AS place, count(*) OVER () AS total FROM family f
    WHERE f.pp > 0 AND f.look <= :today AND f.day <= :today AND NOT EXISTS (
        SELECT 1 FROM set_aside a WHERE a.pp = f.pp AND a.cleared = 0)) n
WHERE n.place % :size = 0 OR n.place = n.total ORDER BY n.pp;

-- family_first_look: one
-- out day:date?
-- across: the first day that has work for the day's run
-- The earliest day on which a family has something to look at.
SELECT min(look) AS day FROM family WHERE pp > 0;

-- aside_put: do
-- in  pp:int number:int since:date reason:text said_by:text
-- A family is set aside.
INSERT INTO set_aside (pp, number, since, reason, said_by, cleared)
VALUES (:pp, :number, :since, :reason, :said_by, 0)
ON CONFLICT (pp, number) DO NOTHING;

-- aside_clear: do
-- in  pp:int cleared:int cleared_on:date cleared_by:text
-- A family is put back by an event.
UPDATE set_aside SET cleared = :cleared, cleared_on = :cleared_on, cleared_by = :cleared_by
WHERE pp = :pp AND cleared = 0;

-- aside_of: many
-- in  pp:int
-- out number:int since:date reason:text said_by:text cleared:int
-- When and why a family was set aside, cleared or not.
SELECT number, since, reason, said_by, cleared FROM set_aside WHERE pp = :pp ORDER BY number;

-- aside_among: many
-- in  pps:ints
-- out pp:int
-- Which of these families are set aside now.
SELECT pp FROM set_aside WHERE pp IN (:pps) AND cleared = 0 ORDER BY pp;

-- aside_list: many
-- out pp:int since:date reason:text said_by:text
-- across: what is set aside is a list of the whole caseload
-- The families that are set aside now, the oldest first.
SELECT pp, since, reason, said_by FROM set_aside WHERE cleared = 0 ORDER BY since, pp;

-- line_stop_put: do
-- in  reason:text stopped_by:text stopped_at:int
-- The line is stopped, unless it is.
INSERT INTO line_stop (number, reason, stopped_by, stopped_at)
SELECT coalesce(max(number), 0) + 1, :reason, :stopped_by, :stopped_at FROM line_stop
HAVING count(CASE WHEN gone_at IS NULL THEN number END) = 0;

-- line_stop_now: one
-- out reason:text stopped_by:text stopped_at:int
-- Whether the line is stopped, and why.
SELECT reason, stopped_by, stopped_at FROM line_stop
WHERE gone_at IS NULL ORDER BY number DESC LIMIT 1;

-- line_stop_go: do
-- in  gone_by:text gone_at:int
-- The line goes on.
UPDATE line_stop SET gone_by = :gone_by, gone_at = :gone_at WHERE gone_at IS NULL;

-- family_due_count: one
-- in  today:date
-- out number:int
-- across: how much work the day's run has
-- How many families have something to look at.
SELECT count(*) AS number FROM family f
WHERE f.pp > 0 AND f.look <= :today AND f.day <= :today AND NOT EXISTS (
    SELECT 1 FROM set_aside a WHERE a.pp = f.pp AND a.cleared = 0);
