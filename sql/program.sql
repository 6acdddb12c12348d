-- program.sql: tokens of programs.

-- program_insert: do
-- in  token:blob account:text number:int name:text scopes:text made_at:int ends_at:int
-- A new token; its hash is kept.
INSERT INTO program (token, account, number, name, scopes, made_at, ends_at, seen, ended)
VALUES (:token, :account, :number, :name, :scopes, :made_at, :ends_at, 0, 0);

-- program_count: one
-- in  account:text now:int
-- out n:int last:int
-- How many tokens of an account are good, and the last number given.
SELECT coalesce(sum(CASE WHEN ended = 0 AND ends_at > :now THEN 1 ELSE 0 END), 0) AS n,
       coalesce(max(number), 0) AS last
FROM program WHERE account = :account;

-- program_get: one
-- in  token:blob
-- out account:text number:int name:text scopes:text ends_at:int seen:int ended:int role:text active:bool person:int account_made_at:int second:bool
-- A token with its account.
SELECT p.account, p.number, p.name, p.scopes, p.ends_at, p.seen, p.ended, a.role, a.active, a.person,
       a.made_at AS account_made_at,
       CASE WHEN EXISTS (SELECT 1 FROM second_factor f WHERE f.account = a.name AND f.active = 1)
            THEN 1 ELSE 0 END AS second
FROM program p JOIN account a ON a.name = p.account WHERE p.token = :token;

-- program_seen: do
-- in  account:text number:int now:int before:int
-- The token was used.
UPDATE program SET seen = :now WHERE account = :account AND number = :number AND seen <= :before;

-- program_list: many
-- in  account:text
-- out number:int name:text scopes:text made_at:int ends_at:int seen:int ended:int
-- The tokens of an account, the newest first.
SELECT number, name, scopes, made_at, ends_at, seen, ended FROM program
WHERE account = :account ORDER BY number DESC;

-- program_list_all: many
-- out account:text number:int name:text scopes:text made_at:int ends_at:int seen:int ended:int
-- The tokens of every account.
SELECT account, number, name, scopes, made_at, ends_at, seen, ended FROM program
ORDER BY account, number;

-- program_end: one
-- in  account:text number:int now:int
-- out number:int
-- The token opens nothing any more.
UPDATE program SET ended = :now WHERE account = :account AND number = :number AND ended = 0
RETURNING number;
