import { createHmac } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { IncidentCommands } from '../../../main/engine/incidents/IncidentCommands.ts';
import { Notifier } from '../../../main/engine/incidents/notify/Notifier.ts';
import { NotificationSettingsFile } from '../../../main/engine/incidents/notify/settings.ts';
import { EventLog } from '../../../main/engine/log/EventLog.ts';
import { loadWorkstation } from '../../../main/engine/log/workstation.ts';
import { openRecordStore } from '../../../main/engine/store/record/openRecordStore.ts';
import { playbookSchema } from '../../../shared/incidents/playbook.ts';
import { builtEntry } from '../../support/startBuilt.ts';
import { freePort } from '../../support/freePort.ts';
import { person } from '../../support/people.ts';
import { quietDesk } from '../../support/quietIncidents.ts';
import { startMailSink, startWebSink } from '../../support/startSinks.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const START = Date.UTC(2026, 10, 23, 20);
const PASSWORD = 'correct horse battery';
const SECRET = 'a secret of the webhook';
const workerPath = builtEntry('storeWorker');

const item = (
  id: string,
  channel: 'email' | 'webhook' | 'hand',
  to: string,
  when: 'asked' | 'opened' | 'verified' = 'asked',
) => ({ id, name: `Who ${id}`, channel, to, when, subject: '{id} at {place}', text: '{title} since {time}' });
const playbook = playbookSchema.parse({
  title: 'Crash',
  notifications: [
    item('depot', 'email', 'depot@example.org'),
    item('state', 'webhook', 'state'),
    item('mayor', 'hand', '555-0100'),
    item('auto', 'webhook', 'state', 'verified'),
  ],
});

/** One engine's part of a room: record, incidentCommands and notifier on a data folder. */
async function openRoom(folder: string, { isLeader = true, time = { nowMs: START } } = {}) {
  const nowMs = () => time.nowMs;
  const workstation = loadWorkstation(folder);
  const { store } = await openRecordStore({
    file: join(folder, 'record.db'),
    signer: workstation,
    workerPath,
    now: nowMs,
  });
  const eventLog = new EventLog(store, nowMs);
  const incidentCommands = new IncidentCommands({
    ...quietDesk,
    playbookOf: () => playbook,
    log: eventLog,
    nowMs,
    timeZone: 'America/Los_Angeles',
    sendDispatch: () => undefined,
  });
  const logged: string[] = [];
  const notifier = new Notifier({
    eventLog,
    incidents: () => incidentCommands.working(),
    facts: (incident) => incidentCommands.facts(incident),
    settings: new NotificationSettingsFile(join(folder, 'notifications.json')),
    isLeader: () => isLeader,
    workstation: workstation.id,
    nowMs,
    log: (_level, text) => logged.push(text),
  });
  await eventLog.load();
  onTestFinished(() => store.close().catch(() => undefined));
  const turn = async () => {
    await notifier.tend();
    await notifier.settled();
  };
  const state = (id: string, notificationId: string) =>
    incidentCommands.get(id)?.notifications?.find((each) => each.id === notificationId);
  return { time, incidentCommands, store, notifier, turn, state, logged };
}

const open = (incidentCommands: IncidentCommands) =>
  incidentCommands.open(person('Ann'), { type: 'crash', priority: 2, title: 'Crash', place: 'Mile 12', alarmIds: [] });
const ask = (incidentCommands: IncidentCommands, incidentId: string, itemId: string) =>
  incidentCommands.run(person('Ann'), 'incident.notify', { incidentId, itemId });

const smtp = (port: number, password = PASSWORD) => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  user: 'beacon',
  password,
  from: 'beacon@county.example',
});
const write = (folder: string, settings: unknown) =>
  writeFileSync(join(folder, 'notifications.json'), JSON.stringify(settings));

describe('telling people outside of the room', () => {
  it('sends a mail once, and says so only when the server has taken it', async () => {
    const [folder, sink] = [temporaryFolder(), await startMailSink(PASSWORD)];
    write(folder, { smtp: smtp(sink.port) });
    const { incidentCommands, turn, state } = await openRoom(folder);
    const id = await open(incidentCommands);
    await ask(incidentCommands, id, 'depot');
    for (let i = 0; i < 3; i++) await turn();
    expect(sink.mails).toHaveLength(1);
    expect(sink.mails[0]).toMatchObject({
      to: 'depot@example.org',
      text: expect.stringMatching(
        new RegExp(`Subject: ${id} at Mile 12[^]*Message-ID: <${id}\\.depot@county.example>[^]*Crash since 12:00`),
      ),
    });
    expect(state(id, 'depot')).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('tries again after a pause where the server cannot now, and gives it to a person where it never will', async () => {
    const [folder, sink] = [temporaryFolder(), await startMailSink(PASSWORD)];
    write(folder, { smtp: smtp(sink.port) });
    const { incidentCommands, turn, state, time } = await openRoom(folder);
    const id = await open(incidentCommands);
    sink.answers.push(451, 'take', 550);
    await ask(incidentCommands, id, 'depot');
    await turn();
    expect(state(id, 'depot')).toMatchObject({ state: 'retrying', attempts: 1, retryAtMs: START + 15_000 });
    await turn();
    expect(sink.mails).toHaveLength(0);
    time.nowMs += 15_000;
    await turn();
    expect(state(id, 'depot')).toMatchObject({ state: 'sent', attempts: 2 });
    await ask(incidentCommands, id, 'depot');
    await turn();
    expect(state(id, 'depot#2')).toMatchObject({ state: 'byHand', reason: expect.stringContaining('550') });
  });

  it('gives up after five attempts at a server that is not there', async () => {
    const folder = temporaryFolder();
    write(folder, { smtp: smtp(await freePort()) });
    const { incidentCommands, turn, state, time } = await openRoom(folder);
    const id = await open(incidentCommands);
    await ask(incidentCommands, id, 'depot');
    for (let i = 0; i < 6; i++) {
      await turn();
      time.nowMs += 3_600_000;
    }
    expect(state(id, 'depot')).toMatchObject({ state: 'byHand', attempts: 5 });
  });

  it('is a task of a person, never sent, where nothing is set up or the settings are broken', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'notifications.json'), `{ "smtp": "${PASSWORD}`);
    const { incidentCommands, turn, state } = await openRoom(folder);
    const id = await open(incidentCommands);
    for (const itemId of ['depot', 'state', 'mayor']) await ask(incidentCommands, id, itemId);
    await turn();
    expect(state(id, 'depot')).toMatchObject({ state: 'byHand', reason: 'No e-mail is set up.', attempts: 0 });
    expect(state(id, 'state')).toMatchObject({ state: 'byHand', attempts: 0 });
    expect(state(id, 'mayor')).toMatchObject({ state: 'byHand', attempts: 0 });
    await incidentCommands.run(person('Ben'), 'incident.notificationDone', {
      incidentId: id,
      notificationId: 'mayor',
      note: 'By phone',
    });
    expect(state(id, 'mayor')).toMatchObject({ state: 'done', doneBy: 'Ben' });
    expect(incidentCommands.get(id)?.log.map(({ kind }) => kind)).not.toContain('incident.notificationSent');
  });

  it('posts to a webhook, signed, and by itself when the incident is verified; tries again on 503', async () => {
    const [folder, sink] = [temporaryFolder(), await startWebSink()];
    write(folder, {
      webhooks: { state: { url: sink.url, headers: { authorization: 'Bearer abcdef' }, secret: SECRET } },
    });
    const { incidentCommands, turn, state, time } = await openRoom(folder);
    const id = await open(incidentCommands);
    await turn();
    expect(sink.posted).toHaveLength(0);
    await incidentCommands.run(person('Ann'), 'incident.milestone', { incidentId: id, milestone: 'T2' });
    sink.answers.push(503);
    await turn();
    await turn();
    expect(state(id, 'auto')).toMatchObject({ state: 'retrying', askedBy: 'Beacon' });
    time.nowMs += 15_000;
    await turn();
    expect(state(id, 'auto')).toMatchObject({ state: 'sent', attempts: 2 });
    const [first, second] = sink.posted;
    expect(JSON.parse(second!.body)).toMatchObject({ key: `${id}.auto`, incidentId: id, subject: `${id} at Mile 12` });
    expect(second!.headers).toMatchObject({
      authorization: 'Bearer abcdef',
      'idempotency-key': `${id}.auto`,
      'x-beacon-signature': `sha256=${createHmac('sha256', SECRET).update(second!.body).digest('hex')}`,
    });
    expect(first!.body).toBe(second!.body);
  });

  it('does not hand over again what may have arrived', async () => {
    const [folder, mail, web] = [temporaryFolder(), await startMailSink(PASSWORD), await startWebSink()];
    write(folder, { smtp: smtp(mail.port), webhooks: { state: { url: web.url } } });
    const { incidentCommands, turn, state, time } = await openRoom(folder);
    const id = await open(incidentCommands);
    mail.answers.push('takeAndBreak');
    web.answers.push(0);
    await ask(incidentCommands, id, 'depot');
    await ask(incidentCommands, id, 'state');
    for (let i = 0; i < 3; i++) {
      await turn();
      time.nowMs += 3_600_000;
    }
    expect([mail.mails.length, web.posted.length]).toEqual([1, 1]);
    expect(state(id, 'depot')).toMatchObject({ state: 'uncertain', attempts: 1 });
    expect(state(id, 'state')).toMatchObject({ state: 'uncertain', attempts: 1 });
  });

  it('asks a person after it died while sending, and only the elected engine sends', async () => {
    const [folder, sink] = [temporaryFolder(), await startMailSink(PASSWORD)];
    write(folder, { smtp: smtp(sink.port) });
    const follower = await openRoom(folder, { isLeader: false });
    const id = await open(follower.incidentCommands);
    await ask(follower.incidentCommands, id, 'depot');
    await follower.turn();
    expect(follower.state(id, 'depot')?.state).toBe('asked');
    // As it stands in the record of an engine that was killed between the beginning and the outcome.
    await follower.store.append(START, person('Beacon'), {
      kind: 'incident.notificationBegun',
      incidentId: id,
      notificationId: 'depot',
      attempt: 1,
    });
    await follower.store.close();
    const again = await openRoom(folder);
    await again.turn();
    expect(again.state(id, 'depot')).toMatchObject({
      state: 'uncertain',
      reason: expect.stringContaining('interrupted'),
    });
    expect(sink.mails).toHaveLength(0);
  });

  it('keeps its secrets: none is in the record, in the log, or on the way to a screen', async () => {
    const [folder, sink] = [temporaryFolder(), await startMailSink(PASSWORD)];
    const wrong = 'not the password at all';
    write(folder, {
      smtp: smtp(sink.port, wrong),
      webhooks: { state: { url: `http://127.0.0.1:${await freePort()}/hook/token-4711` } },
    });
    const { incidentCommands, turn, state, logged, store } = await openRoom(folder);
    const id = await open(incidentCommands);
    await ask(incidentCommands, id, 'depot');
    await ask(incidentCommands, id, 'state');
    await turn();
    expect(state(id, 'depot')).toMatchObject({ state: 'byHand', reason: expect.stringContaining('•••') });
    expect(state(id, 'state')?.state).toBe('retrying');
    await store.close();
    const written = readdirSync(folder)
      .filter((name) => name.startsWith('record'))
      .map((name) => readFileSync(join(folder, name), 'latin1'))
      .join('');
    for (const text of [JSON.stringify(incidentCommands.get(id)), logged.join('\n'), written]) {
      expect(text).not.toContain(wrong);
      expect(text).not.toContain('token-4711');
    }
  });
});
