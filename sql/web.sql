-- web.sql: accounts, sessions, estimates.

-- account_insert: do
-- in  name:text role:text password:text made_at:int person:int
-- A new account; the name must be free.
INSERT INTO account (name, role, password, active, made_at, failures, locked_until, person)
VALUES (:name, :role, :password, 1, :made_at, 0, 0, :person);

-- account_get: one
-- in  name:text
-- out role:text password:text active:bool failures:int locked_until:int
-- An account by its name.
SELECT role, password, active, failures, locked_until FROM account WHERE name = :name;

-- account_list: many
-- out name:text role:text active:bool made_at:int locked_until:int
-- Every account, by name.
SELECT name, role, active, made_at, locked_until FROM account ORDER BY name;

-- account_failed: do
-- in  name:text failures:int locked_until:int
-- A wrong password was given.
UPDATE account SET failures = :failures, locked_until = :locked_until WHERE name = :name;

-- account_password: do
-- in  name:text password:text
-- A new password; what was failed is forgotten.
UPDATE account SET password = :password, failures = 0, locked_until = 0 WHERE name = :name;

-- account_active: do
-- in  name:text active:bool
-- Closes an account or opens it again.
UPDATE account SET active = :active WHERE name = :name;

-- session_insert: do
-- in  token:blob account:text started:int
-- Someone signed in; token is the hash of what the browser holds.
INSERT INTO session (token, account, started, seen) VALUES (:token, :account, :started, :started);

-- session_get: one
-- in  token:blob
-- out account:text role:text started:int seen:int active:bool person:int
-- A session with its account.
SELECT s.account, a.role, s.started, s.seen, a.active, a.person
FROM session s JOIN account a ON a.name = s.account WHERE s.token = :token;

-- session_seen: do
-- in  token:blob seen:int
-- The session was used.
UPDATE session SET seen = :seen WHERE token = :token;

-- session_end: do
-- in  token:blob
-- Signed out.
DELETE FROM session WHERE token = :token;

-- session_end_all: do
-- in  account:text
-- Signed out everywhere: the password changed or the account was closed.
DELETE FROM session WHERE account = :account;

-- session_sweep: do
-- in  started:int seen:int
-- Forgets sessions begun or last used too long ago.
DELETE FROM session WHERE started < :started OR seen < :seen;

-- estimate_insert: do
-- in  code:text expires:int input:text
-- Keeps an estimate.
INSERT INTO estimate (code, expires, input) VALUES (:code, :expires, :input);

-- estimate_get: one
-- in  code:text now:int
-- out input:text
-- An estimate that has not expired.
SELECT input FROM estimate WHERE code = :code AND expires > :now;

-- estimate_count: one
-- out kept:int
-- How many estimates are kept.
SELECT count(*) FROM estimate;

-- estimate_sweep: do
-- in  now:int
-- Forgets expired estimates.
DELETE FROM estimate WHERE expires <= :now;
