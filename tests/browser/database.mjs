// What a journey asks of the server's database itself.

import { execFileSync } from "node:child_process";

// The answer of a query, as text.
export function asked(t, sql) {
  return execFileSync("sqlite3", [t.server.database, sql]).toString().trim();
}

export function reference(t, given, family) {
  return asked(t, `SELECT ref FROM person WHERE given = '${given}' AND family = '${family}'`);
}
