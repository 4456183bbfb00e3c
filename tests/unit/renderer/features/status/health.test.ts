import { describe, expect, it } from 'vitest';
import type { Vitals } from '../../../../../renderer/client/mergeStream.ts';
import { bannerText } from '../../../../../renderer/features/status/bannerText.ts';
import { healthOf } from '../../../../../renderer/features/status/health.ts';
import type { Present } from '../../../../../renderer/features/status/health.ts';
import { localTime } from '../../../../../renderer/ui/formatTime.ts';

const NOW = Date.UTC(2026, 10, 23, 14, 3, 12);
const vitals: Vitals = {
  nowMs: NOW,
  clockSpeed: 1,
  broker: { state: 'connected', url: 'mqtt://broker', sinceMs: NOW - 60_000 },
  feeds: [
    {
      id: 'beacon',
      name: 'Beacon',
      received: 1,
      refused: 0,
      perSecond: 1,
      isSteady: true,
      isExpected: true,
      lastAtMs: NOW - 2000,
      state: 'live',
    },
    {
      id: 'hfp',
      name: 'HFP',
      received: 0,
      refused: 0,
      perSecond: 0,
      isSteady: true,
      isExpected: true,
      state: 'unused',
    },
  ],
  store: { state: 'ok', queue: 0, commitP95Ms: 1, samples: 1 },
  disk: { state: 'ok', freeBytes: 5e10, totalBytes: 1e11 },
  messagesPerSecond: 1,
  refusedTotal: 0,
  shedTotal: 0,
  unplaced: 0,
  unplacedRefused: 0,
  loopDelayP99Ms: 1,
  alarmLoad: { last10Min: 0, lastHour: 0 },
};
const present = (part: Partial<Present>): Present => ({
  connection: { state: 'open', sinceMs: NOW - 1000 },
  vitals,
  nowMs: NOW,
  ...part,
});
const time = localTime('UTC');

describe('healthOf', () => {
  it('is live with data that is two seconds old', () => {
    expect(healthOf(present({}))).toMatchObject({ state: 'live', dataAgeMs: 2000 });
  });

  it('is frozen at once when the line is lost, since the last sign of life', () => {
    expect(
      healthOf(present({ connection: { state: 'lost', sinceMs: NOW }, vitals: { ...vitals, nowMs: NOW - 3000 } })),
    ).toMatchObject({ state: 'frozen', sinceMs: NOW - 3000 });
  });

  it('is frozen when the engine is silent on an open line', () => {
    expect(healthOf(present({ nowMs: NOW + 10_001 })).state).toBe('frozen');
  });

  it('grants an accelerated county the same time on the wall', () => {
    const fast = { ...vitals, clockSpeed: 60 };
    expect(healthOf(present({ vitals: fast, nowMs: NOW + 30_000 })).state).toBe('live');
    expect(healthOf(present({ vitals: fast, nowMs: NOW + 601_000 })).state).toBe('frozen');
  });

  it('tells a lost broker with its reason', () => {
    const broker = { state: 'lost', url: 'mqtt://broker', sinceMs: NOW - 5000, reason: 'connection refused' } as const;
    expect(healthOf(present({ vitals: { ...vitals, broker } }))).toMatchObject({
      state: 'brokerLost',
      sinceMs: NOW - 5000,
      reason: 'connection refused',
    });
  });

  it('is not fooled by a broker that is connected while all feeds are silent', () => {
    const feeds = [
      {
        id: 'beacon',
        name: 'Beacon',
        received: 1,
        refused: 0,
        perSecond: 0,
        isSteady: true,
        isExpected: true,
        lastAtMs: NOW - 200_000,
        state: 'quiet',
      } as const,
    ];
    expect(healthOf(present({ vitals: { ...vitals, feeds } })).state).toBe('silent');
  });

  it('shows the age of the oldest feed, and names the one that is silent among others that are not', () => {
    const quiet = { ...vitals.feeds[0], name: 'Zones', state: 'quiet', lastAtMs: NOW - 400_000 } as Vitals['feeds'][0];
    expect(healthOf(present({ vitals: { ...vitals, feeds: [...vitals.feeds, quiet] } }))).toMatchObject({
      state: 'partlySilent',
      dataAgeMs: 400_000,
      silent: ['Zones'],
    });
  });

  it('is not live before any feed was heard, and says what is awaited', () => {
    const feeds = [{ ...vitals.feeds[1], name: 'Meters' } as Vitals['feeds'][0]];
    const health = healthOf(present({ vitals: { ...vitals, feeds } }));
    expect(health).toMatchObject({ state: 'waiting', dataAgeMs: undefined });
    expect(bannerText(health, time, 'mqtt://broker')).toEqual({
      title: 'No data yet',
      detail:
        'The broker mqtt://broker is connected since 14:02:12, and nothing has arrived. Beacon waits for the first data of Meters.',
    });
  });

  it('is connecting before the first message', () => {
    expect(healthOf(present({ vitals: undefined, nowMs: undefined })).state).toBe('connecting');
  });
});

describe('bannerText', () => {
  const health = { sinceMs: NOW, dataAgeMs: 0, silent: [], reason: undefined } as const;

  it('says nothing while all is well', () => {
    expect(bannerText({ ...health, state: 'live' }, time, 'mqtt://broker')).toBeUndefined();
  });

  it('says what to do when the engine never answers', () => {
    expect(bannerText({ ...health, state: 'connecting' }, time, undefined)?.title).toBe('Connecting to the engine');
  });

  it('says since when the picture is frozen', () => {
    expect(bannerText({ ...health, state: 'frozen' }, time, undefined)?.title).toBe(
      'No connection to the engine since 14:03:12',
    );
  });

  it('names the broker and the reason', () => {
    expect(
      bannerText({ ...health, state: 'brokerLost', reason: 'Connection refused' }, time, 'mqtt://broker')?.detail,
    ).toBe('No data arrives from mqtt://broker. Connection refused. Beacon is trying to reconnect.');
  });
});
