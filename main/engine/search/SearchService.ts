import type { County } from '../../../shared/county/county.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import type { Person } from '../../../shared/people/person.ts';
import { describeEvent, nameOfKind, wordsOf } from '../../../shared/record/describeEvent.ts';
import { entryId } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { Log } from '../base/engine.ts';
import type { SearchRow, SearchStore } from '../store/store.ts';
import { countyRows } from './countyRows.ts';
import type { Hit } from './hit.ts';
import { rowOf } from './hit.ts';

/** Hits that are shown per group. */
const MOST = { incident: 6, alarm: 6, county: 16, log: 8, person: 4 } as const satisfies Record<Hit['group'], number>;
/** Rows handed over in one go: copying them must not hold up the engine. */
const ROWS_AT_ONCE = 2000;

const where = ({ lon, lat }: { lon?: number | undefined; lat?: number | undefined }): { lon?: number; lat?: number } =>
  lon === undefined || lat === undefined ? {} : { lon, lat };
const fold = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
const wordsIn = (text: string): string[] =>
  fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

function incidentRow(incident: Incident): SearchRow {
  const { id, title, status, place, type, assignee, outcome, openedAtMs } = incident;
  const hit: Hit = {
    group: 'incident',
    subject: { kind: 'incident', id },
    title: `${id} ${title}`,
    detail: `Incident, ${status}`,
    atMs: openedAtMs,
    ...where(incident),
  };
  return rowOf(
    hit,
    [place, nameOfKind(type), status, assignee, outcome].filter((part) => part !== undefined).join(' '),
  );
}

/** Only entries with words are indexed: a unit's own report is in the incident, and nobody searches for it by name. */
function entryRow(entry: LogEntry): SearchRow[] {
  const { event, author, atMs } = entry;
  const words = wordsOf(event);
  // Who is signed in where concerns the administration alone.
  if (words.length === 0 || event.kind.startsWith('session.') || event.kind.startsWith('token.')) return [];
  const incidentId = 'incidentId' in event ? event.incidentId : undefined;
  const subject: Hit['subject'] =
    incidentId === undefined ? { kind: 'entry', id: entryId(entry) } : { kind: 'incident', id: incidentId };
  const hit: Hit = {
    group: 'log',
    subject,
    title: describeEvent(event),
    detail: incidentId === undefined ? author.name : `${incidentId}, ${author.name}`,
    atMs,
  };
  return [rowOf(hit, [...words, author.name, incidentId ?? ''].join(' '), `log ${entryId(entry)}`)];
}

const personRow = ({ id, name, role }: Person): SearchRow =>
  rowOf({ group: 'person', subject: { kind: 'person', id }, title: name, detail: nameOfKind(role) }, role);

export type SearchedCounty = { county: Pick<County, 'map'>; things: readonly Hit[]; live: () => Hit[] };

/**
 * Search over everything: the county's things, incidents with the resolved ones, every line that people wrote, the
 * people themselves, and what is live at the moment. All but the live part is found by an index in a thread of its own.
 */
export class SearchService {
  readonly #store: SearchStore;
  readonly #log: Log;
  readonly #people = new Map<string, string>();
  #live: () => Hit[] = () => [];

  constructor(store: SearchStore, log: Log) {
    this.#store = store;
    this.#log = log;
  }

  /**
   * Hands the county's things over to the index, some at a time. `live` returns what comes and goes, at the moment of
   * each search.
   */
  async learn({ county, things, live }: SearchedCounty): Promise<void> {
    this.#live = live;
    const rows = countyRows(county, things);
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) await this.#put(rows.slice(at, at + ROWS_AT_ONCE));
  }

  noteIncidents(incidents: readonly Incident[]): void {
    void this.#put(incidents.map(incidentRow));
  }

  noteEntries(entries: readonly LogEntry[]): void {
    const people = entries
      .map(({ author }) => author)
      .filter((person) => {
        const isNew = this.#people.get(person.id) !== `${person.name} ${person.role}`;
        this.#people.set(person.id, `${person.name} ${person.role}`);
        return isNew;
      });
    void this.#put([...entries.flatMap(entryRow), ...people.map(personRow)]);
  }

  /**
   * The best hits of each group, in the order in which an operator wants them. Rejects with a StoreError when the index
   * is gone.
   */
  async find(text: string): Promise<Hit[]> {
    const wanted = wordsIn(text);
    if (wanted.length === 0) return [];
    const ask = async (group: Hit['group'], newestFirst = false): Promise<Hit[]> => {
      const found = await this.#store.find(group, text, { newestFirst, limit: MOST[group] });
      return found.map((hit) => JSON.parse(hit) as Hit);
    };
    const [incidents, county, log, people] = await Promise.all([
      ask('incident', true),
      ask('county'),
      ask('log', true),
      ask('person'),
    ]);
    const live = this.#live().filter((hit) => {
      const words = wordsIn(`${hit.title} ${hit.detail} ${hit.subject.id}`);
      return wanted.every((each) => words.some((word) => word.startsWith(each)));
    });
    const alarms = live.filter(({ group }) => group === 'alarm').slice(0, MOST.alarm);
    const things = [...live.filter(({ group }) => group === 'county').slice(0, MOST.county / 2), ...county].slice(
      0,
      MOST.county,
    );
    return [...incidents, ...alarms, ...things, ...people, ...log];
  }

  async #put(rows: readonly SearchRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.#store
      .put(rows)
      .catch((error: unknown) => this.#log('warn', `Some things cannot be found by search: ${String(error)}`));
  }
}
