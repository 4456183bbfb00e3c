import { expect, it } from 'vitest';
import { LogLines } from '../../../../../main/engine/search/LogLines.ts';
import type { RecordEvent } from '../../../../../shared/record/recordEvent.ts';
import { entriesOf } from '../../../../support/logEntries.ts';

const events: RecordEvent[] = [
  { kind: 'system.noted', text: 'The disk is full' },
  { kind: 'incident.noted', incidentId: 'I-1', text: 'Two cars' },
  { kind: 'incident.unitOrdered', incidentId: 'I-1', unitId: 'E-3', order: 'go' },
];

it('gives what was done in a time, oldest first, also where another workstation’s part came late', () => {
  const lines = new LogLines();
  lines.note(entriesOf(events, { fromMs: 10_000 }));
  expect(lines.between(0, 20_000).lines.map(({ text }) => text)).toEqual([
    'System noted: The disk is full',
    'Incident noted: Two cars',
    'Incident unit ordered: E-3',
  ]);
  lines.note(
    entriesOf([{ kind: 'incident.noted', incidentId: 'I-2', text: 'Elsewhere' }], {
      sequence: 'ws-b.1',
      fromMs: 10_500,
    }),
  );
  expect(lines.between(10_000, 11_000).lines).toMatchObject([
    { atMs: 10_000 },
    { atMs: 10_500, incidentId: 'I-2', text: 'Incident noted: Elsewhere', actor: 'Ann' },
    { atMs: 11_000, incidentId: 'I-1' },
  ]);
  expect(lines.between(0, 9_999)).toEqual({ lines: [], isCut: false });
});

it('says when there is more than a person reads', () => {
  const lines = new LogLines();
  lines.note(
    entriesOf(Array.from({ length: 2001 }, (_, index): RecordEvent => ({ kind: 'system.noted', text: String(index) }))),
  );
  const { lines: given, isCut } = lines.between(0, 1e9);
  expect([given.length, isCut]).toEqual([2000, true]);
});
