import { cpSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { concurrentEdits } from '../../../shared/record/concurrentEdits.ts';
import { beaconPerson } from '../../../shared/people/person.ts';
import type { Person } from '../../../shared/people/person.ts';
import { administrator, person } from '../../support/people.ts';
import { startDesk } from '../../support/startDesk.ts';
import type { RunningDesk } from '../../support/startDesk.ts';
import { eventually } from '../../support/startHost.ts';
import { leaders, oneLeader, sameLog, startBroker, startRoom } from '../../support/startRoom.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const ann = person('Ann', 'dispatcher');
const ben = person('Ben', 'dispatcher');
const crash: Parameters<RunningDesk['incidents']['open']>[1] = {
  type: 'crash',
  priority: 2,
  title: 'Crash',
  place: 'Oak Street',
  alarmIds: [],
};

const peer = (at: RunningDesk, of: RunningDesk) => at.replication.state().workstations.find(({ id }) => id === of.id);

describe('the shared desk over a real broker', () => {
  it('lets a workstation in by a one-time code, with the key of the desk, and keeps its own record aside', async () => {
    const {
      desks: [first, second],
    } = await startRoom(2);
    expect(second!.replication.state().deskId).toBe(first!.replication.state().deskId);
    expect(second!.key.open(first!.key.seal('secret', 'of a test'), 'of a test')).toBe('secret');
    expect(readdirSync(second!.folder).filter((name) => /^before-joining-.*record\.db$/.test(name))).toHaveLength(1);
    await first!.log.perform(beaconPerson, { kind: 'system.noted', text: 'from the first' });
    await second!.log.perform(beaconPerson, { kind: 'system.noted', text: 'from the second' });
    await sameLog([first!, second!]);
    expect(first!.entries().map(({ event }) => event)).toContainEqual({
      kind: 'system.noted',
      text: 'from the second',
    });
    await expect(second!.join('0000-0000')).rejects.toThrow('already');
  });

  it('goes on working where it is cut off, and catches up; two who take one incident at once are both shown until one decides', async () => {
    const { lines, desks } = await startRoom(3);
    const [first, second, third] = desks as [RunningDesk, RunningDesk, RunningDesk];
    const incidentId = await first.incidents.open(ann, crash);
    await sameLog(desks);
    lines[2]!.cut();
    await eventually(
      'The cut',
      () => (!third.replication.state().isConnected && peer(first, third)?.state === 'gone') || undefined,
    );
    await Promise.all([
      first.log.perform(ann, { kind: 'incident.assigned', incidentId, assignee: 'Ann' }),
      third.log.perform(ben, { kind: 'incident.assigned', incidentId, assignee: 'Ben' }),
      third.log.perform(ben, { kind: 'incident.noted', incidentId, text: 'Written while cut off' }),
    ]);
    expect(third.incidents.get(incidentId)?.log.at(-1)?.text).toContain('Written while cut off');
    lines[2]!.mend();
    await sameLog(desks);
    for (const desk of desks) {
      const edits = desk.entries().filter(({ event }) => event.kind === 'incident.assigned');
      expect(
        concurrentEdits(edits)
          .map(({ author }) => author.name)
          .sort(),
      ).toEqual(['Ann', 'Ben']);
      expect(desk.incidents.get(incidentId)).toEqual(first.incidents.get(incidentId));
    }
    await second.log.perform(ann, { kind: 'incident.assigned', incidentId, assignee: 'Cid' });
    await sameLog(desks);
    expect(concurrentEdits(third.entries().filter(({ event }) => event.kind === 'incident.assigned'))).toHaveLength(1);
  });

  it('tells both where two people take one incident in the same second, and is at rest when one of them has decided', async () => {
    const { desks } = await startRoom(2);
    const [first, second] = desks as [RunningDesk, RunningDesk];
    const incidentId = await first.incidents.open(ann, crash);
    await sameLog(desks);
    const take = (desk: RunningDesk, who: Person, expected: string | null) =>
      desk.incidents.run(who, 'incident.assign', { incidentId, assignee: who.name, expected });
    await Promise.all([take(first, ann, null), take(second, ben, null)]);
    await sameLog(desks);
    const [assignee] = desks.map((desk) => desk.incidents.get(incidentId)!.assignee!);
    for (const desk of desks) {
      expect(desk.incidents.get(incidentId)?.conflicts).toMatchObject([{ field: 'assignee' }]);
      expect(
        desk.incidents
          .get(incidentId)
          ?.conflicts?.[0]?.claims.map(({ by }) => by)
          .sort(),
      ).toEqual(['Ann', 'Ben']);
      expect(desk.incidents.get(incidentId)?.assignee).toBe(assignee);
    }
    await take(first, ann, assignee!);
    await sameLog(desks);
    for (const desk of desks) expect(desk.incidents.get(incidentId)).toMatchObject({ assignee: 'Ann' });
    for (const desk of desks) expect(desk.incidents.get(incidentId)?.conflicts).toBeUndefined();
  });

  it('has one leader, and replaces one that is gone', async () => {
    const { lines, desks } = await startRoom(3);
    const leader = await oneLeader(desks);
    lines[desks.indexOf(leader)]!.cut();
    const others = desks.filter((each) => each !== leader);
    const next = await oneLeader(others);
    expect(leader.replication.isLeader()).toBe(false);
    await eventually(
      'Everybody knows who leads',
      () => others.every((each) => peer(each, next)?.isLeader) || undefined,
    );
  });

  it('needs nothing that a broker kept: after one that lost everything all go on with a new one', async () => {
    const { desks, broker } = await startRoom(3);
    await broker.dispose();
    await eventually('The loss', () => desks.every(({ replication }) => !replication.state().isConnected) || undefined);
    // An hour at the middle of three incidents, as far as the clocks say nothing of it: everybody goes on writing.
    const ids = await Promise.all(
      desks.map(({ incidents }, index) =>
        incidents.open(index === 0 ? ann : ben, { ...crash, title: `Crash ${String(index)}` }),
      ),
    );
    await Promise.all(
      desks.map(({ incidents }, index) =>
        incidents.run(ann, 'incident.note', { incidentId: ids[index]!, text: 'Without a broker' }),
      ),
    );
    expect(leaders(desks)).toEqual([]);
    await startBroker(broker.port);
    await sameLog(desks);
    const titles = (desk: RunningDesk) =>
      desk
        .entries()
        .flatMap(({ event }) => (event.kind === 'incident.opened' ? [event.title] : []))
        .sort();
    for (const desk of desks) expect(titles(desk)).toEqual(['Crash 0', 'Crash 1', 'Crash 2']);
    await oneLeader(desks);
  });

  it('keeps the event of a workstation whose clock is wrong, shows whose it is, and goes on by its own clock', async () => {
    const { desks } = await startRoom(2, [{}, { nowMs: () => Date.now() + 3_600_000 }]);
    const [first, second] = desks as [RunningDesk, RunningDesk];
    await second.log.perform(beaconPerson, { kind: 'system.noted', text: 'an hour ahead' });
    await sameLog(desks);
    await eventually('The flag', () => peer(first, second)?.isClockWrong || undefined);
    const answer = await first.log.perform(beaconPerson, { kind: 'system.noted', text: 'now' });
    expect(Math.abs(answer.atMs - Date.now())).toBeLessThan(600_000);
    // Though dated earlier, it stands after what its author had seen.
    await sameLog(desks);
    expect(second.entries().at(-1)?.event).toEqual({ kind: 'system.noted', text: 'now' });
  });

  it('goes on in a new epoch after a backup was put back, with what the others had of it', async () => {
    const { lines, desks } = await startRoom(2);
    const [first, second] = desks as [RunningDesk, RunningDesk];
    await second.log.perform(beaconPerson, { kind: 'system.noted', text: 'before the backup' });
    await sameLog(desks);
    await second.stop();
    const backup = temporaryFolder();
    cpSync(second.folder, backup, { recursive: true });
    const again = await startDesk({ folder: second.folder, url: lines[1]!.url });
    await again.log.perform(beaconPerson, { kind: 'system.noted', text: 'after the backup' });
    await sameLog([first, again]);
    await again.stop();
    const restored = await startDesk({ folder: backup, url: lines[1]!.url });
    const entry = await restored.log.perform(beaconPerson, { kind: 'system.noted', text: 'after it was put back' });
    await sameLog([first, restored]);
    const texts = restored.entries().flatMap(({ event }) => (event.kind === 'system.noted' ? [event.text] : []));
    expect(texts).toEqual(expect.arrayContaining(['before the backup', 'after the backup', 'after it was put back']));
    expect(entry.sequence).toBe(`${second.id}.2`);
    expect(restored.notices.join()).toContain('put back to an earlier time');
  });

  it('refuses what is from strangers and from those put out, counts it and shows it', async () => {
    const { lines, desks } = await startRoom(3);
    const [first, second, third] = desks as [RunningDesk, RunningDesk, RunningDesk];
    // It writes before it can know.
    lines[2]!.cut();
    await first.replication.revoke(administrator, third.id, 'It was stolen');
    await eventually(
      'The revocation',
      () => [first, second].every((each) => peer(each, third)?.state === 'revoked') || undefined,
    );
    await third.log.perform(beaconPerson, { kind: 'system.noted', text: 'from one put out' });
    lines[2]!.mend();
    await eventually(
      'The refusal',
      () =>
        [first, second].every(({ replication }) =>
          replication.state().refused.some(({ from, reason }) => from === third.id && reason === 'revoked'),
        ) || undefined,
    );
    await eventually('What it learns', () => peer(third, third)?.state === 'revoked' || undefined);
    const late = third.log.perform(beaconPerson, { kind: 'system.noted', text: 'from one that knows it' });
    await expect(late).rejects.toThrow('was put out');
    const stranger = await startDesk({ folder: temporaryFolder(), url: lines[0]!.url });
    await expect(stranger.join('ABCDE-FGHJK-MNPQR-STVWX')).rejects.toThrow('No workstation answers');
    await first.log.perform(beaconPerson, { kind: 'system.noted', text: 'still here' });
    await sameLog([first, second]);
    expect(
      first.entries().some(({ event }) => event.kind === 'system.noted' && event.text === 'from one put out'),
    ).toBe(false);
  });

  it('counts nothing that a person wrote who had no right to it, shows it, and says so where it was written', async () => {
    const { desks } = await startRoom(2);
    const [first, second] = desks as [RunningDesk, RunningDesk];
    await first.log.perform(beaconPerson, {
      kind: 'account.created',
      accountId: 'ben',
      name: 'Ben',
      role: 'operator',
      verifier: 'v',
      isDemonstration: false,
    });
    const incidentId = await first.incidents.open(person('Ben', 'operator'), crash);
    await sameLog(desks);
    await expect(
      second.log.perform(ben, { kind: 'incident.resolved', incidentId, outcome: 'By who may not' }),
    ).rejects.toThrow('may not');
    await second.log.perform(person('Ben', 'operator'), { kind: 'incident.noted', incidentId, text: 'By who may' });
    await sameLog(desks);
    for (const desk of desks) {
      expect(desk.replication.state().refused).toContainEqual(
        expect.objectContaining({ from: second.id, reason: 'role', count: 1 }),
      );
      expect(desk.incidents.get(incidentId)).toMatchObject({ status: 'reported' });
      expect(desk.entries().at(-1)?.event).toMatchObject({ text: 'By who may' });
    }
    await first.stop();
    const again = await startDesk({ folder: first.folder, url: second.url });
    expect(again.incidents.get(incidentId)).toEqual(second.incidents.get(incidentId));
  });
});
