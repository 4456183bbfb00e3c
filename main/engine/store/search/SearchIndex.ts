import { openDatabase } from '../openDatabase.ts';
import type { Db } from '../openDatabase.ts';
import type { SearchRow } from '../store.ts';
import schema from '../migrations/search/0001_search.sql?raw';

/**
 * The number of hits that are compared to find the best: a single letter matches everything, and the best of it is not
 * worth waiting for.
 */
const CANDIDATES = 300;

type Found = { title: string; hit: string };
type Query = { newestFirst: boolean; limit: number };

/**
 * A query that matches each word of the text as the beginning of a word; what a person typed is never read as query
 * syntax.
 */
const matchOf = (text: string): string =>
  text
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .map((word) => `"${word.replaceAll('"', '""')}"*`)
    .join(' AND ');

const plain = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Ranks a title: 0 where it begins with what was typed, 1 where one of its words does, 2 otherwise. */
function standing(title: string, wanted: string): number {
  const at = plain(title).indexOf(wanted);
  return at === 0 ? 0 : at > 0 && !/[\p{L}\p{N}]/u.test(plain(title).charAt(at - 1)) ? 1 : 2;
}

/**
 * Full-text search (SQLite FTS5) over what is put in; in a thread of its own, so that neither writing nor a wide
 * question holds up the engine. What was put in first counts as more important, or, in groups that are wanted newest
 * first, as older: both orders are those of the index itself, so a wide question is as quick as a narrow one.
 */
export class SearchIndex {
  readonly #db: Db = openDatabase(':memory:', [schema], 'fast');

  /** A row with a known key replaces the one before. */
  put(rows: readonly SearchRow[]): void {
    const known = this.#db.prepare<[string], { id: number }>('SELECT id FROM things WHERE key = ?');
    const addThing = this.#db.prepare('INSERT INTO things (key, title, at_ms, hit) VALUES (?, ?, ?, ?)');
    const changeThing = this.#db.prepare('UPDATE things SET title = ?, at_ms = ?, hit = ? WHERE id = ?');
    const forget = this.#db.prepare('DELETE FROM words WHERE rowid = ?');
    const addWords = this.#db.prepare('INSERT INTO words (rowid, grp, title, rest) VALUES (?, ?, ?, ?)');
    this.#db.transaction(() => {
      for (const { key, group, title, words, atMs, hit } of rows) {
        const id = known.get(key)?.id;
        if (id !== undefined) {
          forget.run(id);
          changeThing.run(title, atMs, hit, id);
        }
        addWords.run(id ?? addThing.run(key, title, atMs, hit).lastInsertRowid, group, title, words);
      }
    })();
  }

  /** The hits of a group, as they were put in; every word of the text must begin a word of it. */
  find(group: string, text: string, { newestFirst, limit }: Query): string[] {
    const match = matchOf(text);
    if (match === '') return [];
    const found = this.#db
      .prepare<[string, number], Found>(
        `SELECT things.title, things.hit FROM words JOIN things ON things.id = words.rowid WHERE words MATCH ? ORDER BY words.rowid ${newestFirst ? 'DESC' : 'ASC'} LIMIT ?`,
      )
      .all(
        `grp : "${group}" AND ({title rest} : ${match.replaceAll(' AND ', ' AND {title rest} : ')})`,
        newestFirst ? limit : CANDIDATES,
      );
    const wanted = plain(text.trim());
    const ranked = newestFirst
      ? found
      : found.map((each) => ({ ...each, place: standing(each.title, wanted) })).sort((a, b) => a.place - b.place);
    return ranked.slice(0, limit).map(({ hit }) => hit);
  }

  close(): void {
    this.#db.close();
  }
}
