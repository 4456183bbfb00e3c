import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flagWord, flagWords } from '../../../../shared/utilities/flagWords.ts';
import { meterEvents } from '../../../../shared/wire/topics.ts';
import { hasRealData, realData } from '../../../support/realData.ts';

const known = {
  lastGasp: ['LAST_GASP', 'POWER_OUTAGE', 'POWER_FAIL', 'POWER_FAILURE'],
  powerRestored: ['POWER_RESTORED', 'POWER_UP'],
  tamper: [
    'TAMPER',
    'SABOTAGE_ENCLOSURE',
    'SEAL_BROKEN',
    'MODULE_REMOVED',
    'COVER_OPEN',
    'COVER_OPENED',
    'FRAUD',
    'MAGNETIC_FRAUD',
    'SENSOR_FRAUD_CURRENTLY',
    'COIL_MANIPULATION',
    'MAGNET',
    'MAGNETIC_INFLUENCE',
  ],
  reverseFlow: [
    'WRONG_FLOW_DIRECTION',
    'REVERSE_FLOW',
    'FLOW_REVERSE',
    'FLOW_REVERSED',
    'BACKFLOW',
    'BACK_FLOW',
    'BACKWARD_FLOW',
    'REVERSE',
    'REVERSED',
    'REVERSE_THIS_MONTH',
    'REVERSED_THIS_MONTH',
  ],
  leak: [
    'LEAK',
    'LEAKAGE',
    'LEAKING',
    'LEAK_FLOW_HIGH',
    'LEAK_FLOW_LOW',
    'LEAK_CURRENT',
    'LEAKAGE_CURRENT',
    'LEAKAGE_CURRENTLY',
    'T_LEAKAGE',
    'P_LEAKAGE',
    'PERMANENT_LEAK',
  ],
  burst: ['BURST', 'PIPE_BURST', 'BURSTING'],
  dry: ['DRY', 'EMPTY_PIPE', 'AIR_IN_PIPE'],
  batteryLow: ['POWER_LOW', 'LOW_BATTERY', 'BATTERY_LOW', 'BATTERY_END', 'BATTERY_END_OF_LIFE', 'LOW_POWER'],
  breakerOpen: ['BREAKER_OPEN', 'BREAKER_OPENED'],
  breakerClosed: ['BREAKER_CLOSED', 'BREAKER_CLOSE'],
} as const;
const unknown = [
  'OK',
  'RTC_ERROR',
  'PERMANENT_ERROR',
  'TEMPORARY_ERROR',
  'METER_BLOCKED',
  'NO_FLOW',
  'NO_FLOW_THIS_MONTH',
  'UNDERFLOW',
  'CODE_203_PHASE_SEQUENCE_REVERSED',
  'CODE_204_TOTAL_ACTIVE_ENERGY_NEGATIVE_DUE_TO_INCORRECT_V_OR_A_CONNECTIONS',
  'P_MINIMUM_FLOW',
  'HYDRYX',
  '',
];
/** They tell of what was, or leave open what is. */
const notSaid = [
  'PREV_LEAKAGE',
  'TAMPER_PREV_MONTH',
  'LEAKAGE_PREVIOUSLY',
  'MECHANICAL_FRAUD_PREVIOUSLY',
  'HISTORICAL_TAMPER',
  'BURST_HISTORY',
  'prevLeak',
  'outageInPastIntervals',
  'LEAKAGE_OR_NO_USAGE',
  'NO_LEAK',
  'NOT_TAMPERED',
];

const camel = (word: string): string =>
  word.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const forms = (word: string): string[] => [
  word,
  word.toLowerCase(),
  word.toLowerCase().replaceAll('_', '-'),
  word.toLowerCase().replaceAll('_', ' '),
  camel(word),
];

describe('a device’s word', () => {
  it.each(flagWords.flatMap((meaning) => known[meaning].map((word) => [word, meaning] as const)))(
    '%s means %s in every way of writing it',
    (word, meaning) => {
      expect(forms(word).map(flagWord)).toEqual(forms(word).map(() => meaning));
    },
  );

  it.each([...unknown, ...notSaid])('%s means nothing to Beacon', (word) => {
    expect(forms(word).map(flagWord)).toEqual(forms(word).map(() => undefined));
  });

  it('of Beacon’s own topics means itself', () => {
    for (const word of [...flagWords, ...meterEvents]) expect(flagWord(word)).toBe(word);
  });

  it('means the same when it is asked for again, however many were asked for between', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 100 }), (words) => {
        const first = words.map(flagWord);
        expect([words.map(flagWord), flagWord('LEAK')]).toEqual([first, 'leak']);
      }),
    );
  });
});

describe.skipIf(!hasRealData('wmbusmeters'))('the words of recorded telegrams', () => {
  it('are known where they say a trouble that Beacon judges', () => {
    const lines = hasRealData('wmbusmeters') ? readFileSync(realData('wmbusmeters', 'messages.ndjson'), 'utf8') : '';
    const words = [...lines.matchAll(/"(?:current_)?status": ?"([^"]*)"/g)].flatMap(([, status = '']) =>
      status.split(/\s+/),
    );
    const found = Object.fromEntries(
      [...new Set(words)].flatMap((word) => (flagWord(word) ? [[word, flagWord(word)]] : [])),
    );
    expect(found).toEqual({
      DRY: 'dry',
      TAMPER: 'tamper',
      LEAK_FLOW_HIGH: 'leak',
      LEAK_FLOW_LOW: 'leak',
      REVERSE_THIS_MONTH: 'reverseFlow',
      POWER_LOW: 'batteryLow',
    });
  });
});
