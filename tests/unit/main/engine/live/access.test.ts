import { describe, expect, it, vi } from 'vitest';
import { seatRequests } from '../../../../../main/engine/base/Handlers.ts';
import type { Handlers } from '../../../../../main/engine/base/Handlers.ts';
import { RequestError } from '../../../../../main/engine/base/RequestError.ts';
import { Session } from '../../../../../main/engine/live/Session.ts';
import type { Alarm } from '../../../../../shared/alarms/alarm.ts';
import type { DeskAccess } from '../../../../../shared/commands/declare.ts';
import { requests, streamNames, streams } from '../../../../../shared/contract/contract.ts';
import type { RequestName, ServerMessage, StreamName } from '../../../../../shared/contract/contract.ts';
import { decodeFrame, encodeFrame, frameKinds, makeColumns, meterStates } from '../../../../../shared/live/frame.ts';
import { permissions, permissionsOf } from '../../../../../shared/people/permissions.ts';
import type { Permission } from '../../../../../shared/people/permissions.ts';
import { roles as accountRoles } from '../../../../../shared/people/person.ts';
import type { ScreenRole } from '../../../../../shared/people/person.ts';

const roles: ScreenRole[] = ['display', ...accountRoles];
const names = (Object.keys(requests) as RequestName[]).filter((name) => !seatRequests.some((each) => each === name));

type Screen = {
  /** Asks, and says whether the engine would have done it: an input that is not understood was allowed. */
  isAllowed: (name: RequestName, input?: unknown) => Promise<boolean>;
  heard: (ServerMessage | ArrayBuffer)[];
  say: (message: unknown) => void;
  session: Session;
};

function meterFrame(): ArrayBuffer {
  const columns = makeColumns('meters', 3);
  columns.index.set([0, 1, 2]);
  columns.rate.set([1.5, 2.5, 0]);
  columns.state.set(['normal', 'leak', 'noVoltage'].map((state) => meterStates.findIndex((each) => each === state)));
  return encodeFrame({ kind: 'meters', atMs: 1, seq: 1, isFull: true, count: 3, columns });
}

/** An alarm of a feeder that names households, and one about a single household. */
const alarms = [
  {
    id: 'a1',
    subject: { kind: 'feeder', id: 'F1' },
    evidence: [
      { label: 'Meters out of range', text: '2' },
      { label: 'These are', text: '12 Mill Road; 14 Mill Road', isOfHouseholds: true },
    ],
  },
  { id: 'a2', subject: { kind: 'meter', id: 'meter 7' }, evidence: [] },
] as unknown as Alarm[];

function screenOf(role: ScreenRole): Screen {
  let listener: (message: unknown) => void = () => undefined;
  const heard: Screen['heard'] = [];
  const port = {
    send: (message: ServerMessage | ArrayBuffer) => heard.push(message),
    bufferedBytes: () => 0,
    onMessage: (each: typeof listener) => (listener = each),
    onClose: () => undefined,
    close: () => undefined,
  };
  const sources = {
    version: '1',
    nowMs: () => 5,
    log: () => undefined,
    handlers: new Proxy({}, { get: (_, name) => () => (name === 'alarms.history' ? { alarms } : {}) }) as Handlers,
    startReplay: () => {
      throw new RequestError('unavailable', 'No past here.');
    },
    isHousehold: (deviceId: string) => deviceId.startsWith('meter'),
    snapshot: (stream: StreamName) =>
      stream.startsWith('alarms') ? { isFull: true, changed: alarms, removed: [] } : { notices: [] },
    frame: (kind: string, cursor: number) =>
      kind === 'meters' && cursor === 0 ? { bytes: meterFrame(), cursor: 1 } : undefined,
  };
  const session = new Session(port, sources, () => ({
    person: { id: 'p', name: 'Pat', role },
    idleLockMinutes: 0,
    review: () => undefined,
    settle: () => undefined,
    noteActive: () => undefined,
    answer: () => Promise.resolve({}),
  }));
  let lastId = 0;
  return {
    heard,
    session,
    say: (message) => listener(message),
    isAllowed: async (name, input) => {
      const id = ++lastId;
      listener({ type: 'request', id, name, input });
      const answer = await vi.waitFor(
        () => heard.find((message) => 'id' in message && message.id === id) ?? Promise.reject(new Error('No answer')),
        { interval: 1 },
      );
      const isRefused = 'type' in answer && answer.type === 'error' && answer.code === 'refused';
      if (isRefused) expect(answer.message).toMatch(/^This needs the role \w+; Pat is \w+\.$/);
      return !isRefused;
    },
  };
}

async function allowedTo(role: ScreenRole): Promise<RequestName[]> {
  const screen = screenOf(role);
  const allowed: RequestName[] = [];
  for (const name of names) if (await screen.isAllowed(name)) allowed.push(name);
  return allowed;
}

const needing = (of: readonly Permission[]): RequestName[] => names.filter((name) => of.includes(requests[name].needs));

describe('every verb and stream', () => {
  it('says for whom it is and which permission it needs', () => {
    const declared: [string, DeskAccess][] = [...Object.entries(requests), ...Object.entries(streams)];
    for (const [name, { audience, needs }] of declared) {
      expect(['desk', 'public'], name).toContain(audience);
      expect(permissions, name).toContain(needs);
    }
  });

  it.each(roles)('is given to a %s exactly where the role has its permission', async (role) => {
    expect(await allowedTo(role)).toEqual(needing([...permissionsOf[role]]));
    const screen = screenOf(role);
    screen.say({ type: 'subscribe', streams: streamNames, frames: [] });
    const got = screen.heard.flatMap((message) => ('stream' in message ? message.stream : []));
    expect(got).toEqual(streamNames.filter((name) => permissionsOf[role].has(streams[name].needs)));
  });

  it('is given to a display only where a wall shows it', async () => {
    expect(await allowedTo('display')).toEqual([
      'county.profile',
      'county.alarmDomains',
      'county.map',
      'county.network',
      'county.meters',
      'county.transit',
      'county.units',
      'display.report',
    ] satisfies RequestName[]);
    const withheld: StreamName[] = ['alarmsThen', 'orders', 'proposals', 'transit', 'serviceRequests', 'shift', 'desk'];
    expect(streamNames.filter((name) => streams[name].needs !== 'wall.show')).toEqual(withheld);
  });

  it('of the raw log, and of what devices sent as it came, is kept from viewers', async () => {
    const viewer = await allowedTo('viewer');
    for (const name of ['record.list', 'deadLetters.list', 'unplaced.list', 'people.list'] satisfies RequestName[])
      expect(viewer).not.toContain(name);
    expect(viewer.filter((name) => requests[name].isCommand)).toEqual([]);
  });

  it('is built of roles that each have all permissions somewhere', () => {
    expect(permissions.filter((each) => !roles.some((role) => permissionsOf[role].has(each)))).toEqual([]);
  });
});

describe('the use of a single household', () => {
  const period = { fromMs: 0, toMs: 1, maxPoints: 10, asRate: false };
  const ofMeter = { deviceId: 'meter 7', quantity: 'registerKwh', ...period };
  const ofZone = { deviceId: 'zone 7', quantity: 'flowM3h', ...period };
  const meter = { subject: { kind: 'meter', id: 'meter 7' } };

  it.each(['display', 'viewer'] as const)('is not for a %s', async (role) => {
    const screen = screenOf(role);
    expect(await screen.isAllowed('series.query', ofMeter)).toBe(false);
    expect(await screen.isAllowed('entity.detail', meter)).toBe(false);
    expect(await screen.isAllowed('series.query', ofZone)).toBe(role === 'viewer');
  });

  it('is for an operator', async () => {
    const screen = screenOf('operator');
    expect(await screen.isAllowed('series.query', ofMeter)).toBe(true);
    expect(await screen.isAllowed('entity.detail', meter)).toBe(true);
  });

  it('is not in the frames of a viewer, who sees which meters have no power', () => {
    const seen = (role: ScreenRole): { rate: number[]; state: (string | undefined)[] } => {
      const screen = screenOf(role);
      screen.say({ type: 'subscribe', streams: [], frames: frameKinds });
      screen.say({ type: 'credit', frames: 10 });
      const bytes = screen.heard.find((message) => message instanceof ArrayBuffer);
      const { rate, state } = decodeFrame(bytes!).columns as ReturnType<typeof makeColumns<'meters'>>;
      return { rate: [...rate], state: [...state].map((code) => meterStates[code]) };
    };
    expect(seen('operator')).toEqual({ rate: [1.5, 2.5, 0], state: ['normal', 'leak', 'noVoltage'] });
    expect(seen('viewer')).toEqual({ rate: [NaN, NaN, NaN], state: ['normal', 'normal', 'noVoltage'] });
  });

  it.each(['display', 'viewer', 'operator'] as const)(
    'is in the alarms that a %s sees as the role allows',
    async (role) => {
      const screen = screenOf(role);
      screen.say({ type: 'subscribe', streams: ['alarms'], frames: [] });
      screen.session.publish('alarms', { isFull: false, changed: alarms, removed: [] });
      if (role !== 'display') await screen.isAllowed('alarms.history', {});
      const seen = screen.heard.flatMap((message) => {
        if ('stream' in message && message.stream === 'alarms') return [message.data.changed];
        return 'output' in message ? [(message.output as { alarms: Alarm[] }).alarms] : [];
      });
      expect(seen).toHaveLength(role === 'display' ? 2 : 3);
      for (const list of seen)
        if (role === 'operator') expect(list).toEqual(alarms);
        else expect(list).toEqual([{ ...alarms[0], evidence: [{ label: 'Meters out of range', text: '2' }] }]);
    },
  );
});
