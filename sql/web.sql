-- web.sql: accounts, attempts to get in, sessions, estimates.

-- account_insert: do
-- in  name:text role:text password:text made_at:int person:int
-- A new account; the name must be free.
INSERT INTO account (name, role, password, active, made_at, person)
VALUES (:name, :role, :password, 1, :made_at, :person);

-- account_get: one
-- in  name:text
-- out role:text password:text active:bool made_at:int
-- An account by its name.
SELECT role, password, active, made_at FROM account WHERE name = :name;

-- account_list: many
-- out name:text role:text active:bool made_at:int failures:int since:int
-- Every account, by name, with the attempts that came to nothing.
SELECT a.name, a.role, a.active, a.made_at, coalesce(t.failures, 0) AS failures,
       coalesce(t.since, 0) AS since
FROM account a LEFT JOIN attempt t ON t.kind = 'account' AND t.subject = a.name ORDER BY a.name;

-- account_of_person: one
-- in  person:int
-- out name:text
-- The account of a person's own, if it is open.
SELECT name FROM account WHERE person = :person AND active = 1 ORDER BY made_at, name LIMIT 1;

-- account_password: do
-- in  name:text password:text
-- A new password.
UPDATE account SET password = :password WHERE name = :name;

-- account_active: do
-- in  name:text active:bool
-- Closes an account or opens it again.
UPDATE account SET active = :active WHERE name = :name;

-- attempt_count: one
-- in  kind:text subject:text now:int most:int
-- out failures:int since:int
-- One more attempt; beyond the most of them the time stands still.
INSERT INTO attempt (kind, subject, since, failures) VALUES (:kind, :subject, :now, 1)
ON CONFLICT (kind, subject) DO UPDATE
SET since = CASE WHEN attempt.failures < :most THEN excluded.since ELSE attempt.since END,
    failures = attempt.failures + 1
RETURNING failures, since;

-- attempt_undo: do
-- in  kind:text subject:text
-- An attempt was right.
UPDATE attempt SET failures = failures - 1 WHERE kind = :kind AND subject = :subject AND failures > 0;

-- attempt_forget: do
-- in  kind:text subject:text
-- Somebody got in.
DELETE FROM attempt WHERE kind = :kind AND subject = :subject;

-- attempt_sweep: do
-- in  before:int
-- Attempts are forgotten.
DELETE FROM attempt WHERE since <= :before;

-- session_insert: do
-- in  token:blob account:text started:int waits:bool
-- Someone signed in; token is the hash of what the browser holds.
INSERT INTO session (token, account, started, seen, waits, acts_for)
VALUES (:token, :account, :started, :started, :waits, 0);

-- session_get: one
-- in  token:blob
-- out account:text role:text started:int seen:int waits:bool active:bool person:int made_at:int second:bool acts_for:int
-- A session with its account.
SELECT s.account, a.role, s.started, s.seen, s.waits, a.active, a.person, a.made_at,
       CASE WHEN EXISTS (SELECT 1 FROM second_factor f WHERE f.account = a.name AND f.active = 1)
            THEN 1 ELSE 0 END AS second, s.acts_for
FROM session s JOIN account a ON a.name = s.account WHERE s.token = :token;

-- session_act: do
-- in  token:blob acts_for:int
-- A representative turns to somebody for whom they act, or to nobody (0).
UPDATE session SET acts_for = :acts_for WHERE token = :token;

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

-- session_list: many
-- in  account:text started:int seen:int
-- out token:blob started:int seen:int
-- The sessions of an account that were begun and used after these.
SELECT token, started, seen FROM session
WHERE account = :account AND waits = 0 AND started > :started AND seen > :seen ORDER BY started DESC, token;

-- second_put: do
-- in  account:text seal:blob since:int
-- A secret that waits to be shown to work.
INSERT INTO second_factor (account, active, seal, step, since) VALUES (:account, 0, :seal, 0, :since)
ON CONFLICT (account, active) DO UPDATE SET seal = excluded.seal, since = excluded.since;

-- second_get: one
-- in  account:text active:bool
-- out seal:blob since:int
-- The second factor of an account, or the one that waits.
SELECT seal, since FROM second_factor WHERE account = :account AND active = :active;

-- second_end: do
-- in  account:text
-- The one that counted counts no more.
DELETE FROM second_factor WHERE account = :account AND active = 1;

-- second_confirm: do
-- in  account:text step:int since:int
-- The one that waited counts.
UPDATE second_factor SET active = 1, step = :step, since = :since
WHERE account = :account AND active = 0;

-- second_take: do
-- in  account:text step:int
-- The code of a step is taken, if no later one was.
UPDATE second_factor SET step = :step WHERE account = :account AND active = 1 AND step < :step;

-- second_forget: do
-- in  account:text
-- The account has none any more.
DELETE FROM second_factor WHERE account = :account;

-- recovery_insert: do
-- in  account:text code:blob
-- The hash of a recovery code.
INSERT INTO recovery (account, code) VALUES (:account, :code);

-- recovery_take: do
-- in  account:text code:blob
-- A recovery code is used.
DELETE FROM recovery WHERE account = :account AND code = :code;

-- recovery_end: do
-- in  account:text
-- None of them works any more.
DELETE FROM recovery WHERE account = :account;

-- recovery_count: one
-- in  account:text
-- out n:int
-- How many are left.
SELECT count(*) AS n FROM recovery WHERE account = :account;

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

-- estimate_renew: do
-- in  code:text expires:int
-- Keeps an estimate for longer.
UPDATE estimate SET expires = :expires WHERE code = :code AND expires < :expires;

-- estimate_count: one
-- out kept:int
-- How many estimates are kept.
SELECT count(*) FROM estimate;

-- estimate_sweep: do
-- in  now:int
-- Forgets expired estimates.
DELETE FROM estimate WHERE expires <= :now;
