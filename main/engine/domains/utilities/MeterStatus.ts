import type { DeviceFlags } from '../../../../shared/base/values.ts';
import { hasRisen, readCounter, statusCounters } from '../../../../shared/utilities/statusCounters.ts';
import type { StatusCounter } from '../../../../shared/utilities/statusCounters.ts';
import { statusMeaning } from '../../../../shared/utilities/statusWords.ts';
import type { StatusMeaning } from '../../../../shared/utilities/statusWords.ts';
import type { MeterTable } from './MeterTable.ts';
import type { SavedStatus } from './standingFacts.ts';

const DAY_MS = 86_400_000;
/** What a meter said once, and never took back, stands for so long. */
const EVENT_LASTS_MS = 30 * DAY_MS;
/** A meter that repeats its state does so at least daily; a state that it has not repeated for longer is old. */
const STATE_LASTS_MS = 2 * DAY_MS;

/**
 * `state`: one word of the whole state that the meter reports, which a later state without it ends; `event`: it
 * happened, and a later state ends it, too; `rise`: a counter has risen, which no state takes back.
 */
type Kind = 'state' | 'event' | 'rise';
/** What a meter says of itself. `lastMs`: when it said so last. */
export type StatusFact = { word: string; kind: Kind; sinceMs: number; lastMs: number };

type Counted = { count: number; atMs: number };
/** `newestMs`: the time of the newest whole state. `phases`: those that ever had voltage. */
type Said = { facts: Map<string, StatusFact>; counters: Map<StatusCounter, Counted>; newestMs: number; phases: number };

/** Supply has rules of its own, see `MeterSupply`. */
const OF_SUPPLY = new Set<StatusMeaning | undefined>(['lastGasp', 'powerRestored', 'breakerOpen', 'breakerClosed']);

/**
 * What meters say of themselves: their states, what happened to them, and the counters of which only a rise says
 * something. Few meters say anything, so they are kept by row.
 */
export class MeterStatus {
  readonly #table: MeterTable;
  readonly #said = new Map<number, Said>();
  /** The rows that say each meaning, as alarms ask for it every second. */
  readonly #rowsOf = new Map<StatusMeaning, Set<number>>();

  constructor(table: MeterTable) {
    this.#table = table;
  }

  /** The rows of all meters that say something. */
  rows(): Iterable<number> {
    return this.#said.keys();
  }

  of(row: number): StatusFact[] {
    const said = this.#said.get(row);
    return said === undefined ? [] : [...said.facts.values()];
  }

  has(row: number, ...meanings: readonly StatusMeaning[]): boolean {
    return this.of(row).some(({ word }) => meanings.some((meaning) => statusMeaning(word) === meaning));
  }

  /** The rows of the zone whose meters say so, and when one of them said so last. */
  countIn(zone: number, meaning: StatusMeaning): { rows: number[]; lastMs: number } {
    const rows = [...(this.#rowsOf.get(meaning) ?? [])].filter((row) => this.#table.zoneOf[row] === zone);
    const times = rows.flatMap((row) =>
      this.of(row).flatMap(({ word, lastMs }) => (statusMeaning(word) === meaning ? [lastMs] : [])),
    );
    return { rows: rows.sort((a, b) => a - b), lastMs: Math.max(Number.NEGATIVE_INFINITY, ...times) };
  }

  /** Whether a word is older than what its meter may leave unsaid: it is shown, and no longer judged. */
  isOld({ kind, lastMs }: StatusFact, nowMs: number): boolean {
    return nowMs - lastMs > (kind === 'state' ? STATE_LASTS_MS : EVENT_LASTS_MS);
  }

  take(row: number, { flags, isState, atMs }: Pick<DeviceFlags, 'flags' | 'isState' | 'atMs'>): void {
    const said = this.#said.get(row);
    if (said === undefined && flags.length === 0) return;
    const now: Said = said ?? { facts: new Map(), counters: new Map(), newestMs: Number.NEGATIVE_INFINITY, phases: 0 };
    this.#said.set(row, now);
    const words = flags.filter((flag) => !this.#count(now, flag, atMs));
    if (isState && atMs < now.newestMs) {
      this.#mark(row, now);
      return;
    }
    if (isState) {
      now.newestMs = atMs;
      for (const [word, { kind, lastMs }] of now.facts)
        if (kind !== 'rise' && lastMs <= atMs && !words.includes(word)) now.facts.delete(word);
    }
    for (const word of words)
      if (!OF_SUPPLY.has(statusMeaning(word))) this.#note(now, word, isState ? 'state' : 'event', atMs);
    this.#mark(row, now);
  }

  /** Forgets what is twice as old as what may be shown. */
  age(nowMs: number): void {
    for (const [row, said] of this.#said) {
      const before = said.facts.size;
      for (const [word, fact] of said.facts) if (this.isOld(fact, nowMs - EVENT_LASTS_MS)) said.facts.delete(word);
      if (said.facts.size !== before) this.#mark(row, said);
    }
  }

  save(): SavedStatus[] {
    return [...this.#said].flatMap(([row, { facts, counters, newestMs, phases }]): SavedStatus[] => {
      const id = this.#table.meters[row]?.id;
      if (id === undefined || facts.size + counters.size === 0) return [];
      return [
        {
          id,
          facts: [...facts.values()],
          counters: [...counters].map(([name, { count, atMs }]) => [name, count, atMs]),
          newestMs: Number.isFinite(newestMs) ? newestMs : undefined,
          phases,
        },
      ];
    });
  }

  restore(saved: readonly SavedStatus[]): void {
    for (const { id, facts, counters, newestMs = Number.NEGATIVE_INFINITY, phases } of saved) {
      const row = this.#table.rowOf(id);
      if (row === undefined) continue;
      const said: Said = {
        facts: new Map(facts.map((fact) => [fact.word, fact])),
        counters: new Map(),
        newestMs,
        phases,
      };
      for (const [name, count, atMs] of counters)
        if (Object.hasOwn(statusCounters, name)) said.counters.set(name as StatusCounter, { count, atMs });
      this.#said.set(row, said);
      this.#mark(row, said);
    }
  }

  /** Whether the word is a counter's number, which is then compared with the one before. */
  #count(said: Said, word: string, atMs: number): boolean {
    const counter = readCounter(word);
    if (counter === undefined) return false;
    const { name, count } = counter;
    const before = said.counters.get(name);
    if (before !== undefined && before.atMs >= atMs) return true;
    said.counters.set(name, { count, atMs });
    if (name === 'phases') this.#judgePhases(said, count, atMs);
    const { rises } = statusCounters[name];
    if (before !== undefined && rises !== undefined && hasRisen(name, before.count, count))
      this.#note(said, rises, 'rise', atMs);
    return true;
  }

  /** A phase that never had voltage is not connected; one that had some and has none is lost, unless all are. */
  #judgePhases(said: Said, live: number, atMs: number): void {
    const isLost = live !== 0 && (said.phases & ~live) !== 0;
    said.phases |= live;
    if (isLost) this.#note(said, 'phaseLost', 'rise', atMs);
    else if (live !== 0) said.facts.delete('phaseLost');
  }

  #note({ facts }: Said, word: string, kind: Kind, atMs: number): void {
    const known = facts.get(word);
    const sinceMs = known === undefined ? atMs : Math.min(known.sinceMs, atMs);
    facts.set(word, { word, kind, sinceMs, lastMs: Math.max(known?.lastMs ?? atMs, atMs) });
  }

  #rowsSaying(meaning: StatusMeaning): Set<number> {
    const rows = this.#rowsOf.get(meaning) ?? new Set<number>();
    this.#rowsOf.set(meaning, rows);
    return rows;
  }

  #mark(row: number, { facts }: Said): void {
    const meanings = new Set([...facts.keys()].map(statusMeaning));
    for (const rows of this.#rowsOf.values()) rows.delete(row);
    for (const meaning of meanings) if (meaning !== undefined) this.#rowsSaying(meaning).add(row);
    this.#table.set(row, 'tamper', meanings.has('tamper') || meanings.has('removed'));
    this.#table.sayFlow(row, { isLeak: meanings.has('leak'), isBurst: meanings.has('burst') });
    this.#table.changes.touch(row);
  }
}
