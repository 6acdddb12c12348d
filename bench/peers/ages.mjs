// ages.mjs: how old unpaid maintenance is, by DuckDB and by ClickHouse (chdb), over the same rows of
// the ledger as `upkeep balance --total`.  Usage: node ages.mjs ENTRIES.csv DAY PENCE
// ENTRIES.csv has pp,arrangement,id,day,amount,debit of every entry on maintenance (account 4).
// PENCE is what Upkeep found: another sum is an error.  The rows are loaded first; only the query is
// timed, the middle one of five, in memory, on both cores.
import { DuckDBInstance } from "@duckdb/node-api";
import { Session } from "chdb";

const [, , file, day, pence] = process.argv;
const query = `
WITH paid AS (
    SELECT pp, arrangement, sum(amount) AS amount FROM entry
    WHERE debit <> 4 AND day <= ${day} GROUP BY pp, arrangement),
charged AS (
    SELECT pp, arrangement, day, amount,
           sum(amount) OVER (PARTITION BY pp, arrangement ORDER BY day, id ROWS UNBOUNDED PRECEDING)
               AS upto
    FROM entry WHERE debit = 4 AND day <= ${day}),
owed AS (
    SELECT ${day} - c.day AS age,
           least(greatest(c.upto - coalesce(p.amount, 0), 0), c.amount) AS amount
    FROM charged c LEFT JOIN paid p ON p.pp = c.pp AND p.arrangement = c.arrangement)
SELECT sum(CASE WHEN age <= 30 THEN amount ELSE 0 END) AS a,
       sum(CASE WHEN age BETWEEN 31 AND 90 THEN amount ELSE 0 END) AS b,
       sum(CASE WHEN age BETWEEN 91 AND 365 THEN amount ELSE 0 END) AS c,
       sum(CASE WHEN age > 365 THEN amount ELSE 0 END) AS d, sum(amount) AS whole
FROM owed`;

async function middle(run) {
  const times = [];
  let row;
  for (let i = 0; i < 5; i++) {
    const from = performance.now();
    row = await run();
    times.push(performance.now() - from);
  }
  return { row, seconds: times.sort((a, b) => a - b)[2] / 1000 };
}

function say(name, { row, seconds }) {
  console.log(`${name.padEnd(34)} ${seconds.toFixed(2).padStart(9)} s  ${row.join("|")}`);
  if (row[4] !== pence) {
    console.error(`${name} has another sum than upkeep: ${row[4]}, ${pence}`);
    process.exitCode = 1;
  }
}

const duck = await (await DuckDBInstance.create(":memory:")).connect();
await duck.run(`CREATE TABLE entry AS SELECT * FROM read_csv('${file}', header = false, columns =
  {pp: BIGINT, arrangement: BIGINT, id: BIGINT, day: INTEGER, amount: BIGINT, debit: INTEGER})`);
say("ages, DuckDB in memory", await middle(async () => (await (await duck.run(query)).getRows())[0].map(String)));

const house = new Session();
house.query(`CREATE TABLE entry ENGINE = MergeTree ORDER BY (pp, id) AS SELECT * FROM
  file('${file}', CSV, 'pp Int64, arrangement Int64, id Int64, day Int32, amount Int64, debit Int32')`);
say("ages, ClickHouse", await middle(() => house.query(query, "CSV").toString().trim().split(",")));
process.exit();
