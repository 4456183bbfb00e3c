import type { Statement } from 'better-sqlite3';
import type { Db } from './openDatabase.ts';

const statements = new WeakMap<Db, Map<string, Statement>>();

/** A statement that is prepared once per connection, because one query may run it a thousand times. */
export function prepared<P extends unknown[], Row>(db: Db, sql: string): Statement<P, Row> {
  let known = statements.get(db);
  if (known === undefined) statements.set(db, (known = new Map<string, Statement>()));
  let statement = known.get(sql);
  if (statement === undefined) known.set(sql, (statement = db.prepare(sql)));
  return statement as Statement<P, Row>;
}
