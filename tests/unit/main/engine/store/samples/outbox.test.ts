import { cpSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { TelemetryWriter } from '../../../../../../main/engine/store/samples/TelemetryWriter.ts';
import type { OutboxPage } from '../../../../../../main/engine/store/store.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';
import { batchOf } from './telemetryBatches.ts';

const NOW = Date.UTC(2026, 10, 23);
const series = { id: 1, deviceId: 'd', quantity: 'powerKw' as const };

function open(folder: string, mostBytes = 1e9): TelemetryWriter {
  const retention = { samplesDays: 30, positionsDays: 2, deadLetterCount: 100, mostBytes };
  const writer = new TelemetryWriter(join(folder, 'telemetry.db'), retention, Number.POSITIVE_INFINITY);
  writer.open(NOW);
  onTestFinished(() => writer.close());
  return writer;
}

/** One commit is one entry; the value says which. */
function commit(writer: TelemetryWriter, value: number, rows = 1): void {
  writer.commit(
    batchOf(
      Array.from({ length: rows }, (_, row) => ({ series: 1, atMs: NOW + value * 1000 + row, value })),
      { newSeries: [series] },
    ),
    NOW,
  );
}
function seal(writer: TelemetryWriter): void {
  while (writer.tend(NOW, true) !== 'done');
}
const valuesOf = ({ entries }: OutboxPage): (number | undefined)[] => entries.map(({ value }) => value[0]);
/** The files as a process that is killed now leaves them. */
function killed(folder: string): string {
  const copy = temporaryFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
}

it('without a consumer nothing stays behind that is sealed', () => {
  const writer = open(temporaryFolder());
  for (let value = 1; value <= 5; value++) commit(writer, value);
  seal(writer);
  writer.registerConsumer('archive');
  expect(writer.readOutbox('archive', 100)).toEqual({ entries: [] });
  commit(writer, 6);
  expect(valuesOf(writer.readOutbox('archive', 100))).toEqual([6]);
});

it('a consumer that is killed between reading and advancing is given the same entries under the same numbers', () => {
  const folder = temporaryFolder();
  const writer = open(folder);
  writer.registerConsumer('archive');
  for (let value = 1; value <= 6; value++) commit(writer, value);
  const first = writer.readOutbox('archive', 2);
  writer.advance('archive', first.entries.at(-1)?.entry ?? 0);
  seal(writer);
  const given = writer.readOutbox('archive', 3);
  expect(valuesOf(given)).toEqual([3, 4, 5]);

  const again = open(killed(folder));
  expect(again.readOutbox('archive', 3)).toEqual(given);
  seal(again);
  again.advance('archive', given.entries.at(-1)?.entry ?? 0);
  commit(again, 7);
  expect(valuesOf(again.readOutbox('archive', 100))).toEqual([6, 7]);
});

it('entries that are kept for a consumer alone are not taken for unsealed after a restart', () => {
  const folder = temporaryFolder();
  const writer = open(folder);
  writer.registerConsumer('archive');
  for (let value = 1; value <= 6; value++) commit(writer, value);
  seal(writer);
  const again = open(killed(folder));
  expect(again.heads(0, Number.POSITIVE_INFINITY).size).toBe(0);
  commit(again, 7);
  expect(valuesOf(again.readOutbox('archive', 100))).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

it('a consumer that holds more than its share loses its place, is told which entries it lacks, and goes on', () => {
  const writer = open(temporaryFolder(), 400_000);
  writer.registerConsumer('archive');
  writer.registerConsumer('mirror');
  for (let value = 1; value <= 10; value++) commit(writer, value, 1000);
  const [first] = writer.readOutbox('archive', 1).entries;
  writer.advance('mirror', (first?.entry ?? 0) + 8);
  seal(writer);
  expect(writer.takeNotices().map(({ text }) => text)).toEqual([expect.stringMatching(/^archive fell too far behind/)]);
  expect(writer.takeNotices()).toEqual([]);
  // What the other one still needs is still there, and both get it.
  expect(valuesOf(writer.readOutbox('mirror', 100))).toEqual([10]);
  const page = writer.readOutbox('archive', 100);
  expect(page.lost).toEqual({ fromEntry: first?.entry, toEntry: (first?.entry ?? 0) + 8 });
  expect(valuesOf(page)).toEqual([10]);
  writer.advance('archive', (first?.entry ?? 0) + 9);
  commit(writer, 11);
  const later = writer.readOutbox('archive', 100);
  expect(later.lost).toBeUndefined();
  expect(valuesOf(later)).toEqual([11]);
});

it('a consumer that lost everything passes the gap by its last number', () => {
  const writer = open(temporaryFolder(), 1000);
  writer.registerConsumer('archive');
  for (let value = 1; value <= 3; value++) commit(writer, value, 1000);
  seal(writer);
  const { entries, lost } = writer.readOutbox('archive', 100);
  expect(entries).toEqual([]);
  writer.advance('archive', lost?.toEntry ?? 0);
  commit(writer, 4);
  expect(valuesOf(writer.readOutbox('archive', 100))).toEqual([4]);
});

it('a consumer that is removed holds nothing back', () => {
  const writer = open(temporaryFolder());
  writer.registerConsumer('archive');
  for (let value = 1; value <= 3; value++) commit(writer, value);
  writer.removeConsumer('archive');
  seal(writer);
  writer.registerConsumer('archive');
  expect(writer.readOutbox('archive', 100)).toEqual({ entries: [] });
  expect(() => writer.readOutbox('stranger', 1)).toThrow(/no consumer stranger/);
  expect(() => writer.advance('archive', 99)).toThrow(/the newest is 3/);
});

type Step = 'commit' | 'read' | 'advance' | 'seal' | 'kill';

it('whatever happens in between, each entry is taken exactly once by a consumer that keeps the numbers', () => {
  const step = fc.constantFrom<Step>('commit', 'commit', 'read', 'advance', 'seal', 'kill');
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let folder = temporaryFolder();
      let writer = open(folder);
      writer.registerConsumer('archive');
      const taken = new Map<number, number | undefined>();
      let committed = 0;
      const read = (): void => {
        for (const { entry, value } of writer.readOutbox('archive', 2).entries) taken.set(entry, value[0]);
      };
      const doStep = {
        commit: () => commit(writer, ++committed),
        read,
        advance: () => writer.advance('archive', Math.max(0, ...taken.keys())),
        seal: () => seal(writer),
        kill: () => (writer = open((folder = killed(folder)))),
      };
      for (const each of steps) doStep[each]();
      for (let left = committed; left >= 0; left--) {
        read();
        doStep.advance();
      }
      expect([...taken.values()]).toEqual(Array.from({ length: committed }, (_, index) => index + 1));
    }),
    { numRuns: 40 },
  );
});
