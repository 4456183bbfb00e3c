import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findReport, keepReport } from '../../../main/engine/reports/reportShelf.ts';
import { sameLog, startRoom } from '../../support/startRoom.ts';
import { madeUpReport } from '../../support/madeUpShift.ts';
import { person } from '../../support/people.ts';
import { seededBytes } from '../../support/seededBytes.ts';
import type { RunningDesk } from '../../support/startDesk.ts';
import { eventually } from '../../support/startHost.ts';

const ann = person('Ann', 'supervisor');
/** Text, which may be attached. */
const plan = Buffer.from(seededBytes(3, 350_000).toString('hex'));

async function attach(at: RunningDesk): Promise<string> {
  const incidentId = await at.incidents.open(ann, {
    type: 'crash',
    priority: 2,
    title: 'Crash',
    place: 'Oak Street',
    alarmIds: [],
  });
  for (let offset = 0; offset < plan.length; offset += 150_000)
    at.attachments.put('ann', 'u', offset, plan.subarray(offset, offset + 150_000).toString('base64'));
  return at.incidents.attach(ann, { incidentId, uploadId: 'u', name: 'plan.txt' }, () =>
    at.attachments.keep('ann', 'u'),
  );
}

async function contentAt({ attachments }: RunningDesk, hash: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let offset = 0; offset < plan.length; offset += pieces.at(-1)!.length)
    pieces.push(Buffer.from((await attachments.read(hash, offset)).data, 'base64'));
  return Buffer.concat(pieces);
}

it('brings attachments and signed reports to every workstation over the broker', async () => {
  const { desks } = await startRoom(3);
  const [first, second, third] = desks as [RunningDesk, RunningDesk, RunningDesk];
  const hash = await attach(first);
  const report = madeUpReport();
  const reportHash = keepReport(first.folder, report);
  await first.log.perform(ann, { kind: 'shift.signed', shiftId: report.shiftId, reportHash, heads: report.heads });
  await sameLog(desks);
  await Promise.all([second, third].map(({ replication }) => replication.fetchFile(hash)));
  for (const desk of desks) expect(await contentAt(desk, hash)).toEqual(plan);
  await eventually(
    'The report everywhere',
    () => [second, third].every(({ folder }) => findReport(folder, reportHash) !== undefined) || undefined,
  );
  expect(findReport(third.folder, reportHash)).toEqual(report);
});

it('says where a file is while nobody can give it, refuses one that was altered, and takes it from whoever has it whole', async () => {
  const { lines, desks } = await startRoom(3);
  const [first, second, third] = desks as [RunningDesk, RunningDesk, RunningDesk];
  const awaited = (at: RunningDesk, hash: string) => at.replication.state().awaited.find((each) => each.hash === hash);
  lines[1]!.cut();
  await eventually('The cut', () => !second.replication.state().isConnected || undefined);
  const hash = await attach(first);
  await eventually('The file at the third', async () => (await third.attachments.shelf.has(hash)) || undefined);
  const altered = Buffer.from(plan);
  altered.write('x', 500_000);
  const fileAt = ({ folder }: RunningDesk): string => join(folder, 'attachments', hash.slice(0, 2), hash);
  writeFileSync(fileAt(first), altered);
  lines[2]!.cut();
  await eventually('The cut', () => !third.replication.state().isConnected || undefined);
  lines[1]!.mend();
  await sameLog([first, second]);
  await eventually('That nobody has it', () => awaited(second, hash)?.state === 'nobody' || undefined);
  expect(awaited(second, hash)?.at).toBe(first.replication.state().workstations[0]!.name);
  expect(second.replication.state().refused).toContainEqual(
    expect.objectContaining({ from: first.id, reason: 'file' }),
  );
  await expect(second.replication.fetchFile(hash)).rejects.toThrow('no workstation that is connected has it');
  expect(await second.attachments.shelf.has(hash)).toBe(false);
  lines[2]!.mend();
  await eventually('The file at the second', async () => (await second.attachments.shelf.has(hash)) || undefined);
  expect(await contentAt(second, hash)).toEqual(plan);
  expect(awaited(second, hash)).toBeUndefined();
  await expect(second.replication.fetchFile('0'.repeat(64))).rejects.toThrow('names no such file');
});
