-- card.sql: payments by card that parents start online (app/card_pay.h).

-- card_payment_insert: do
-- in  pp:int event:int person:int reference:text amount:money day:date
-- A parent starts to pay.
INSERT INTO card_payment (pp, event, person, reference, amount, day)
VALUES (:pp, :event, :person, :reference, :amount, :day);

-- card_sent_insert: do
-- in  pp:int event:int payment:int provider:text
-- The provider has it.
INSERT INTO card_sent (pp, event, payment, provider) VALUES (:pp, :event, :payment, :provider);

-- card_payment_list: many
-- in  pp:int
-- out event:int person:int reference:text amount:money day:date provider:text?
-- The payments by card of a family, the newest first; provider: its number of it, when it has it.
SELECT c.event, c.person, c.reference, c.amount, c.day, s.provider
FROM card_payment c LEFT JOIN card_sent s ON s.pp = c.pp AND s.payment = c.event
WHERE c.pp = :pp ORDER BY c.event DESC;

-- card_by_provider: one
-- in  provider:text
-- out pp:int payment:int
-- across: the provider's number is all that its notice gives
-- Whose payment the provider means.
SELECT pp, payment FROM card_sent WHERE provider = :provider;

-- card_waiting: many
-- in  after_pp:int after:int most:int
-- out pp:int payment:int
-- across: the day's run looks at every payment that is not finished
-- Payments by card that are not finished, by the clock that each has.
SELECT pp, subject AS payment FROM clock
WHERE kind = 'card_payment' AND done_event = 0
  AND (pp > :after_pp OR (pp = :after_pp AND subject > :after))
ORDER BY pp, subject LIMIT :most;
