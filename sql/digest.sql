-- digest.sql: the rows that an event wrote, in a fixed order, for its hash.  Columns that a later
-- event may set (known_to) are left out where the row begins and named where it ends.

-- digest_person: hash
-- in  pp:int event:int
-- of person_insert
-- People an event recorded.
SELECT id, ref, given, family, born FROM person WHERE pp = :pp AND event = :event ORDER BY id;

-- digest_arrangement: hash
-- in  pp:int event:int
-- of arrangement_insert
-- Arrangements an event made.
SELECT id, ref, rp, jurisdiction, applied_on, effective_from FROM arrangement
WHERE pp = :pp AND event = :event ORDER BY id;

-- digest_fact: hash
-- in  pp:int event:int
-- of fact_insert
-- Facts an event asserted.
SELECT id, kind, subject, value, valid_from, valid_to, happened_on, said_by, evidence FROM fact
WHERE pp = :pp AND event = :event ORDER BY id;

-- digest_fact_end: hash
-- in  pp:int event:int
-- of fact_close
-- Facts an event ended.
SELECT id FROM fact WHERE pp = :pp AND known_to = :event ORDER BY id;

-- digest_decision: hash
-- in  pp:int event:int
-- of decision_insert
-- Decisions an event made.
SELECT id, kind, effective_from, replaces, reason, law_from, engine, facts, basis, rate, income,
       weekly
FROM decision WHERE pp = :pp AND event = :event ORDER BY id;

-- digest_decision_end: hash
-- in  pp:int event:int
-- of decision_close
-- Decisions an event replaced.
SELECT id FROM decision WHERE pp = :pp AND known_to = :event ORDER BY id;

-- digest_award: hash
-- in  pp:int event:int
-- of award_insert
-- Awards an event made.
SELECT decision, arrangement, weekly FROM award
WHERE pp = :pp AND event = :event ORDER BY decision, arrangement;

-- digest_instalment: hash
-- in  pp:int event:int
-- of instalment_insert
-- Instalments an event planned.
SELECT id, planned, arrangement, plan_from, due, cover_from, cover_to, amount FROM instalment
WHERE pp = :pp AND event = :event ORDER BY id;

-- digest_instalment_end: hash
-- in  pp:int event:int
-- of instalment_close
-- Instalments an event took back.
SELECT id FROM instalment WHERE pp = :pp AND known_to = :event ORDER BY id;

-- digest_entry: hash
-- in  pp:int event:int
-- of entry_insert
-- Bookings an event made.
SELECT id, recorded, day, debit, credit, arrangement, amount, reason, instalment, receipt, decision
FROM entry
WHERE pp = :pp AND event = :event ORDER BY id;

-- digest_receipt: hash
-- in  pp:int event:int
-- of receipt_insert
-- Receipts an event recorded.
SELECT id, bank_ref, booked, amount, payer_name, payer_account, remittance, matched_by, origin,
       returns
FROM receipt WHERE pp = :pp AND event = :event ORDER BY id;

-- digest_receipt_match: hash
-- in  pp:int event:int
-- of receipt_match_insert
-- Suspense receipts an event matched.
SELECT receipt, to_pp FROM receipt_match WHERE pp = :pp AND event = :event ORDER BY receipt;

-- digest_missed: hash
-- in  pp:int event:int
-- of missed_insert
-- Missed payments an event found.
SELECT instalment, found_on, amount FROM missed WHERE pp = :pp AND event = :event ORDER BY instalment;

-- digest_letter: hash
-- in  pp:int event:int
-- of letter_insert
-- Letters an event made or refused.
SELECT id, kind, person, arrangement, day, language, template, data, refused FROM letter
WHERE pp = :pp AND event = :event ORDER BY id;

-- digest_post_item: hash
-- in  pp:int event:int
-- of post_item_insert
-- Letters an event put into a day's file.
SELECT batch, item, letter, large, way FROM post_item
WHERE pp = :pp AND event = :event ORDER BY batch, item;

-- digest_payment: hash
-- in  pp:int event:int
-- of payment_insert
-- Lines of payment files an event made.
SELECT batch, kind, arrangement, amount, processing, due, sort_code, account, name, reference
FROM payment WHERE pp = :pp AND event = :event ORDER BY batch, kind, arrangement;

-- digest_payment_back: hash
-- in  pp:int event:int
-- of payment_back_insert
-- Payments that came back with an event.
SELECT batch, kind, arrangement, day, told_by, reason FROM payment_back
WHERE pp = :pp AND event = :event ORDER BY batch, kind, arrangement;

-- digest_instruction: hash
-- in  pp:int event:int
-- of instruction_insert
-- How an event left a Direct Debit instruction.
SELECT day, state, sort_code, account, name, why FROM instruction
WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_debit_again: hash
-- in  pp:int event:int
-- of debit_again_insert
-- Collections an event asked to be presented once more.
SELECT batch, kind, day, due, amount, why FROM debit_again
WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_debit_notice: hash
-- in  pp:int event:int
-- of debit_notice_insert
-- Notice of collections an event gave.
SELECT due_from, day, amount, earliest FROM debit_notice
WHERE pp = :pp AND event = :event ORDER BY due_from;

-- digest_ruling: hash
-- in  pp:int event:int
-- of ruling_insert
-- What an event decided about money.
SELECT kind, word, arrangement, amount, counted, weekly, day, basis, reason, evidence, refers, other_pp
FROM ruling WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_step: hash
-- in  pp:int event:int
-- of step_insert
-- Steps an event took.
SELECT id, machine, subject, happening, was, became, day, asked_by, reason, evidence FROM step
WHERE pp = :pp AND event = :event ORDER BY id;

-- digest_welfare: hash
-- in  pp:int event:int
-- of welfare_insert
-- Welfare records an event made.
SELECT children, evidence, reasoning FROM welfare WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_announced: hash
-- in  pp:int event:int
-- of announced_insert
-- Deductions an event announced.
SELECT id, source, sender, batch, period, day, asked, net, amount, reason, due FROM announced
WHERE pp = :pp AND event = :event ORDER BY id;

-- digest_announced_paid: hash
-- in  pp:int event:int
-- of announced_paid_insert
-- Announced deductions that an event found arrived.
SELECT announced, receipt FROM announced_paid WHERE pp = :pp AND event = :event
ORDER BY announced, receipt;

-- digest_pattern: hash
-- in  pp:int event:int
-- of pattern_insert
-- What a rule found to come again and again.
SELECT rule, person, facts, upto FROM pattern
WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_earnings_order: hash
-- in  pp:int event:int
-- Terms of orders that an event set.
SELECT id, starts, kind, scheme, employer, employee, made, due, maintenance, fee, arrears, fees,
       protect, period, ended, reason
FROM earnings_order WHERE pp = :pp AND event = :event ORDER BY id;

-- digest_employer_code: hash
-- in  pp:int event:int
-- The code an event made for an order, as it is kept.
SELECT id, employer, hash FROM employer_code WHERE pp = :pp AND event = :event ORDER BY id;

-- digest_employer_notice: hash
-- in  pp:int event:int
-- What an employer said, by an event.
SELECT id, employer, kind, day, new_employer FROM employer_notice
WHERE pp = :pp AND event = :event ORDER BY id;

-- digest_benefit_request: hash
-- in  pp:int event:int
-- What an event asked of a benefit office.
SELECT starts, benefit, purpose, week, fee, amount, ended, reason FROM benefit_request
WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_direct_payment: hash
-- in  pp:int event:int
-- of direct_payment_insert
-- What an event recorded about payments under Direct Pay.
SELECT id, arrangement, due, teller, paid, paid_on, evidence FROM direct_payment
WHERE pp = :pp AND event = :event ORDER BY id;

-- digest_glass: hash
-- in  pp:int event:int
-- of glass_insert
-- What an event opened against a bar.
SELECT account, at, until, why FROM glass WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_glass_review: hash
-- in  pp:int event:int
-- of glass_review_insert
-- What an event found about that.
SELECT glass, account, fair, finding FROM glass_review WHERE pp = :pp AND event = :event
ORDER BY event;

-- digest_approval_ask: hash
-- in  pp:int event:int
-- of approval_ask_insert
-- What an event asked of a second person.
SELECT act, amount, asker, why, effect FROM approval_ask
WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_approval_field: hash
-- in  pp:int event:int
-- of approval_field_insert
-- Its particulars.
SELECT name, value FROM approval_field WHERE pp = :pp AND event = :event ORDER BY name;

-- digest_approval_answer: hash
-- in  pp:int event:int
-- of approval_answer_insert
-- What an event made of what had been asked.
SELECT ask, state, account, reason, did FROM approval_answer
WHERE pp = :pp AND event = :event ORDER BY ask;

-- digest_invitation: hash
-- in  pp:int event:int
-- of invitation_insert
-- A parent an event invited to open an account.
SELECT person, role, code, at, until FROM invitation
WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_invitation_use: hash
-- in  pp:int event:int
-- of invitation_use_insert
-- The account that was opened with an invitation.
SELECT invitation, account FROM invitation_use WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_authority: hash
-- in  pp:int event:int
-- of authority_insert
-- An authority an event gave.
SELECT person, name, basis, scope, until, code, code_until, evidence FROM authority
WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_authority_use: hash
-- in  pp:int event:int
-- of authority_use_insert
-- The account that took it up.
SELECT authority, account FROM authority_use WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_authority_end: hash
-- in  pp:int event:int
-- of authority_end_insert
-- The authority an event ended.
SELECT authority FROM authority_end WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_clock: hash
-- in  pp:int event:int
-- of clock_insert
-- Clocks an event began.
SELECT kind, subject, started, near, due, place FROM clock WHERE pp = :pp AND event = :event
ORDER BY kind, subject;

-- digest_clock_done: hash
-- in  pp:int event:int
-- of clock_done
-- Clocks of which an event did what they waited for.
SELECT event, kind, subject, done_on FROM clock WHERE pp = :pp AND done_event = :event
ORDER BY event, kind, subject;

-- digest_clock_gone: hash
-- in  pp:int event:int
-- of clock_gone
-- Clocks that an event left nothing to wait for.
SELECT event, kind, subject FROM clock WHERE pp = :pp AND gone = :event
ORDER BY event, kind, subject;

-- digest_case_owner: hash
-- in  pp:int event:int
-- of case_owner_insert
-- Whom an event handed a family to.
SELECT day, owner, deputy, note FROM case_owner WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_message: hash
-- in  pp:int event:int
-- What an event wrote to a parent, or a parent by it.
SELECT arrangement, from_parent, kind, day, talk, reply_by, words FROM message
WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_complaint_step: hash
-- in  pp:int event:int
-- The step of a complaint an event took.
SELECT complaint, taken, became, day, due FROM complaint_step WHERE pp = :pp AND event = :event
ORDER BY event;

-- digest_evidence: hash
-- in  pp:int event:int
-- The file an event took, by the digest of its bytes.
SELECT fact, kind, size, digest FROM evidence WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_asking: hash
-- in  pp:int event:int
-- of asking_insert
-- What a parent asked.
SELECT machine, topic, person, subject, value, happened_on, day, note, evidence FROM asking
WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_alert: hash
-- in  pp:int event:int
-- of alert_insert
-- That somebody may come to harm.
SELECT person, risk, source, heard, note, day FROM alert
WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_online_application: hash
-- in  pp:int event:int
-- of online_application_insert
-- An application that came online.
SELECT code, applicant, day FROM online_application WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_online_answer: hash
-- in  pp:int event:int
-- of online_answer_insert
-- What it says.
SELECT field, value FROM online_answer WHERE pp = :pp AND event = :event ORDER BY field;

-- digest_online_step: hash
-- in  pp:int event:int
-- The step of an online application an event took.
SELECT application, taken, became, day, said, arrangement FROM online_step
WHERE pp = :pp AND event = :event ORDER BY application;

-- digest_card_payment: hash
-- in  pp:int event:int
-- of card_payment_insert
-- That a parent started to pay by card.
SELECT person, reference, amount, day FROM card_payment
WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_card_sent: hash
-- in  pp:int event:int
-- of card_sent_insert
-- The provider's number of it.
SELECT payment, provider FROM card_sent WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_sampling: hash
-- in  pp:int event:int
-- of sampling_insert
-- That decisions are looked at from an event on.
SELECT before_share, after_share FROM sampling WHERE pp = :pp AND event = :event ORDER BY event;

-- digest_sample_look: hash
-- in  pp:int event:int
-- of sample_look_insert
-- What a decision that was looked at should give.
SELECT decided, weekly, should FROM sample_look WHERE pp = :pp AND event = :event ORDER BY event;
