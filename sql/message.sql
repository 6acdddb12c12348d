-- message.sql: what parents and the service wrote to each other, complaints, and files that were given.

-- message_insert: do
-- in  pp:int event:int arrangement:int from_parent:bool kind:text day:date talk:int reply_by:date? words:text
-- Somebody writes.
INSERT INTO message (pp, event, arrangement, from_parent, kind, day, talk, reply_by, words)
VALUES (:pp, :event, :arrangement, :from_parent, :kind, :day, :talk, :reply_by, :words);

-- message_list: many
-- in  pp:int
-- out event:int arrangement:int from_parent:bool kind:text day:date talk:int reply_by:date? answered:int complaint:int file_kind:text? file_size:int? actor:text
-- Everything written in a family, the oldest first, without its words: answered is the first message
-- after it that answers it, complaint its own number if it is one; 0 for none.
SELECT m.event, m.arrangement, m.from_parent, m.kind, m.day, m.talk, m.reply_by,
       coalesce((SELECT min(a.event) FROM message a
                 WHERE a.pp = :pp AND a.talk = m.talk AND a.event > m.event
                   AND (a.from_parent <> m.from_parent OR a.kind = 'told')), 0) AS answered,
       coalesce((SELECT max(s.complaint) FROM complaint_step s
                 WHERE s.pp = :pp AND s.complaint = m.event), 0) AS complaint,
       f.kind AS file_kind, f.size AS file_size, e.actor
FROM message m
JOIN event e ON e.pp = m.pp AND e.seq = m.event
LEFT JOIN evidence f ON f.pp = m.pp AND f.event = m.event
WHERE m.pp = :pp ORDER BY m.event;

-- message_words: one
-- in  pp:int event:int
-- out words:text
-- What a message says.
SELECT words FROM message WHERE pp = :pp AND event = :event;

-- message_count: one
-- in  pp:int arrangement:int day:date
-- out n:int
-- How often a parent wrote on a day.
SELECT count(*) AS n FROM message
WHERE pp = :pp AND arrangement = :arrangement AND from_parent = 1 AND day = :day;

-- complaint_step_insert: do
-- in  pp:int event:int complaint:int taken:text became:text day:date due:date?
-- A complaint begins or goes on.
INSERT INTO complaint_step (pp, event, complaint, taken, became, day, due)
VALUES (:pp, :event, :complaint, :taken, :became, :day, :due);

-- complaint_steps: many
-- in  pp:int
-- out event:int complaint:int taken:text became:text day:date due:date?
-- Every step of every complaint in a family, the oldest first.
SELECT event, complaint, taken, became, day, due FROM complaint_step WHERE pp = :pp ORDER BY event;

-- evidence_insert: do
-- in  pp:int event:int fact:int kind:text size:int digest:blob
-- A file is given.
INSERT INTO evidence (pp, event, fact, kind, size, digest)
VALUES (:pp, :event, :fact, :kind, :size, :digest);

-- evidence_bytes_put: do
-- in  pp:int digest:blob bytes:blob
-- What is in it.
INSERT INTO evidence_bytes (pp, digest, bytes) VALUES (:pp, :digest, :bytes)
ON CONFLICT (pp, digest) DO NOTHING;

-- evidence_list: many
-- in  pp:int
-- out event:int fact:int kind:text size:int digest:blob day:date actor:text message:int
-- Every file given in a family, the newest first; message 0: with none.
SELECT f.event, f.fact, f.kind, f.size, f.digest, e.day, e.actor,
       coalesce((SELECT m.event FROM message m WHERE m.pp = :pp AND m.event = f.event), 0) AS message
FROM evidence f JOIN event e ON e.pp = f.pp AND e.seq = f.event
WHERE f.pp = :pp ORDER BY f.event DESC;

-- evidence_read: one
-- in  pp:int event:int
-- out kind:text digest:blob bytes:blob
-- What is in the file that an event took.
SELECT f.kind, f.digest, b.bytes
FROM evidence f JOIN evidence_bytes b ON b.pp = f.pp AND b.digest = f.digest
WHERE f.pp = :pp AND f.event = :event;
