import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Alarm } from '../../shared/alarms/alarm.ts';
import { clientMessageSchema } from '../../shared/contract/contract.ts';
import type {
  ClientMessage,
  RequestInput,
  RequestName,
  ServerMessage,
  StreamMessage,
} from '../../shared/contract/contract.ts';
import { ann, fixtureAlarm, fixtureAlarmAnswers, fixtureLoads, fixturePositions, manyAlarms } from './fixtureAlarms.ts';
import { fixtureCounty } from './fixtureCounty.ts';
import {
  VEHICLES,
  figures,
  firstAlarms,
  firstIncidents,
  linksFrame,
  metersFrame,
  unitsFrame,
  vehiclesFrame,
  vitals,
  zonesFrame,
} from './fixtureLife.ts';

/**
 * Serves the contract over a WebSocket, answered from a made-up county: for work on the screen without broker, store or
 * simulator. Run it alone with `node tests/support/fixtureEngine.ts PORT [ALARMS]`, after a build or beside `npx vite
 * renderer`.
 */
export type FixtureEngine = {
  port: number;
  /** Sends a message to every screen. */ tell: (message: ServerMessage) => void;
  close: () => Promise<void>;
};

type Answers = Partial<{ [N in RequestName]: (input: RequestInput<N>) => unknown }>;
type World = {
  answers: Answers;
  alarms: Map<string, StreamMessage<'alarms'>['changed'][number]>;
  incidents: Map<string, StreamMessage<'incidents'>['changed'][number]>;
  county: ReturnType<typeof fixtureCounty>;
  startedAtMs: number;
  nowMs: () => number;
};

function makeWorld(
  { county = fixtureCounty(1), nowMs = Date.now, alarms: first = firstAlarms }: Options,
  tell: (message: ServerMessage) => void,
): World {
  const startedAtMs = nowMs();
  const alarms = new Map(first(county, startedAtMs).map((alarm) => [alarm.id, alarm]));
  const incidents = new Map(firstIncidents(county, startedAtMs).map((incident) => [incident.id, incident]));
  const answers: Answers = {
    ...Object.fromEntries(Object.entries(county).map(([name, output]) => [name, () => output])),
    'entity.detail': ({ subject }) => ({
      subject,
      title: `${subject.kind} ${subject.id}`,
      subtitle: 'Fixture',
      related: [],
      facts: [{ label: 'Speed', text: '54 mph', quality: 0, atMs: nowMs() - 4000 }],
      series: [{ deviceId: subject.id, quantity: 'speedMps', label: 'Speed', asRate: false }],
    }),
    'series.query': ({ deviceId, quantity, fromMs, toMs, maxPoints }) => {
      const atMs = Array.from({ length: Math.min(maxPoints, 200) }, (_, i) => fromMs + ((toMs - fromMs) * i) / 200);
      return {
        deviceId,
        quantity,
        resolution: 'samples',
        of: 'itself',
        atMs,
        value: atMs.map((t, i) => (i > 90 && i < 100 ? null : 20 + 5 * Math.sin(t / 2e6))),
        quality: atMs.map(() => 0),
      };
    },
    search: ({ text }) => ({
      hits: county['county.network'].links
        .filter((link) => link.name.toLowerCase().includes(text.toLowerCase()))
        .slice(0, 8)
        .map((link) => ({
          subject: { kind: 'link', id: link.id },
          title: link.name,
          detail: link.roadClass,
          lon: link.path[1]?.[0],
          lat: link.path[1]?.[1],
        })),
    }),
    ...fixtureAlarmAnswers({ alarms, nowMs, tell }),
    'alarms.raised': () => ({
      sinceMs: startedAtMs - 43_200_000,
      atMs: [...alarms.values()].map(({ raisedAtMs }) => raisedAtMs),
      priority: [...alarms.values()].map(({ priority }) => priority),
    }),
    'work.list': () => ({
      items: [
        {
          subject: { kind: 'meter', id: 'W-0007' },
          title: 'W-0007',
          place: '12 Mill Street',
          sinceMs: nowMs() - 26 * 3_600_000,
          reason: 'Water flows in every hour, at least 0.004 m³/h',
          task: 'Tell the customer.',
        },
      ],
      total: 1,
    }),
    'alarms.history': () => ({
      alarms: [
        fixtureAlarm({ id: 'lapsed', state: 'returned', title: 'Citizen report: pothole', returnedAtMs: nowMs() }),
      ],
    }),
    'record.list': () => ({ entries: [] }),
    'deadLetters.list': () => ({ letters: [] }),
    'unplaced.list': () => ({ devices: [] }),
  };
  return { answers, alarms, incidents, county, startedAtMs, nowMs };
}

function greetings(world: World): ServerMessage[] {
  const now = world.nowMs();
  const routes = world.county['county.transit'].routes;
  const rows = Array.from({ length: VEHICLES }, (_, index) => {
    const route = routes[index % 4];
    return {
      index,
      id: `V${index}`,
      label: String(100 + index),
      mode: 'bus',
      routeId: route?.id ?? '',
      routeName: route?.shortName ?? '',
      headsign: 'Loop',
    };
  });
  const [lon, lat] = world.county['county.network'].links[60]?.path[1] ?? [0, 0];
  return [
    { type: 'stream', stream: 'vitals', data: vitals(now, world.startedAtMs) },
    { type: 'stream', stream: 'alarms', data: { isFull: true, changed: [...world.alarms.values()], removed: [] } },
    {
      type: 'stream',
      stream: 'positions',
      data: { positions: fixturePositions({ ...ann, workstation: 'Desk 1' }, now) },
    },
    { type: 'stream', stream: 'alarmLoad', data: fixtureLoads(world.alarms.values(), now) },
    { type: 'stream', stream: 'incidents', data: { isFull: true, changed: [...world.incidents.values()] } },
    { type: 'stream', stream: 'figures', data: figures(now) },
    { type: 'stream', stream: 'vehicles', data: { isFull: true, rows } },
    {
      type: 'stream',
      stream: 'units',
      data: { isFull: true, rows: world.county['county.units'].units.map((unit, index) => ({ index, ...unit })) },
    },
    {
      type: 'stream',
      stream: 'reports',
      data: {
        isFull: true,
        changed: [
          { id: 'P1', kind: 'report', title: 'Pothole', text: 'Deep hole in the right lane.', lon, lat, atMs: now },
        ],
      },
    },
    { type: 'stream', stream: 'notices', data: { notices: [] } },
  ];
}

function serve(socket: WebSocket, world: World): void {
  const send = (message: ServerMessage): void => socket.send(JSON.stringify(message));
  let credits = 0;
  const frames = (...made: ArrayBuffer[]): void => {
    for (const buffer of made) {
      if (credits-- > 0) socket.send(buffer);
      else credits = 0;
    }
  };
  const answer = (message: Extract<ClientMessage, { type: 'request' }>): void => {
    const run = world.answers[message.name] as ((input: unknown) => unknown) | undefined;
    try {
      if (run === undefined) throw new Error(`The fixture does not answer ${message.name}.`);
      send({ type: 'answer', id: message.id, output: run(message.input) });
    } catch (error) {
      send({ type: 'error', id: message.id, code: 'notFound', message: (error as Error).message });
    }
  };
  socket.on('message', (data: Buffer) => {
    const message = clientMessageSchema.parse(JSON.parse(data.toString()));
    if (message.type === 'credit') credits += message.frames;
    if (message.type === 'request') answer(message);
    if (message.type === 'subscribe') greetings(world).forEach(send);
  });
  let tick = 0;
  const timer = setInterval(() => {
    const now = world.nowMs();
    const slow = [
      () => linksFrame(now, world.county),
      () => metersFrame(now, world.county),
      () => zonesFrame(now, world.county),
    ][(tick % 30) / 10];
    if (tick % 10 === 0) send({ type: 'stream', stream: 'vitals', data: vitals(now, world.startedAtMs) });
    frames(
      ...(slow === undefined ? [] : [slow()]),
      vehiclesFrame(now),
      ...(tick % 5 === 0 ? [unitsFrame(now, world.county)] : []),
    );
    if (tick++ % 20 === 0) send({ type: 'stream', stream: 'figures', data: figures(now) });
  }, 100);
  socket.on('close', () => clearInterval(timer));
  send({ type: 'hello', version: 'fixture', person: ann, nowMs: world.nowMs() });
}

type Options = {
  county?: ReturnType<typeof fixtureCounty>;
  nowMs?: () => number;
  alarms?: (county: ReturnType<typeof fixtureCounty>, nowMs: number) => Alarm[];
  /** The folder of a built page, which is served at `/`. */
  pageDir?: string;
};

const mediaTypes: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Serves a file of the built page; for any other path, the page itself. */
function servePage(pageDir: string | undefined): RequestListener {
  return ({ url = '/' }, response) => {
    const file = join(pageDir ?? '', new URL(url, 'http://page').pathname);
    if (pageDir === undefined || !existsSync(file)) response.writeHead(404).end();
    else {
      const path = statSync(file).isDirectory() ? join(file, 'index.html') : file;
      response
        .writeHead(200, { 'content-type': mediaTypes[extname(path)] ?? 'application/octet-stream' })
        .end(readFileSync(path));
    }
  };
}

export async function startFixtureEngine(port = 0, options: Options = {}): Promise<FixtureEngine> {
  const http = createServer(servePage(options.pageDir));
  const server = new WebSocketServer({ server: http, path: '/contract' });
  const tell = (message: ServerMessage): void =>
    server.clients.forEach((socket) => socket.send(JSON.stringify(message)));
  const world = makeWorld(options, tell);
  server.on('connection', (socket) => serve(socket, world));
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  return {
    port: (http.address() as AddressInfo).port,
    tell,
    close: async () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

if (import.meta.main) {
  const [port = 0, count = 0] = process.argv.slice(2).map(Number);
  const alarms = count === 0 ? firstAlarms : (_county: unknown, nowMs: number): Alarm[] => manyAlarms(count, nowMs);
  const engine = await startFixtureEngine(port, { alarms, pageDir: resolve('out/renderer') });
  console.log(`fixture engine at http://127.0.0.1:${engine.port}`);
}
