import { describe, expect, it } from 'vitest';
import { ledgerEntry } from '../../../../simulators/run/ledgerEntry.ts';

describe('the ledger', () => {
  it.each([
    ['beacon/v1/meter/E1', { at: 5, registerKwh: 1, voltageV: 120, flags: ['tamper'] }, { at: 5, n: 2 }],
    ['beacon/v1/zone/F1', { at: 5, powerKw: 0, voltageV: 0, breaker: 'open' }, { at: 5, n: 2 }],
    [
      'beacon/v1/traffic/D1',
      { at: 5, periodS: 20, count: 6, speedMps: 14.2, occupancy: 0.1, status: 'ok' },
      { at: 5, n: 3 },
    ],
    ['beacon/v1/traffic/D1', { at: 5, periodS: 20, count: 0, speedMps: null, occupancy: 0 }, { at: 5, n: 2 }],
    ['beacon/v1/meter/E1/event', { at: 5, event: 'lastGasp' }, { at: 5, n: 0 }],
    ['beacon/v1/unit/U', { at: 5, lon: 1, lat: 2, speedMps: 3, status: 'enRoute' }, { at: 5, n: 0 }],
    [
      'beacon/v1/meter/E1/intervals',
      { from: 5, everyS: 3600, registerKwh: [1, null, 2] },
      { from: 5, everyS: 3600, n: 2 },
    ],
  ])('counts the values of %s', (topic, body, expected) => {
    expect(ledgerEntry(topic, JSON.stringify(body))).toEqual({ topic, ...expected });
  });
});
