-- provider.sql: accounts connected to sign-in providers, and who is on the way to one.

-- provider_wait_put: do
-- in  token:blob provider:text account:text next:text started:int
-- A browser is sent to a provider.
INSERT INTO provider_wait (token, provider, account, next, started)
VALUES (:token, :provider, :account, :next, :started);

-- provider_wait_get: one
-- in  token:blob after:int
-- out provider:text account:text next:text
-- Where that browser was sent, and why.
SELECT provider, account, next FROM provider_wait WHERE token = :token AND started > :after;

-- provider_wait_end: do
-- in  token:blob
-- It is back.
DELETE FROM provider_wait WHERE token = :token;

-- provider_wait_sweep: do
-- in  before:int
-- Those who did not come back.
DELETE FROM provider_wait WHERE started <= :before;

-- account_link_put: do
-- in  issuer:text subject:text account:text made_at:int made_by:text
-- An account is connected.
INSERT INTO account_link (issuer, subject, ended, account, made_at, made_by, ended_by)
VALUES (:issuer, :subject, 0, :account, :made_at, :made_by, '');

-- account_link_get: one
-- in  issuer:text subject:text
-- out account:text active:bool person:int
-- The account that a provider's word opens.
SELECT l.account, a.active, a.person FROM account_link l JOIN account a ON a.name = l.account
WHERE l.issuer = :issuer AND l.subject = :subject AND l.ended = 0;

-- account_link_end: do
-- in  issuer:text account:text ended:int ended_by:text
-- It opens the account no more.
UPDATE account_link SET ended = :ended, ended_by = :ended_by
WHERE issuer = :issuer AND account = :account AND ended = 0;

-- account_link_of: many
-- in  account:text
-- out issuer:text subject:text made_at:int made_by:text
-- What an account is connected to now.
SELECT issuer, subject, made_at, made_by FROM account_link
WHERE account = :account AND ended = 0 ORDER BY issuer;

-- account_link_list: many
-- out account:text issuer:text subject:text made_at:int made_by:text ended:int ended_by:text
-- All that are or were, by account.
SELECT account, issuer, subject, made_at, made_by, ended, ended_by FROM account_link
ORDER BY account, made_at, issuer, ended;
