-- passkey.sql: passkeys of accounts.

-- passkey_insert: do
-- in  id:blob account:text number:int name:text algorithm:int key:blob counter:int made_at:int
-- A new passkey.
INSERT INTO passkey (id, account, number, name, algorithm, key, counter, made_at, seen)
VALUES (:id, :account, :number, :name, :algorithm, :key, :counter, :made_at, 0);

-- passkey_count: one
-- in  account:text
-- out n:int last:int
-- How many an account has, and the last number given.
SELECT count(*) AS n, coalesce(max(number), 0) AS last FROM passkey WHERE account = :account;

-- passkey_get: one
-- in  id:blob
-- out account:text active:bool algorithm:int key:blob counter:int
-- A passkey with its account.
SELECT p.account, a.active, p.algorithm, p.key, p.counter
FROM passkey p JOIN account a ON a.name = p.account WHERE p.id = :id;

-- passkey_seen: do
-- in  id:blob counter:int before:int now:int
-- It was used, if nobody used it meanwhile.
UPDATE passkey SET counter = :counter, seen = :now WHERE id = :id AND counter = :before;

-- passkey_list: many
-- in  account:text
-- out id:blob number:int name:text made_at:int seen:int
-- Those of an account, the newest first.
SELECT id, number, name, made_at, seen FROM passkey WHERE account = :account ORDER BY number DESC;

-- passkey_end: do
-- in  account:text number:int
-- It is removed.
DELETE FROM passkey WHERE account = :account AND number = :number;

-- passkey_forget: do
-- in  account:text
-- All of an account are removed.
DELETE FROM passkey WHERE account = :account;
