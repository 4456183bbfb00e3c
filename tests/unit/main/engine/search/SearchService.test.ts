import { afterEach, describe, expect, it } from 'vitest';
import { createDomains } from '../../../../../main/engine/domains/createDomains.ts';
import type { Hit } from '../../../../../main/engine/domains/kit/Domain.ts';
import { createRegistry } from '../../../../../main/engine/registry/createRegistry.ts';
import { SearchService } from '../../../../../main/engine/search/SearchService.ts';
import { SearchIndex } from '../../../../../main/engine/store/search/SearchIndex.ts';
import type { SearchStore } from '../../../../../main/engine/store/store.ts';
import type { RecordEvent } from '../../../../../shared/record/recordEvent.ts';
import { foldIncident } from '../../../../../shared/folds/incidents/foldIncidents.ts';
import type { Incident } from '../../../../../shared/incidents/incident.ts';
import type { LogEntry } from '../../../../../shared/record/logEntry.ts';
import { entriesOf } from '../../../../support/logEntries.ts';
import { person } from '../../../../support/people.ts';
import { smallCounty } from '../../../../support/smallCounty.ts';

let index: SearchIndex | undefined;
afterEach(() => index?.close());

const events: RecordEvent[] = [
  {
    kind: 'incident.opened',
    incidentId: 'I-1123-001',
    type: 'waterMain',
    priority: 2,
    title: 'Main burst in Zone 1',
    place: 'Müller Street',
    alarmIds: [],
  },
  { kind: 'incident.noted', incidentId: 'I-1123-001', text: 'Valve 77 is closed, crew waits for the excavator' },
  { kind: 'incident.noted', incidentId: 'I-1123-001', text: 'Valve 78 too' },
  { kind: 'incident.resolved', incidentId: 'I-1123-001', outcome: 'Repaired and flushed' },
];

function incidentOf(entries: readonly LogEntry[]): Incident {
  const incident = foldIncident('I-1123-001', entries);
  if (incident === undefined) throw new Error('It was never opened.');
  return incident;
}

/** A book over a real index, in this thread. */
async function openBook(live: () => Hit[] = () => []): Promise<SearchService> {
  const real = new SearchIndex();
  index = real;
  const store: SearchStore = {
    put: (rows) => Promise.resolve(real.put(rows)),
    find: (group, text, query) => Promise.resolve(real.find(group, text, query)),
    close: () => Promise.resolve(real.close()),
  };
  const book = new SearchService(store, () => undefined);
  const county = smallCounty();
  const things = createDomains(county, createRegistry(county)).indexedHits();
  await book.learn({ county, things, live });
  const entries = entriesOf(events, { author: person('Ann Okafor', 'dispatcher') });
  book.noteEntries(entries);
  book.noteIncidents([incidentOf(entries)]);
  return book;
}

const titles = async (book: SearchService, text: string): Promise<string[]> =>
  (await book.find(text)).map(({ group, title }) => `${group}: ${title}`);

describe('search', () => {
  it('finds resolved incidents by title, place, number and outcome, whatever the accents', async () => {
    const book = await openBook();
    for (const text of ['main burst', 'muller', 'i-1123-001', 'flushed', 'BURST zone'])
      expect(await titles(book, text)).toContain('incident: I-1123-001 Main burst in Zone 1');
  });

  it('finds what people wrote, the newest first, and leads to its incident', async () => {
    const book = await openBook();
    const found = (await book.find('valve')).filter(({ group }) => group === 'log');
    expect(found.map(({ title }) => title)).toEqual([
      'Incident noted: Valve 78 too',
      'Incident noted: Valve 77 is closed, crew waits for the excavator',
    ]);
    expect(found[0]).toMatchObject({
      subject: { kind: 'incident', id: 'I-1123-001' },
      detail: 'I-1123-001, Ann Okafor',
      atMs: 2000,
    });
    expect(await titles(book, 'excavator valve ann')).toEqual([
      'log: Incident noted: Valve 77 is closed, crew waits for the excavator',
    ]);
  });

  it('finds people, places, units, meters, roads and what is live', async () => {
    const book = await openBook(() => [
      {
        group: 'alarm',
        subject: { kind: 'alarm', id: 'a' },
        title: 'Probable main burst in Zone 1',
        detail: 'Alarm, active',
      },
    ]);
    expect(await titles(book, 'okafor')).toContain('person: Ann Okafor');
    expect(await titles(book, 'smallv')).toEqual(['county: Smallville']);
    expect(await titles(book, 'unit 1')).toContain('county: Unit 1');
    expect(await titles(book, 'w1')).toEqual(['county: W1']);
    expect(await titles(book, 'main')).toEqual([
      'incident: I-1123-001 Main burst in Zone 1',
      'alarm: Probable main burst in Zone 1',
      'county: Main Street',
      'log: Incident opened: Main burst in Zone 1',
    ]);
  });

  it('keeps one row of a thing that changes', async () => {
    const book = await openBook();
    book.noteIncidents([{ ...incidentOf(entriesOf(events.slice(0, 1))), title: 'Burst on the hill' }]);
    expect(await titles(book, 'i-1123-001')).toContain('incident: I-1123-001 Burst on the hill');
    expect(await titles(book, 'zone')).not.toContain('incident: I-1123-001 Main burst in Zone 1');
  });

  it('takes nothing that is typed for the syntax of the index', async () => {
    const book = await openBook();
    for (const text of ['"', '*', 'NOT', 'a OR b', 'title:main', '(', '🚒', '-main', 'NEAR(a b)'])
      await expect(book.find(text)).resolves.toBeInstanceOf(Array);
  });
});
