-- schema.sql: everything Upkeep keeps.  The first column of every table about a family is pp, the
-- paying parent's person id: all that must be worked out together shares it (0 is the service
-- itself), and every key of such a table has it.  Dates are days since 1970-01-01, money is pence.  Rows are added, never edited: the one
-- exception is known_to, set once, by an event, when a row stops being what the service believes.
-- That a row's event exists is proved by `upkeep check`, which reads every row of every event; a
-- reference in the schema would cost each row of a bulk write a search.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- The next number of a kind of thing that needs one across all families.
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    next INTEGER NOT NULL
);

-- The spine: what was done, when, by whom; each family's events are a chain of hashes over the rows
-- that each event wrote.
CREATE TABLE event (
    pp       INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    actor    TEXT NOT NULL,
    verb     TEXT NOT NULL,
    key      TEXT,
    about    TEXT NOT NULL,
    rows     BLOB NOT NULL,
    hash     BLOB NOT NULL,
    PRIMARY KEY (pp, seq)
);
CREATE UNIQUE INDEX event_key ON event (pp, key) WHERE key IS NOT NULL;

-- The head of a family's chain and its last numbers, so that a verb begins with one read.  look is
-- the first day on which the day's run has something to look at.  closed_on, entry_closed and
-- instalment_closed: on that day the family's books were closed, and the day's run need not read the
-- rows up to those numbers again but what was carried forward (chunk.h): carried is the number of
-- those rows, and of rows that are to be replaced when entry_closed is 0.  holds is 0 when nothing
-- waits to be paid out.  Worked out from the other rows and proved by
-- `upkeep check`; the one row of a family that is written anew.
CREATE TABLE family (
    pp              INTEGER NOT NULL,
    seq             INTEGER NOT NULL,
    day             INTEGER NOT NULL,
    hash            BLOB NOT NULL,
    look            INTEGER NOT NULL,
    fact_last       INTEGER NOT NULL,
    decision_last   INTEGER NOT NULL,
    instalment_last INTEGER NOT NULL,
    entry_last      INTEGER NOT NULL,
    receipt_last    INTEGER NOT NULL,
    closed_on         INTEGER NOT NULL,
    entry_closed      INTEGER NOT NULL,
    instalment_closed INTEGER NOT NULL,
    carried           INTEGER NOT NULL,
    holds             INTEGER NOT NULL,
    PRIMARY KEY (pp)
);

-- What was open in a family's ledger rows when its books were closed, carried forward (carry.h).
-- Worked out from those rows and proved by `upkeep check`, as the head is.
CREATE TABLE carried (
    pp          INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    known       INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    debit       INTEGER NOT NULL,
    credit      INTEGER NOT NULL,
    arrangement INTEGER NOT NULL,
    amount      INTEGER NOT NULL CHECK (amount > 0),
    reason      INTEGER NOT NULL,
    instalment  INTEGER NOT NULL,
    receipt     INTEGER NOT NULL,
    PRIMARY KEY (pp, id)
);

-- Someone of a family: its paying parent, a receiving parent, a child.  Who is of several families
-- has a row in each, with the same number and reference.
CREATE TABLE person (
    pp     INTEGER NOT NULL,
    id     INTEGER NOT NULL,
    event  INTEGER NOT NULL,
    ref    TEXT NOT NULL,
    given  TEXT NOT NULL,
    family TEXT NOT NULL,
    born   INTEGER,
    PRIMARY KEY (pp, id)
);
CREATE INDEX person_id ON person (id);
CREATE INDEX person_family ON person (family, given, pp);
CREATE INDEX person_event ON person (pp, event);

-- The words of somebody's name as they are looked for (name.h).  Worked out from the name and proved
-- by `upkeep check`.
CREATE TABLE name_word (
    pp     INTEGER NOT NULL,
    person INTEGER NOT NULL,
    word   TEXT NOT NULL,
    PRIMARY KEY (pp, person, word)
);
CREATE INDEX name_word_word ON name_word (word);

-- Who or what a reference names: a person or an arrangement.
CREATE TABLE reference (
    ref         TEXT PRIMARY KEY,
    pp          INTEGER NOT NULL,
    person      INTEGER,
    arrangement INTEGER
);

-- One paying parent and one receiving parent.
CREATE TABLE arrangement (
    pp             INTEGER NOT NULL,
    id             INTEGER NOT NULL,
    event          INTEGER NOT NULL,
    ref            TEXT NOT NULL,
    rp             INTEGER NOT NULL,
    jurisdiction   INTEGER NOT NULL,
    applied_on     INTEGER NOT NULL,
    effective_from INTEGER NOT NULL,
    PRIMARY KEY (pp, id),
    FOREIGN KEY (pp, rp) REFERENCES person (pp, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX arrangement_rp ON arrangement (rp);

-- What somebody said and the service took as true: from when to when it counts (valid), and from
-- which event to which it was believed (known).  subject: 0 the paying parent, else a child's or an
-- arrangement's id, as the kind says.
CREATE TABLE fact (
    pp          INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    event       INTEGER NOT NULL,
    known_to    INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    subject     INTEGER NOT NULL,
    value       TEXT NOT NULL,
    valid_from  INTEGER NOT NULL,
    valid_to    INTEGER NOT NULL,
    happened_on INTEGER NOT NULL,
    said_by     TEXT NOT NULL,
    evidence    TEXT NOT NULL,
    PRIMARY KEY (pp, id),
    CHECK (valid_from < valid_to)
);

-- Numbers by which a payment is recognised (B-220).
CREATE INDEX fact_nino ON fact (value) WHERE kind = 'national_insurance_number';
CREATE INDEX fact_employee ON fact (value) WHERE kind = 'employee_reference';

-- A maintenance decision: from its effective date until the next one's.  facts is the digest of the
-- calculation's input as it was read from the facts known then.
CREATE TABLE decision (
    pp             INTEGER NOT NULL,
    id             INTEGER NOT NULL,
    event          INTEGER NOT NULL,
    known_to       INTEGER NOT NULL,
    kind           TEXT NOT NULL,
    effective_from INTEGER NOT NULL,
    replaces       INTEGER,
    reason         TEXT NOT NULL,
    law_from       INTEGER NOT NULL,
    engine         TEXT NOT NULL,
    facts          BLOB NOT NULL,
    basis          TEXT NOT NULL,
    rate           TEXT NOT NULL,
    income         INTEGER,
    weekly         INTEGER NOT NULL,
    PRIMARY KEY (pp, id)
);

-- What a decision gives each receiving parent a week.
CREATE TABLE award (
    pp          INTEGER NOT NULL,
    decision    INTEGER NOT NULL,
    arrangement INTEGER NOT NULL,
    event       INTEGER NOT NULL,
    weekly      INTEGER NOT NULL,
    PRIMARY KEY (pp, decision, arrangement),
    FOREIGN KEY (pp, decision) REFERENCES decision (pp, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (pp, arrangement) REFERENCES arrangement (pp, id)
);

-- A payment that falls due, and the days of maintenance it covers.  planned is its event's day.
CREATE TABLE instalment (
    pp          INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    event       INTEGER NOT NULL,
    known_to    INTEGER NOT NULL,
    planned     INTEGER NOT NULL,
    arrangement INTEGER NOT NULL,
    plan_from   INTEGER NOT NULL,
    due         INTEGER NOT NULL,
    cover_from  INTEGER NOT NULL,
    cover_to    INTEGER NOT NULL,
    amount      INTEGER NOT NULL,
    PRIMARY KEY (pp, id)
);

-- A pair of bookings: the amount leaves the credit account for the debit account.  day is when it
-- counts, recorded its event's day.
CREATE TABLE entry (
    pp          INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    event       INTEGER NOT NULL,
    recorded    INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    debit       INTEGER NOT NULL,
    credit      INTEGER NOT NULL,
    arrangement INTEGER NOT NULL,
    amount      INTEGER NOT NULL CHECK (amount > 0),
    reason      INTEGER NOT NULL,
    instalment  INTEGER NOT NULL,
    receipt     INTEGER NOT NULL,
    decision    INTEGER NOT NULL,
    PRIMARY KEY (pp, id),
    CHECK (debit <> credit)
);

-- Money that came in (or, amount below zero, was taken back by the bank).  With pp 0 it is in
-- suspense: nobody knows yet whose it is.  origin: the suspense receipt it came from, or 0.
CREATE TABLE receipt (
    pp            INTEGER NOT NULL,
    id            INTEGER NOT NULL,
    event         INTEGER NOT NULL,
    bank_ref      TEXT NOT NULL,
    booked        INTEGER NOT NULL,
    amount        INTEGER NOT NULL,
    payer_name    TEXT NOT NULL,
    payer_account TEXT NOT NULL,
    remittance    TEXT NOT NULL,
    matched_by    TEXT NOT NULL,
    origin        INTEGER NOT NULL,
    returns       INTEGER NOT NULL,
    PRIMARY KEY (pp, id)
);

CREATE INDEX receipt_payer ON receipt (payer_account, pp);
CREATE INDEX receipt_returns ON receipt (pp, returns) WHERE returns <> 0;

-- The receipt that a bank's reference stands for: a line of a statement is recorded once only.
CREATE TABLE bank_line (
    bank_ref TEXT PRIMARY KEY,
    pp       INTEGER NOT NULL,
    receipt  INTEGER NOT NULL,
    amount   INTEGER NOT NULL
);

-- A payment by card that a parent started online (app/card_pay.h, law/flow/card.flow; its steps have
-- this event as their subject).  reference: what the provider is told, and prints in its file.
CREATE TABLE card_payment (
    pp        INTEGER NOT NULL,
    event     INTEGER NOT NULL,
    person    INTEGER NOT NULL,
    reference TEXT NOT NULL,
    amount    INTEGER NOT NULL,
    day       INTEGER NOT NULL,
    PRIMARY KEY (pp, event),
    FOREIGN KEY (pp, event) REFERENCES event (pp, seq) DEFERRABLE INITIALLY DEFERRED
);

-- The provider has it, under its own number.
CREATE TABLE card_sent (
    pp       INTEGER NOT NULL,
    event    INTEGER NOT NULL,
    payment  INTEGER NOT NULL,
    provider TEXT NOT NULL,
    PRIMARY KEY (pp, event),
    FOREIGN KEY (pp, payment) REFERENCES card_payment (pp, event)
);
CREATE UNIQUE INDEX card_sent_provider ON card_sent (provider, pp);

-- A suspense receipt that was found to be a family's.
CREATE TABLE receipt_match (
    pp      INTEGER NOT NULL,
    receipt INTEGER NOT NULL,
    event   INTEGER NOT NULL,
    to_pp   INTEGER NOT NULL,
    PRIMARY KEY (pp, receipt),
    FOREIGN KEY (pp, receipt) REFERENCES receipt (pp, id)
);

-- Money that an employer (source 'employer') or a benefit office ('benefit') says it deducted: no
-- money yet, the bank's line is.  sender: twelve digits that are quoted when it is paid, the
-- employer's own or the benefit office's for one file; batch: what is paid in one sum.  asked: the
-- normal deduction; amount: what was deducted; due: the last day on which it may arrive.
CREATE TABLE announced (
    pp      INTEGER NOT NULL,
    id      INTEGER NOT NULL,
    event   INTEGER NOT NULL,
    source  TEXT NOT NULL,
    sender  TEXT NOT NULL,
    batch   TEXT NOT NULL,
    period  TEXT NOT NULL,
    day     INTEGER NOT NULL,
    asked   INTEGER,
    net     INTEGER,
    amount  INTEGER NOT NULL,
    reason  TEXT NOT NULL,
    due     INTEGER NOT NULL,
    PRIMARY KEY (pp, id)
);
CREATE INDEX announced_sender ON announced (sender, day);
CREATE INDEX announced_day ON announced (pp, day);

-- The receipt in which an announced deduction arrived.
CREATE TABLE announced_paid (
    pp        INTEGER NOT NULL,
    announced INTEGER NOT NULL,
    receipt   INTEGER NOT NULL,
    event     INTEGER NOT NULL,
    PRIMARY KEY (pp, announced, receipt)
);

-- What is to be deducted from somebody's pay: the amounts of a deduction from earnings order (kind
-- 'order') or of a request to the forces ('request').  Rows of one id are one order; from `starts` on
-- the row with the latest day holds, and of several with that day the newest; ended: nothing more.
-- Amounts are a week's.  due: maintenance that was due in all; maintenance and fee: what the order
-- takes of it; arrears and fees: set to be paid.
-- scheme: 1993, 2003, 2012; protect: the fixed amount of 1993.  period: how the employee is paid.
CREATE TABLE earnings_order (
    pp          INTEGER NOT NULL,
    event       INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    starts      INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    scheme      INTEGER NOT NULL,
    employer    TEXT NOT NULL,
    employee    TEXT NOT NULL,
    made        INTEGER NOT NULL,
    due         INTEGER NOT NULL,
    maintenance INTEGER NOT NULL,
    fee         INTEGER NOT NULL,
    arrears     INTEGER NOT NULL,
    fees        INTEGER NOT NULL,
    protect     INTEGER NOT NULL,
    period      TEXT NOT NULL,
    ended       INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    PRIMARY KEY (pp, event, id)
);
CREATE INDEX earnings_order_employee ON earnings_order (employee);
CREATE INDEX earnings_order_employer ON earnings_order (employer);

-- Employers that announced nothing for a month about people whose orders to them held all of it, as the
-- last day's run found it (app/employer.h).  Not about a family, so without pp.
CREATE TABLE silent_month (
    employer TEXT NOT NULL,
    month    TEXT NOT NULL,
    due      INTEGER NOT NULL,
    people   INTEGER NOT NULL,
    amount   INTEGER NOT NULL,
    PRIMARY KEY (employer, month)
);

-- How the service does, for anybody, as the last day's run found it (app/published.h).  Not about a
-- family, so without pp.
CREATE TABLE published_wait (
    part   TEXT NOT NULL,
    day    INTEGER NOT NULL,
    open   INTEGER NOT NULL,
    near   INTEGER NOT NULL,
    late   INTEGER NOT NULL,
    PRIMARY KEY (part)
);
CREATE TABLE published_figure (
    name   TEXT NOT NULL,
    day    INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (name)
);

-- The code by which an employer without an account opens its orders, kept as a hash.  Of an order
-- (id) the newest counts, while the order holds.
CREATE TABLE employer_code (
    pp       INTEGER NOT NULL,
    event    INTEGER NOT NULL,
    id       INTEGER NOT NULL,
    employer TEXT NOT NULL,
    hash     BLOB NOT NULL,
    PRIMARY KEY (pp, event)
);
CREATE INDEX employer_code_hash ON employer_code (hash);

-- What an employer says of the employee of an order (id).  kind: not_employed, left (day: the last
-- pay-day; new_employer as far as it is known) or started (day: the first pay-day).
CREATE TABLE employer_notice (
    pp           INTEGER NOT NULL,
    event        INTEGER NOT NULL,
    id           INTEGER NOT NULL,
    employer     TEXT NOT NULL,
    kind         TEXT NOT NULL,
    day          INTEGER NOT NULL,
    new_employer TEXT NOT NULL,
    PRIMARY KEY (pp, event)
);

-- What a benefit office is asked to deduct; of a family one row holds from its day on: the latest.
-- week: a week's deduction, our fee in it; amount: that of the benefit's own period.
CREATE TABLE benefit_request (
    pp      INTEGER NOT NULL,
    event   INTEGER NOT NULL,
    starts  INTEGER NOT NULL,
    benefit TEXT NOT NULL,
    purpose TEXT NOT NULL,
    week    INTEGER NOT NULL,
    fee     INTEGER NOT NULL,
    amount  INTEGER NOT NULL,
    ended   INTEGER NOT NULL,
    reason  TEXT NOT NULL,
    PRIMARY KEY (pp, event)
);

-- An instalment that was not covered at the end of the day it fell due.
CREATE TABLE missed (
    pp         INTEGER NOT NULL,
    instalment INTEGER NOT NULL,
    event      INTEGER NOT NULL,
    found_on   INTEGER NOT NULL,
    amount     INTEGER NOT NULL,
    PRIMARY KEY (pp, instalment)
);
CREATE INDEX missed_found ON missed (found_on);

-- A step of a state machine (law/flow) that somebody took: what happened to its subject, who asked.
CREATE TABLE step (
    pp        INTEGER NOT NULL,
    event     INTEGER NOT NULL,
    id        INTEGER NOT NULL,
    machine   TEXT NOT NULL,
    subject   INTEGER NOT NULL,
    happening TEXT NOT NULL,
    was       TEXT NOT NULL,
    became    TEXT NOT NULL,
    day       INTEGER NOT NULL,
    asked_by  TEXT NOT NULL,
    reason    TEXT NOT NULL,
    evidence  TEXT NOT NULL,
    PRIMARY KEY (pp, event, id),
    FOREIGN KEY (pp, event) REFERENCES event (pp, seq) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX step_sample ON step (day, pp) WHERE machine = 'sample';

-- What a parent asks of us: to take up a change of circumstances they tell, or to look at a decision
-- again (machine: law/flow; its steps have this event as their subject).  topic: the kind of change
-- (law/change); subject: whom it is about, or the decision.  What is kept sealed is not here but in a
-- fact.
CREATE TABLE asking (
    pp          INTEGER NOT NULL,
    event       INTEGER NOT NULL,
    machine     TEXT NOT NULL,
    topic       TEXT NOT NULL,
    person      INTEGER NOT NULL, -- who asks
    subject     INTEGER NOT NULL,
    value       TEXT NOT NULL,
    happened_on INTEGER NOT NULL,
    day         INTEGER NOT NULL, -- on which it was asked
    note        TEXT NOT NULL,
    evidence    TEXT NOT NULL, -- of a decision asked about late: why it is late
    PRIMARY KEY (pp, event),
    FOREIGN KEY (pp, event) REFERENCES event (pp, seq) DEFERRABLE INITIALLY DEFERRED
);

-- An application that somebody without an account sent (app/online.h), in the service's own chain until
-- it is taken into the record.  Its event is its number; code: the hash of what opens it for who sent it.
CREATE TABLE online_application (
    pp        INTEGER NOT NULL,
    event     INTEGER NOT NULL,
    code      BLOB NOT NULL,
    applicant TEXT NOT NULL, -- receiving, paying or child
    day       INTEGER NOT NULL,
    PRIMARY KEY (pp, event),
    FOREIGN KEY (pp, event) REFERENCES event (pp, seq) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX online_application_code ON online_application (code);

-- What it says, field by field.  Most of it is protected: read by app/online.c alone.
CREATE TABLE online_answer (
    pp    INTEGER NOT NULL,
    event INTEGER NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (pp, event, field)
);

CREATE INDEX online_answer_born ON online_answer (value) WHERE field LIKE '%born';

-- A step of it (law/flow/online_application.flow): taken is the machine's event.  said: what the applicant
-- reads or, of an answer, wrote.  arrangement: the reference of what it became, or ''.
CREATE TABLE online_step (
    pp          INTEGER NOT NULL,
    application INTEGER NOT NULL,
    event       INTEGER NOT NULL,
    taken       TEXT NOT NULL,
    became      TEXT NOT NULL,
    day         INTEGER NOT NULL,
    said        TEXT NOT NULL,
    arrangement TEXT NOT NULL,
    PRIMARY KEY (pp, application, event)
);
CREATE INDEX online_step_event ON online_step (pp, event);
CREATE INDEX online_step_arrangement ON online_step (arrangement) WHERE arrangement <> '';

-- What somebody says was paid of a payment due under Direct Pay: a parent, or a decision maker who
-- found it.  The last word of each counts.
CREATE TABLE direct_payment (
    pp          INTEGER NOT NULL,
    event       INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    arrangement INTEGER NOT NULL,
    due         INTEGER NOT NULL,
    teller      TEXT NOT NULL,
    paid        INTEGER NOT NULL,
    paid_on     INTEGER,
    evidence    TEXT NOT NULL,
    PRIMARY KEY (pp, event, id),
    FOREIGN KEY (pp, event) REFERENCES event (pp, seq) DEFERRABLE INITIALLY DEFERRED
);

-- A letter with its frozen data, made; or a letter that was refused, and why.  state: where it is on
-- its way (law/flow/post.flow), worked out from its steps and proved by `upkeep check`.
CREATE TABLE letter (
    pp          INTEGER NOT NULL,
    id          INTEGER NOT NULL,
    event       INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    person      INTEGER NOT NULL,
    arrangement INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    language    TEXT NOT NULL,
    template    TEXT NOT NULL,
    data        TEXT NOT NULL,
    refused     TEXT,
    state       TEXT NOT NULL DEFAULT 'waiting',
    PRIMARY KEY (pp, id)
);
CREATE INDEX letter_waiting ON letter (pp, id)
    WHERE state IN ('waiting', 'kept') AND refused IS NULL;
CREATE INDEX letter_returned ON letter (person) WHERE state = 'returned';

-- A day's file of letters.  stage: 1 letters are put into it, 2 it is to be written, 3 it was.
CREATE TABLE post_batch (
    id     INTEGER PRIMARY KEY,
    made   INTEGER NOT NULL,
    stage  INTEGER NOT NULL,
    number INTEGER NOT NULL
);

-- A letter in such a file: its number there, and whether in large print.  way: post, or text_message or
-- email, by which somebody is told that it is to be read in their account.
CREATE TABLE post_item (
    pp     INTEGER NOT NULL,
    batch  INTEGER NOT NULL,
    item   INTEGER NOT NULL,
    event  INTEGER NOT NULL,
    letter INTEGER NOT NULL,
    large  INTEGER NOT NULL,
    way    TEXT NOT NULL,
    PRIMARY KEY (pp, batch, item)
);
CREATE INDEX post_item_batch ON post_item (batch, item);
CREATE INDEX post_item_letter ON post_item (pp, letter);

-- A file of payments to receiving parents (kind 1), or of collections from paying parents with the
-- instructions they rest on (kind 2).  open: it is still being put together; settled: its
-- collections are booked.  digest is that of the file as it was written first.
CREATE TABLE pay_batch (
    id         INTEGER PRIMARY KEY,
    kind       INTEGER NOT NULL,
    format     TEXT NOT NULL,
    made       INTEGER NOT NULL,
    processing INTEGER NOT NULL,
    open       INTEGER NOT NULL,
    settled    INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    amount     INTEGER NOT NULL,
    digest     TEXT NOT NULL
);

-- A line of such a file, with the account as it was then.  kind: enum payment_kind.  due: of a
-- collection the last instalment's due day in it.
CREATE TABLE payment (
    pp          INTEGER NOT NULL,
    batch       INTEGER NOT NULL,
    kind        INTEGER NOT NULL,
    arrangement INTEGER NOT NULL,
    event       INTEGER NOT NULL,
    amount      INTEGER NOT NULL,
    processing  INTEGER NOT NULL,
    due         INTEGER NOT NULL,
    sort_code   TEXT NOT NULL,
    account     TEXT NOT NULL,
    name        TEXT NOT NULL,
    reference   TEXT NOT NULL,
    PRIMARY KEY (pp, batch, kind, arrangement)
);
CREATE INDEX payment_batch ON payment (batch, kind, pp, arrangement);
CREATE INDEX payment_reference ON payment (reference, processing);

-- A payment or collection that came back: once only, whoever tells of it.
CREATE TABLE payment_back (
    pp          INTEGER NOT NULL,
    batch       INTEGER NOT NULL,
    kind        INTEGER NOT NULL,
    arrangement INTEGER NOT NULL,
    event       INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    told_by     TEXT NOT NULL,
    reason      TEXT NOT NULL,
    PRIMARY KEY (pp, batch, kind, arrangement)
);

-- A paying parent's Direct Debit instruction; the newest row is how it stands.  state: asked (the
-- parent has signed), lodged (sent to the bank), ending (to be cancelled at the bank), cancelled.
CREATE TABLE instruction (
    pp        INTEGER NOT NULL,
    event     INTEGER NOT NULL,
    day       INTEGER NOT NULL,
    state     TEXT NOT NULL,
    sort_code TEXT NOT NULL,
    account   TEXT NOT NULL,
    name      TEXT NOT NULL,
    why       TEXT NOT NULL,
    PRIMARY KEY (pp, event)
);

-- A collection that came back unpaid and is to be presented once more with the next file; batch and
-- kind are those of the first presentation.
CREATE TABLE debit_again (
    pp     INTEGER NOT NULL,
    event  INTEGER NOT NULL,
    batch  INTEGER NOT NULL,
    kind   INTEGER NOT NULL,
    day    INTEGER NOT NULL,
    due    INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    why    TEXT NOT NULL,
    PRIMARY KEY (pp, event)
);

-- Advance notice of the amount that will be collected for what falls due from a day on, and the
-- earliest day of collecting it.
CREATE TABLE debit_notice (
    pp       INTEGER NOT NULL,
    event    INTEGER NOT NULL,
    due_from INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    amount   INTEGER NOT NULL,
    earliest INTEGER NOT NULL,
    PRIMARY KEY (pp, event, due_from)
);

-- What somebody decided about money other than the maintenance itself: a fee and its waiver, a
-- voluntary payment, a set-off, money given back; one for each event that does.  amount: asked for,
-- counted: what it came to.  refers: the ruling, receipt or arrangement it is about; other_pp: the
-- other family of a set-off, whose event has its twin.
CREATE TABLE ruling (
    pp          INTEGER NOT NULL,
    event       INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    word        TEXT NOT NULL,
    arrangement INTEGER NOT NULL,
    amount      INTEGER NOT NULL,
    counted     INTEGER NOT NULL,
    weekly      INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    basis       TEXT NOT NULL,
    reason      TEXT NOT NULL,
    evidence    TEXT NOT NULL,
    refers      INTEGER NOT NULL,
    other_pp    INTEGER NOT NULL,
    PRIMARY KEY (pp, event)
);

-- How the welfare of the children a ruling may touch was thought of (B-001); who and when are its
-- event's.
CREATE TABLE welfare (
    pp        INTEGER NOT NULL,
    event     INTEGER NOT NULL,
    children  TEXT NOT NULL,
    evidence  TEXT NOT NULL,
    reasoning TEXT NOT NULL,
    PRIMARY KEY (pp, event)
);

-- Control totals: what each writing of ledger rows added, by day recorded and reason, written with
-- the rows themselves; pp and event are those of its first row.  The night's proof holds the rows
-- against it, and `upkeep check` all of them.
CREATE TABLE book (
    pp     INTEGER NOT NULL,
    event  INTEGER NOT NULL,
    day    INTEGER NOT NULL,
    reason INTEGER NOT NULL,
    debit  INTEGER NOT NULL,
    credit INTEGER NOT NULL,
    number INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (pp, event, day, reason)
);
CREATE INDEX book_day ON book (day);

-- The book of a proved day, added up.
CREATE TABLE night (
    day    INTEGER NOT NULL,
    debit  INTEGER NOT NULL,
    credit INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (day, debit, credit)
);

-- What a bank said of an account, in the order it was read, and what its lines were: receipts less
-- those taken back; payments of ours going out less those that came back; collections of ours that
-- arrived as one sum; others, not booked; and lines at fault, not booked either.
CREATE TABLE bank_statement (
    account     TEXT NOT NULL,
    id          TEXT NOT NULL,
    place       INTEGER NOT NULL,
    day         INTEGER NOT NULL,
    opening     INTEGER NOT NULL,
    closing     INTEGER NOT NULL,
    receipts    INTEGER NOT NULL,
    paid        INTEGER NOT NULL,
    collections INTEGER NOT NULL,
    others      INTEGER NOT NULL,
    faulty      INTEGER NOT NULL,
    PRIMARY KEY (account, id)
);

-- The statement with balances that a receipt (or one taken back) was first shown on, by the key of
-- bank_line: shown by another one too it is not received twice.
CREATE TABLE bank_line_shown (
    bank_ref  TEXT PRIMARY KEY,
    statement TEXT NOT NULL
);

-- What files brought on a day for an account, as receipts less those taken back, and how much of it
-- (or of what was recorded earlier) is on statements with balances.
CREATE TABLE bank_booked (
    account TEXT NOT NULL,
    day     INTEGER NOT NULL,
    amount  INTEGER NOT NULL,
    stated  INTEGER NOT NULL,
    PRIMARY KEY (account, day)
);

-- A payment of ours that was seen on a statement, going out or (back) coming back; of a Bacs file
-- of payments or collections, which the bank books as one sum, pp and arrangement are 0.
CREATE TABLE payment_seen (
    batch       INTEGER NOT NULL,
    pp          INTEGER NOT NULL,
    arrangement INTEGER NOT NULL,
    back        INTEGER NOT NULL,
    line        TEXT NOT NULL,
    PRIMARY KEY (batch, pp, arrangement, back)
);

-- Of a proved day: what the receipts came to, less those taken back, and what the ledger paid out.
CREATE TABLE night_bank (
    day  INTEGER PRIMARY KEY,
    came INTEGER NOT NULL,
    paid INTEGER NOT NULL
);

-- A job of a day, such as "day", its run: running, finished or broken off.  Times are seconds since
-- 1970-01-01 UTC.  done and total count families, aside those that were set aside, note says why it
-- was broken off.
CREATE TABLE job (
    name     TEXT NOT NULL,
    day      INTEGER NOT NULL,
    state    TEXT NOT NULL,
    started  INTEGER NOT NULL,
    finished INTEGER,
    done     INTEGER NOT NULL,
    total    INTEGER NOT NULL,
    aside    INTEGER NOT NULL,
    note     TEXT NOT NULL,
    PRIMARY KEY (name, day)
);

-- A part of a running job: the families after `reached` up to `last`; done and aside so far.  Who
-- works on it holds a lease until a moment, and must have it still when what was done is committed.
CREATE TABLE job_part (
    name    TEXT NOT NULL,
    day     INTEGER NOT NULL,
    part    INTEGER NOT NULL,
    reached INTEGER NOT NULL,
    last    INTEGER NOT NULL,
    done    INTEGER NOT NULL,
    aside   INTEGER NOT NULL,
    worker  TEXT NOT NULL,
    until   INTEGER NOT NULL,
    PRIMARY KEY (name, day, part)
);

-- A family the day's run leaves out until it is put back: since when, why, who said so (the run
-- itself: "day").  cleared is the event that put it back, 0 while it is aside.
CREATE TABLE set_aside (
    pp         INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    since      INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    said_by    TEXT NOT NULL,
    cleared    INTEGER NOT NULL,
    cleared_on INTEGER,
    cleared_by TEXT,
    PRIMARY KEY (pp, number)
);

-- Something that waits in a family (law/clock): since when, by when, and when it is near; place is
-- where it stands on the work list, owner who has the family, '' for nobody.  subject is what waits:
-- as the kind says.  event began it, done_event did what it waits for (0: open), gone is the event by
-- which there was nothing more to wait for (0: there is).  A case is set aside without an event: 0.
CREATE TABLE clock (
    pp         INTEGER NOT NULL,
    event      INTEGER NOT NULL,
    kind       TEXT NOT NULL,
    subject    INTEGER NOT NULL,
    started    INTEGER NOT NULL,
    near       INTEGER NOT NULL,
    due        INTEGER NOT NULL,
    place      INTEGER NOT NULL,
    owner      TEXT NOT NULL,
    done_event INTEGER NOT NULL,
    done_on    INTEGER NOT NULL,
    gone       INTEGER NOT NULL,
    PRIMARY KEY (pp, event, kind, subject)
);
CREATE INDEX clock_live ON clock (pp, kind, subject) WHERE gone = 0;
CREATE INDEX clock_place ON clock (place, pp) WHERE done_event = 0;
CREATE INDEX clock_kind ON clock (kind, place, pp, near, due) WHERE done_event = 0;
CREATE INDEX clock_announced ON clock (pp, subject) WHERE kind = 'announced' AND gone = 0;
CREATE INDEX clock_owner ON clock (owner, place, pp) WHERE done_event = 0;

-- Who has a family, and who stands in, with the note handed over; the newest row counts.
CREATE TABLE case_owner (
    pp     INTEGER NOT NULL,
    event  INTEGER NOT NULL,
    day    INTEGER NOT NULL,
    owner  TEXT NOT NULL,
    deputy TEXT NOT NULL,
    note   TEXT NOT NULL,
    PRIMARY KEY (pp, event)
);
CREATE INDEX case_owner_name ON case_owner (owner, pp);

-- What a parent and the service wrote to each other (app/message.h); its event is its number.
-- arrangement: with whom: 0 the paying parent, else that arrangement's receiving parent; nobody else but
-- the service is told.  talk: the first message of the conversation, itself for that one.  reply_by: the
-- day by which an answer is promised or asked for.  words are opened through app/access.h only.
CREATE TABLE message (
    pp          INTEGER NOT NULL,
    event       INTEGER NOT NULL,
    arrangement INTEGER NOT NULL,
    from_parent INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    day         INTEGER NOT NULL,
    talk        INTEGER NOT NULL,
    reply_by    INTEGER,
    words       TEXT NOT NULL,
    PRIMARY KEY (pp, event)
);

-- A step of a complaint (law/flow/complaint.flow).  complaint: the message that it is; taken: the
-- machine's event, '' for its beginning; due: the day by which we must act, where we must.
CREATE TABLE complaint_step (
    pp        INTEGER NOT NULL,
    event     INTEGER NOT NULL,
    complaint INTEGER NOT NULL,
    taken     TEXT NOT NULL,
    became    TEXT NOT NULL,
    day       INTEGER NOT NULL,
    due       INTEGER,
    PRIMARY KEY (pp, event)
);

-- A file somebody gave us, with the message of the same event or for a fact (0: none); kind as
-- app/evidence.h found it, digest the SHA-256 of its bytes.
CREATE TABLE evidence (
    pp     INTEGER NOT NULL,
    event  INTEGER NOT NULL,
    fact   INTEGER NOT NULL,
    kind   TEXT NOT NULL,
    size   INTEGER NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (pp, event)
);
-- What is in such a file; the same bytes given twice are kept once.
CREATE TABLE evidence_bytes (
    pp     INTEGER NOT NULL,
    digest BLOB NOT NULL,
    bytes  BLOB NOT NULL,
    PRIMARY KEY (pp, digest)
);

-- Somebody may come to harm (app/alert.h, law/flow/safety.flow; its steps have this event as their
-- subject).  person: about whom; source: where it was heard; heard: the names of the rules that heard
-- it; note: what a person who noticed it says.  No word of a parent is in it.
CREATE TABLE alert (
    pp     INTEGER NOT NULL,
    event  INTEGER NOT NULL,
    person INTEGER NOT NULL,
    risk   TEXT NOT NULL,
    source TEXT NOT NULL,
    heard  TEXT NOT NULL,
    note   TEXT NOT NULL,
    day    INTEGER NOT NULL,
    PRIMARY KEY (pp, event),
    FOREIGN KEY (pp, event) REFERENCES event (pp, seq) DEFERRABLE INITIALLY DEFERRED
);

-- A rule found what comes again and again in a family (app/pattern.h, law/safety/patterns.txt; its steps
-- have this event as their subject).  person: whose doing it would be; facts: what was counted, as the
-- rule's items; upto: the day of the last of them: what comes after it is counted anew.
CREATE TABLE pattern (
    pp     INTEGER NOT NULL,
    event  INTEGER NOT NULL,
    rule   TEXT NOT NULL,
    person INTEGER NOT NULL,
    facts  TEXT NOT NULL,
    upto   INTEGER NOT NULL,
    PRIMARY KEY (pp, event),
    FOREIGN KEY (pp, event) REFERENCES event (pp, seq) DEFERRABLE INITIALLY DEFERRED
);

-- From this event on decisions are picked and looked at by somebody else (app/sample.h): the event is the
-- service's own, and its hash the seed.  The shares are thousandths; -1: those of law/service.law.
CREATE TABLE sampling (
    pp           INTEGER NOT NULL,
    event        INTEGER NOT NULL,
    before_share INTEGER NOT NULL,
    after_share  INTEGER NOT NULL,
    PRIMARY KEY (pp, event),
    FOREIGN KEY (pp, event) REFERENCES event (pp, seq) DEFERRABLE INITIALLY DEFERRED
);

-- Somebody looked at what was decided by event decided: what it gives a week in all, and should give.
-- What they found is the event's step of the machine sample; that it was picked is an earlier one.
CREATE TABLE sample_look (
    pp      INTEGER NOT NULL,
    event   INTEGER NOT NULL,
    decided INTEGER NOT NULL,
    weekly  INTEGER NOT NULL,
    should  INTEGER NOT NULL,
    PRIMARY KEY (pp, event),
    FOREIGN KEY (pp, event) REFERENCES event (pp, seq) DEFERRABLE INITIALLY DEFERRED
);

-- The line is stopped: no money moves in bulk until somebody lets it go on.  Times are seconds.
CREATE TABLE line_stop (
    number     INTEGER PRIMARY KEY,
    reason     TEXT NOT NULL,
    stopped_by TEXT NOT NULL,
    stopped_at INTEGER NOT NULL,
    gone_by    TEXT,
    gone_at    INTEGER
);

-- Who of those who work here may not open which cases, opened one all the same, and who looked
-- (app/door.h).  Times are seconds since 1970-01-01 UTC.

-- A person whose cases an account may not open: a relative, a neighbour, themselves.  Not about a
-- family, so without pp.
CREATE TABLE bar (
    account TEXT NOT NULL,
    person  INTEGER NOT NULL,
    why     TEXT NOT NULL,
    said_by TEXT NOT NULL,
    since   INTEGER NOT NULL,
    PRIMARY KEY (account, person)
);

-- A barred case was opened by an account, with a reason, until a time.
CREATE TABLE glass (
    pp      INTEGER NOT NULL,
    event   INTEGER NOT NULL,
    account TEXT NOT NULL,
    at      INTEGER NOT NULL,
    until   INTEGER NOT NULL,
    why     TEXT NOT NULL,
    PRIMARY KEY (pp, event)
);
-- What someone else found about that.
CREATE TABLE glass_review (
    pp      INTEGER NOT NULL,
    event   INTEGER NOT NULL,
    glass   INTEGER NOT NULL, -- the event that opened it
    account TEXT NOT NULL,
    fair    INTEGER NOT NULL,
    finding TEXT NOT NULL,
    PRIMARY KEY (pp, event)
);

-- What was asked of a second person (app/approval.h): which act of the law's table second_person, what
-- it comes to, what it would do in words, and why.  Its particulars are in approval_field.
CREATE TABLE approval_ask (
    pp     INTEGER NOT NULL,
    event  INTEGER NOT NULL,
    act    TEXT NOT NULL,
    amount INTEGER NOT NULL,
    asker  TEXT NOT NULL,
    why    TEXT NOT NULL,
    effect TEXT NOT NULL,
    PRIMARY KEY (pp, event)
);
CREATE TABLE approval_field (
    pp    INTEGER NOT NULL,
    event INTEGER NOT NULL,
    name  TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (pp, event, name)
);
-- What became of it: a state of the machine approval.  did: the event that did it, or 0.
CREATE TABLE approval_answer (
    pp      INTEGER NOT NULL,
    event   INTEGER NOT NULL,
    ask     INTEGER NOT NULL,
    state   TEXT NOT NULL,
    account TEXT NOT NULL,
    reason  TEXT NOT NULL,
    did     INTEGER NOT NULL,
    PRIMARY KEY (pp, event, ask)
);
CREATE INDEX approval_answer_ask ON approval_answer (pp, ask);

-- A parent was asked to open an account (app/invite.h).  code: the hash of the one-time code that was
-- sent to them.
CREATE TABLE invitation (
    pp     INTEGER NOT NULL,
    event  INTEGER NOT NULL,
    person INTEGER NOT NULL,
    role   TEXT NOT NULL,
    code   BLOB NOT NULL,
    at     INTEGER NOT NULL,
    until  INTEGER NOT NULL,
    PRIMARY KEY (pp, event)
);
CREATE INDEX invitation_person ON invitation (person);
-- The account that was opened with it.
CREATE TABLE invitation_use (
    pp         INTEGER NOT NULL,
    event      INTEGER NOT NULL,
    invitation INTEGER NOT NULL, -- the event that made it
    account    TEXT NOT NULL,
    PRIMARY KEY (pp, event)
);

-- A person lets somebody act for them (app/authority.h): who (name, in words), what they are (basis),
-- what they may do (scope), until which day, that day not included.  code: the hash of the one-time
-- code by which they take it up, until code_until (seconds).  evidence: what a caseworker saw of it.
CREATE TABLE authority (
    pp         INTEGER NOT NULL,
    event      INTEGER NOT NULL,
    person     INTEGER NOT NULL,
    name       TEXT NOT NULL,
    basis      TEXT NOT NULL,
    scope      TEXT NOT NULL,
    until      INTEGER NOT NULL,
    code       BLOB NOT NULL,
    code_until INTEGER NOT NULL,
    evidence   TEXT NOT NULL,
    PRIMARY KEY (pp, event)
);
CREATE INDEX authority_person ON authority (person);
-- The representative's account that took it up.
CREATE TABLE authority_use (
    pp        INTEGER NOT NULL,
    event     INTEGER NOT NULL,
    authority INTEGER NOT NULL, -- the event that gave it
    account   TEXT NOT NULL,
    PRIMARY KEY (pp, event)
);
CREATE INDEX authority_use_account ON authority_use (account);
-- It was ended before its day.
CREATE TABLE authority_end (
    pp        INTEGER NOT NULL,
    event     INTEGER NOT NULL,
    authority INTEGER NOT NULL,
    PRIMARY KEY (pp, event)
);

-- Someone read something of a family: one row for an account, a page and a quarter of an hour.
CREATE TABLE look (
    pp      INTEGER NOT NULL,
    quarter INTEGER NOT NULL,
    account TEXT NOT NULL,
    page    TEXT NOT NULL,
    role    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (pp, quarter, account, page)
);

-- What happened, in the order in which programs are told of it (web/feed.h): under each number the
-- events from first to last of a family.  Numbers are given when a program asks, and never change.
CREATE TABLE feed (
    pp     INTEGER NOT NULL,
    number INTEGER NOT NULL,
    first  INTEGER NOT NULL,
    last   INTEGER NOT NULL,
    PRIMARY KEY (pp, first)
);
CREATE INDEX feed_number ON feed (number);

-- Steps of a scenario that are done, so that a play that was cut off goes on where it stopped.
CREATE TABLE played (
    scenario TEXT NOT NULL,
    step     INTEGER NOT NULL,
    result   TEXT NOT NULL,
    PRIMARY KEY (scenario, step)
);

-- The web face's own: who may sign in, who is signed in, and estimates kept for a while.  Not about
-- a family, so without pp.  Times are seconds since 1970-01-01 UTC.

CREATE TABLE account (
    name         TEXT PRIMARY KEY,
    role         TEXT NOT NULL,
    password     TEXT NOT NULL,
    active       INTEGER NOT NULL,
    made_at      INTEGER NOT NULL,
    person       INTEGER NOT NULL -- whose own account it is; 0: someone who works here or acts for others
);
CREATE INDEX account_person ON account (person);

-- Attempts to get in that came to nothing, until they are forgotten (web/attempt.h).  subject: an
-- account's name, whether there is one or not; a person's reference; an address.
CREATE TABLE attempt (
    kind     TEXT NOT NULL,
    subject  TEXT NOT NULL,
    since    INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    PRIMARY KEY (kind, subject)
);
CREATE INDEX attempt_since ON attempt (since);

CREATE TABLE session (
    token   BLOB PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (name),
    started INTEGER NOT NULL,
    seen    INTEGER NOT NULL,
    waits   INTEGER NOT NULL, -- 1: only the password was given yet
    acts_for INTEGER NOT NULL -- of a representative: the person for whom they act now; 0: nobody
);
CREATE INDEX session_account ON session (account);

-- An online application at the home of an account (web/apply_home.h), being filled in or sent: code is the
-- hash by which apply_draft and online_application have it.
CREATE TABLE application_home (
    account TEXT NOT NULL REFERENCES account (name),
    code    BLOB NOT NULL,
    PRIMARY KEY (account, code)
);
CREATE INDEX application_home_code ON application_home (code);

-- Tokens of programs (web/program.h): the hash of each, what it opens, when it was last used.  An
-- account's are numbered from 1; ended: when it was revoked, 0 while it was not.
CREATE TABLE program (
    token   BLOB PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (name),
    number  INTEGER NOT NULL,
    name    TEXT NOT NULL,
    scopes  TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    seen    INTEGER NOT NULL,
    ended   INTEGER NOT NULL
);
CREATE UNIQUE INDEX program_account ON program (account, number);

-- An employer who came in with an order's code: `code` is its event, family and number are the
-- order's.  It opens that employer's orders and nothing else.
CREATE TABLE employer_session (
    token    BLOB PRIMARY KEY,
    employer TEXT NOT NULL,
    family   INTEGER NOT NULL,
    number   INTEGER NOT NULL,
    code     INTEGER NOT NULL,
    started  INTEGER NOT NULL,
    seen     INTEGER NOT NULL
);

-- The second factor of an account (web/second.h): the sealed secret of an app, and the last step of
-- it that was taken.  active 0: made, and not shown to work yet.
CREATE TABLE second_factor (
    account TEXT NOT NULL,
    active  INTEGER NOT NULL,
    seal    BLOB NOT NULL,
    step    INTEGER NOT NULL,
    since   INTEGER NOT NULL,
    PRIMARY KEY (account, active)
);
-- Hashes of the recovery codes that are left.
CREATE TABLE recovery (
    account TEXT NOT NULL,
    code    BLOB NOT NULL,
    PRIMARY KEY (account, code)
);

-- Passkeys of accounts (web/passkey_page.h), numbered from 1 for each; counter: what the key last said
-- of how often it signed, 0 where it keeps no count.
CREATE TABLE passkey (
    id        BLOB PRIMARY KEY,
    account   TEXT NOT NULL REFERENCES account (name),
    number    INTEGER NOT NULL,
    name      TEXT NOT NULL,
    algorithm INTEGER NOT NULL,
    key       BLOB NOT NULL,
    counter   INTEGER NOT NULL,
    made_at   INTEGER NOT NULL,
    seen      INTEGER NOT NULL
);
CREATE UNIQUE INDEX passkey_account ON passkey (account, number);
-- Whom a sign-in provider knows an account as (web/provider_link.h).  ended 0: it opens the account;
-- those that no longer do stay, with who ended them.
CREATE TABLE account_link (
    issuer   TEXT NOT NULL,
    subject  TEXT NOT NULL,
    ended    INTEGER NOT NULL,
    account  TEXT NOT NULL REFERENCES account (name),
    made_at  INTEGER NOT NULL,
    made_by  TEXT NOT NULL,
    ended_by TEXT NOT NULL,
    PRIMARY KEY (issuer, subject, ended)
);
CREATE UNIQUE INDEX account_link_account ON account_link (account, issuer, ended);
-- Browsers that were sent to a provider and are not back yet: the hash of what each holds; account:
-- which is to be connected, '' for somebody who signs in.
CREATE TABLE provider_wait (
    token    BLOB PRIMARY KEY,
    provider TEXT NOT NULL,
    account  TEXT NOT NULL,
    next     TEXT NOT NULL,
    started  INTEGER NOT NULL
);
CREATE INDEX provider_wait_started ON provider_wait (started);

-- input is the calculation's input as doc/assess.md describes it; nothing in it names a person.
CREATE TABLE estimate (
    code    TEXT PRIMARY KEY,
    expires INTEGER NOT NULL,
    input   TEXT NOT NULL
);
CREATE INDEX estimate_expires ON estimate (expires);

-- An application that is being filled in: found by a hash of the code that its browser, or the person,
-- has, and sealed with another, so that it cannot be read from here.  kept: they were told the code, to
-- come back later.
CREATE TABLE apply_draft (
    code    BLOB PRIMARY KEY,
    expires INTEGER NOT NULL,
    kept    INTEGER NOT NULL,
    sealed  BLOB NOT NULL
);
CREATE INDEX apply_draft_expires ON apply_draft (expires);
