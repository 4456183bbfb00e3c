import { describe, expect, it } from 'vitest';
import { boardRows } from '../../../../../renderer/features/incidents/boardRows.ts';
import { conflictName } from '../../../../../renderer/features/incidents/conflictWords.ts';
import { fetchFile, sendFile } from '../../../../../renderer/features/incidents/fileTransfer.ts';
import { notificationWords } from '../../../../../renderer/features/incidents/notificationWords.ts';
import { clockText } from '../../../../../renderer/features/incidents/serviceWords.ts';
import type { Incident, IncidentNotification } from '../../../../../shared/incidents/incident.ts';
import { MOST_CHUNK_BYTES } from '../../../../../shared/contract/incidentRequests.ts';

const incident = (id: string, part: Partial<Incident> = {}): Incident => ({
  id,
  type: 'crash',
  priority: 2,
  status: 'reported',
  title: 'Crash',
  place: '',
  alarmIds: [],
  unitIds: [],
  openedAtMs: 10_000,
  changedAtMs: 10_000,
  milestones: {},
  log: [],
  ...part,
});
const done = { by: 'Sue', atMs: 1 };

describe('boardRows', () => {
  const all = [
    incident('on scene', { status: 'onScene', priority: 1, assignee: 'Ann' }),
    incident('late'),
    incident('early', { openedAtMs: 5 }),
    incident('urgent', { priority: 1 }),
    incident('offered', { handover: { offer: 'x', to: 'Ann', ...done } }),
    incident('merged', { status: 'resolved', resolvedAtMs: 9, mergedInto: 'urgent' }),
    incident('over', { status: 'resolved', resolvedAtMs: 9 }),
    incident('over later', { status: 'resolved', resolvedAtMs: 12 }),
    incident('closed', { status: 'resolved', resolvedAtMs: 3, review: { wentWell: '', toImprove: '', ...done } }),
  ];
  it.each([
    ['open', ['urgent', 'early', 'late', 'offered', 'on scene']],
    ['mine', ['offered', 'on scene']],
    ['review', ['over later', 'over']],
    ['closed', ['closed']],
  ] as const)('shows what belongs to the view "%s", and a merged one in none', (view, ids) => {
    expect(boardRows(all, view, 'Ann').map(({ id }) => id)).toEqual(ids);
  });
});

it('never says that something was sent that was not', () => {
  const base: IncidentNotification = {
    id: 'n',
    name: 'Depot',
    channel: 'email',
    subject: '',
    text: '',
    state: 'sent',
    attempts: 1,
    askedBy: 'Ann',
    askedAtMs: 0,
    changedAtMs: 0,
    reason: 'Refused.',
    retryAtMs: 5,
    doneBy: 'Ben',
  };
  const said = (state: IncidentNotification['state']) => notificationWords({ ...base, state }, () => '14:05');
  expect(said('sent')).toBe('Sent, 14:05');
  for (const state of ['asked', 'sending', 'retrying', 'byHand', 'uncertain', 'done'] as const)
    expect(said(state)).not.toMatch(/^Sent/);
  expect(said('uncertain')).toMatch(/May have arrived/);
});

it('says what a clock and a conflict are about', () => {
  expect(clockText({ measure: 'response', state: 'running', targetMs: 1_200_000, elapsedMs: 61_000 })).toBe(
    '01:01 of 20 min',
  );
  expect(clockText({ measure: 'response', state: 'waiting', targetMs: 7_200_000 })).toBe('2 h allowed');
  expect([conflictName('T4'), conflictName('assignee')]).toEqual(['Response on scene (T4)', 'Assigned to']);
});

it('sends a file in pieces and attaches it', async () => {
  const content = Uint8Array.from({ length: MOST_CHUNK_BYTES + 5 }, (_, at) => at % 251);
  const received = new Map<number, Buffer>();
  const asked: string[] = [];
  const request = ((name: string, input: { data?: string; offset?: number }) => {
    asked.push(name);
    if (name === 'attachment.put') received.set(input.offset ?? 0, Buffer.from(input.data ?? '', 'base64'));
    return Promise.resolve({});
  }) as unknown as Parameters<typeof sendFile>[0]['request'];
  await sendFile({ request }, 'I-1', new File([content], 'plan.pdf'));
  expect(asked).toEqual(['attachment.put', 'attachment.put', 'incident.attach']);
  expect(Buffer.concat([...received.values()])).toEqual(Buffer.from(content));
  await expect(
    fetchFile(
      { request: (() => Promise.resolve({ data: '', bytes: 5 })) as typeof request },
      { hash: 'h', name: 'n', mediaType: 'm' },
    ),
  ).rejects.toThrow(/too early/);
});
