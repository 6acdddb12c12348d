-- record.sql: events, people, arrangements, facts, decisions.

-- counter_take: one
-- in  name:text
-- out number:int
-- Takes the next number of a kind; the counters are made with the database.
UPDATE counter SET next = next + 1 WHERE name = :name RETURNING next - 1;

-- counter_take_many: one
-- in  name:text count:int
-- out number:int
-- Takes several numbers in a row: the first of them.
UPDATE counter SET next = next + :count WHERE name = :name RETURNING next - :count;

-- counter_start: do
-- in  name:text next:int
-- Makes a counter.
INSERT INTO counter (name, next) VALUES (:name, :next);

-- meta_put: do
-- in  key:text value:text
-- Remembers something about the database as a whole.
INSERT INTO meta (key, value) VALUES (:key, :value)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;

-- meta_get: one
-- in  key:text
-- out value:text
-- What was remembered about the database as a whole.
SELECT value FROM meta WHERE key = :key;

-- event_last: one
-- in  pp:int
-- out seq:int day:date hash:blob
-- The newest event of a family: the head of its chain.
SELECT seq, day, hash FROM event WHERE pp = :pp ORDER BY seq DESC LIMIT 1;

-- event_insert: do
-- in  pp:int seq:int day:date actor:text verb:text key:text? about:text rows:blob hash:blob
-- bulk
-- The last write of every verb: what was done, by whom, over which rows.
INSERT INTO event (pp, seq, day, actor, verb, key, about, rows, hash)
VALUES (:pp, :seq, :day, :actor, :verb, :key, :about, :rows, :hash);

-- family_list: many
-- in  pps:ints
-- out pp:int seq:int day:date hash:blob look:date fact_last:int decision_last:int instalment_last:int entry_last:int receipt_last:int closed_on:date entry_closed:int instalment_closed:int carried:int holds:bool
-- The heads of families.
SELECT pp, seq, day, hash, look, fact_last, decision_last, instalment_last, entry_last, receipt_last,
       closed_on, entry_closed, instalment_closed, carried, holds
FROM family WHERE pp IN (:pps) ORDER BY pp;

-- family_insert: do
-- row family_list
-- bulk
-- The head of a family after its first event.
INSERT INTO family (pp, seq, day, hash, look, fact_last, decision_last, instalment_last, entry_last,
                    receipt_last, closed_on, entry_closed, instalment_closed, carried,
                    holds)
VALUES (:pp, :seq, :day, :hash, :look, :fact_last, :decision_last, :instalment_last, :entry_last,
        :receipt_last, :closed_on, :entry_closed, :instalment_closed, :carried, :holds);

-- family_update: do
-- row family_list
-- bulk
-- The head of a family after another event.
UPDATE family SET seq = :seq, day = :day, hash = :hash, look = :look, fact_last = :fact_last,
    decision_last = :decision_last, instalment_last = :instalment_last, entry_last = :entry_last,
    receipt_last = :receipt_last, closed_on = :closed_on, entry_closed = :entry_closed,
    instalment_closed = :instalment_closed, carried = :carried, holds = :holds
WHERE pp = :pp;

-- family_due: many
-- in  today:date after:int last:int most:int
-- out pp:int
-- across: the day's run takes the families it has to look at, chunk by chunk
-- Families of a range with something to look at, by number; those set aside are left out.
SELECT pp FROM family f
WHERE f.pp > :after AND f.pp <= :last AND f.look <= :today AND f.day <= :today AND NOT EXISTS (
    SELECT 1 FROM set_aside a WHERE a.pp = f.pp AND a.cleared = 0)
ORDER BY pp LIMIT :most;

-- event_by_key: one
-- in  pp:int key:text
-- out seq:int
-- Whether a step with this key is done already.
SELECT seq FROM event WHERE pp = :pp AND key = :key;

-- event_known: one
-- in  pp:int day:date
-- out seq:int
-- The last event recorded on or before a day (0: none): what was known at that day's end.
SELECT coalesce(max(seq), 0) FROM event WHERE pp = :pp AND day <= :day;

-- event_list: many
-- in  pp:int upto:int
-- out seq:int day:date actor:text verb:text key:text? about:text rows:blob hash:blob
-- A family's events in order: its timeline.
SELECT seq, day, actor, verb, key, about, rows, hash FROM event
WHERE pp = :pp AND seq <= :upto ORDER BY seq;

-- group_list: many
-- out pp:int
-- across: the day's run and the check go through every family
-- Every family that has events, the service itself (0) first.
SELECT DISTINCT pp FROM event ORDER BY pp;

-- person_insert: do
-- in  pp:int id:int event:int ref:text given:text family:text born:date?
-- bulk
-- Somebody of the family of pp, recorded by one of its events; who is new gets person_reference too.
INSERT INTO person (pp, id, event, ref, given, family, born)
VALUES (:pp, :id, :event, :ref, :given, :family, :born);

-- person_reference: do
-- in  pp:int id:int ref:text
-- bulk
-- A reference names a person.
INSERT INTO reference (ref, pp, person) VALUES (:ref, :pp, :id);

-- name_word_insert: do
-- in  pp:int person:int word:text
-- bulk
-- A word of a person's name, to be found by.
INSERT INTO name_word (pp, person, word) VALUES (:pp, :person, :word);

-- name_word_list: many
-- in  pp:int
-- out person:int word:text
-- The words that people of the family are found by.
SELECT person, word FROM name_word WHERE pp = :pp ORDER BY person, word;

-- person_get: one
-- in  id:int
-- out pp:int ref:text given:text family:text born:date?
-- across: a person is found by number, whichever family recorded them
-- One person, as the first of their families has them.
SELECT pp, ref, given, family, born FROM person WHERE id = :id ORDER BY pp LIMIT 1;

-- person_by_ref: one
-- in  ref:text
-- out id:int
-- across: a payment names a person by reference alone
-- The person with a reference.
SELECT coalesce(person, 0) AS id FROM reference WHERE ref = :ref AND person IS NOT NULL;

-- group_people: many
-- in  pps:ints
-- out pp:int id:int ref:text given:text family:text born:date?
-- Everyone of families: paying parent, receiving parents and children.
SELECT pp, id, ref, given, family, born FROM person WHERE pp IN (:pps) ORDER BY pp, id;

-- arrangement_insert: do
-- row arrangement_list
-- bulk
-- first arrangement_reference
-- An application between one paying and one receiving parent.
INSERT INTO arrangement (pp, id, event, ref, rp, jurisdiction, applied_on, effective_from)
VALUES (:pp, :id, :event, :ref, :rp, :jurisdiction, :applied_on, :effective_from);

-- arrangement_reference: do
-- in  pp:int id:int ref:text
-- bulk
-- A reference names an arrangement.
INSERT INTO reference (ref, pp, arrangement) VALUES (:ref, :pp, :id);

-- arrangement_list: many
-- in  pps:ints known:int
-- out pp:int id:int event:int ref:text rp:int jurisdiction:int applied_on:date effective_from:date
-- A family's arrangements as known at an event.
SELECT pp, id, event, ref, rp, jurisdiction, applied_on, effective_from FROM arrangement
WHERE pp IN (:pps) AND event <= :known ORDER BY pp, id;

-- arrangement_by_ref: one
-- in  ref:text
-- out pp:int id:int
-- across: a case is named by its reference alone
-- The arrangement with a reference.
SELECT pp, coalesce(arrangement, 0) AS id FROM reference
WHERE ref = :ref AND arrangement IS NOT NULL;

-- reference_wrong: many
-- in  pp:int
-- out ref:text
-- People and arrangements of a family whose reference names nobody or somebody else.
SELECT ref FROM arrangement a WHERE a.pp = :pp AND NOT EXISTS (
    SELECT 1 FROM reference r WHERE r.ref = a.ref AND r.pp = a.pp AND r.arrangement = a.id)
UNION ALL
SELECT ref FROM person p WHERE p.pp = :pp AND NOT EXISTS (
    SELECT 1 FROM reference r WHERE r.ref = p.ref AND r.person = p.id)
UNION ALL
SELECT bank_ref FROM receipt c WHERE c.pp = :pp AND NOT EXISTS (
    SELECT 1 FROM bank_line l WHERE l.bank_ref = c.bank_ref AND l.pp = c.pp AND l.receipt = c.id
                                AND l.amount = c.amount)
ORDER BY ref;

-- fact_insert: do
-- row fact_list
-- bulk
-- A fact begins to be known.
INSERT INTO fact (pp, id, event, known_to, kind, subject, value, valid_from, valid_to, happened_on,
                  said_by, evidence)
VALUES (:pp, :id, :event, :known_to, :kind, :subject, :value, :valid_from, :valid_to, :happened_on,
        :said_by, :evidence);

-- fact_close: do
-- in  pp:int id:int event:int
-- bulk
-- A fact stops being believed; its row stays.
UPDATE fact SET known_to = :event WHERE pp = :pp AND id = :id;

-- fact_list: many
-- in  pps:ints known:int
-- out pp:int id:int event:int known_to:int kind:text subject:int value:text valid_from:date valid_to:date happened_on:date said_by:text evidence:text
-- A family's facts as known at an event, in the order they were recorded.
SELECT pp, id, event, known_to, kind, subject, value, valid_from, valid_to, happened_on, said_by, evidence
FROM fact WHERE pp IN (:pps) AND event <= :known AND known_to > :known ORDER BY pp, id;

-- fact_history: many
-- in  pp:int
-- out id:int event:int known_to:int kind:text subject:int value:text valid_from:date valid_to:date happened_on:date said_by:text evidence:text
-- Every fact a family ever had, believed still or no more.
SELECT id, event, known_to, kind, subject, value, valid_from, valid_to, happened_on, said_by, evidence
FROM fact WHERE pp = :pp ORDER BY id;

-- decision_insert: do
-- row decision_list
-- bulk
-- A decision is made.
INSERT INTO decision (pp, id, event, known_to, kind, effective_from, replaces, reason, law_from,
                      engine, facts, basis, rate, income, weekly)
VALUES (:pp, :id, :event, :known_to, :kind, :effective_from, :replaces, :reason, :law_from, :engine,
        :facts, :basis, :rate, :income, :weekly);

-- decision_close: do
-- in  pp:int id:int event:int
-- bulk
-- A decision is replaced; its row stays.
UPDATE decision SET known_to = :event WHERE pp = :pp AND id = :id;

-- decision_list: many
-- in  pps:ints known:int
-- out pp:int id:int event:int known_to:int kind:text effective_from:date replaces:int? reason:text law_from:date engine:text facts:blob basis:text rate:text income:money? weekly:money
-- The decisions in force as known at an event, by effective date.
SELECT pp, id, event, known_to, kind, effective_from, replaces, reason, law_from, engine, facts, basis,
       rate, income, weekly
FROM decision WHERE pp IN (:pps) AND event <= :known AND known_to > :known ORDER BY pp, effective_from, id;

-- decision_history: many
-- in  pp:int
-- out id:int event:int known_to:int kind:text effective_from:date replaces:int? reason:text law_from:date engine:text facts:blob basis:text rate:text income:money? weekly:money
-- Every decision ever made for a family, replaced ones too.
SELECT id, event, known_to, kind, effective_from, replaces, reason, law_from, engine, facts, basis,
       rate, income, weekly
FROM decision WHERE pp = :pp ORDER BY id;

-- award_insert: do
-- in  pp:int decision:int arrangement:int event:int weekly:money
-- bulk
-- What a decision gives one receiving parent.
INSERT INTO award (pp, decision, arrangement, event, weekly)
VALUES (:pp, :decision, :arrangement, :event, :weekly);

-- award_list: many
-- in  pps:ints known:int
-- out pp:int decision:int arrangement:int weekly:money
-- The awards of every decision ever made up to an event.
SELECT pp, decision, arrangement, weekly FROM award
WHERE pp IN (:pps) AND event <= :known ORDER BY pp, decision, arrangement;

-- event_actor: one
-- in  pp:int seq:int
-- out actor:text
-- Who did something.
SELECT actor FROM event WHERE pp = :pp AND seq = :seq;

-- letter_insert: do
-- in  pp:int id:int event:int kind:text person:int arrangement:int day:date language:text template:text data:text refused:text?
-- bulk
-- A letter with its frozen data, or one that was refused.
INSERT INTO letter (pp, id, event, kind, person, arrangement, day, language, template, data, refused)
VALUES (:pp, :id, :event, :kind, :person, :arrangement, :day, :language, :template, :data, :refused);

-- letter_lasts: many
-- in  pps:ints
-- out pp:int id:int?
-- The newest letter of each family that has one.
SELECT pp, max(id) AS id FROM letter WHERE pp IN (:pps) GROUP BY pp ORDER BY pp;

-- letter_list: many
-- in  pp:int known:int
-- out id:int event:int kind:text person:int arrangement:int day:date language:text template:text data:text refused:text? state:text
-- A family's letters, sent and refused.
SELECT id, event, kind, person, arrangement, day, language, template, data, refused, state FROM letter
WHERE pp = :pp AND event <= :known ORDER BY id;

-- played_put: do
-- in  scenario:text step:int result:text
-- A scenario's step is done.
INSERT INTO played (scenario, step, result) VALUES (:scenario, :step, :result);

-- played_get: one
-- in  scenario:text step:int
-- out result:text
-- Whether a scenario's step is done, and what came of it.
SELECT result FROM played WHERE scenario = :scenario AND step = :step;

-- letter_last: one
-- in  pp:int
-- out id:int
-- The highest letter number a family has used.
SELECT coalesce(max(id), 0) FROM letter WHERE pp = :pp;

-- known_wrong: many
-- in  pp:int upto:int open:int
-- out kind:text id:int
-- Rows that begin or end at an event that never was.
SELECT 'person' AS kind, id FROM person
WHERE pp = :pp AND (event > :upto OR event < 1)
UNION ALL
SELECT 'arrangement', id FROM arrangement
WHERE pp = :pp AND (event > :upto OR event < 1)
UNION ALL
SELECT 'fact', id FROM fact
WHERE pp = :pp AND (event > :upto OR event < 1)
UNION ALL
SELECT 'decision', id FROM decision
WHERE pp = :pp AND (event > :upto OR event < 1)
UNION ALL
SELECT 'instalment', id FROM instalment
WHERE pp = :pp AND (event > :upto OR event < 1)
UNION ALL
SELECT 'entry', id FROM entry
WHERE pp = :pp AND (event > :upto OR event < 1)
UNION ALL
SELECT 'receipt', id FROM receipt
WHERE pp = :pp AND (event > :upto OR event < 1)
UNION ALL
SELECT 'letter', id FROM letter
WHERE pp = :pp AND (event > :upto OR event < 1)
UNION ALL
SELECT 'award', decision FROM award
WHERE pp = :pp AND (event > :upto OR event < 1)
UNION ALL
SELECT 'missed', instalment FROM missed
WHERE pp = :pp AND (event > :upto OR event < 1)
UNION ALL
SELECT 'receipt_match', receipt FROM receipt_match
WHERE pp = :pp AND (event > :upto OR event < 1)
UNION ALL
SELECT 'announced', id FROM announced
WHERE pp = :pp AND (event > :upto OR event < 1)
UNION ALL
SELECT 'announced_paid', announced FROM announced_paid
WHERE pp = :pp AND (event > :upto OR event < 1)
UNION ALL
SELECT 'earnings_order', id FROM earnings_order
WHERE pp = :pp AND (event > :upto OR event < 1)
UNION ALL
SELECT 'benefit_request', event FROM benefit_request
WHERE pp = :pp AND (event > :upto OR event < 1)
UNION ALL
SELECT 'fact', id FROM fact
WHERE pp = :pp AND known_to <> :open AND (known_to > :upto OR known_to < event)
UNION ALL
SELECT 'decision', id FROM decision
WHERE pp = :pp AND known_to <> :open AND (known_to > :upto OR known_to < event)
UNION ALL
SELECT 'instalment', id FROM instalment
WHERE pp = :pp AND known_to <> :open AND (known_to > :upto OR known_to < event)
ORDER BY kind, id;

-- reference_list: many
-- in  refs:texts
-- out ref:text pp:int person:int? arrangement:int?
-- across: a payment names a person or an arrangement by reference alone
-- Who or what references name.
SELECT ref, pp, person, arrangement FROM reference WHERE ref IN (:refs) ORDER BY ref;

-- payer_list: many
-- in  pps:ints
-- out pp:int
-- Which people are paying parents.
SELECT DISTINCT pp FROM arrangement WHERE pp IN (:pps) ORDER BY pp;
