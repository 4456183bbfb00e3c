import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeStatus,
  statusMeaning,
  statusMeaningIds,
  statusMeanings,
} from '../../../../shared/utilities/statusWords.ts';
import type { StatusMeaning } from '../../../../shared/utilities/statusWords.ts';
import { counterTable, statusTable } from '../../../../shared/utilities/statusTable.ts';
import { join } from 'node:path';
import { meterEvents } from '../../../../shared/wire/topics.ts';
import { hasRealData, realData } from '../../../support/realData.ts';

/** Words of the same meanings in other spellings than the table's. */
const known: Partial<Record<StatusMeaning, readonly string[]>> = {
  lastGasp: ['POWER_FAILURE'],
  tamper: ['COVER_OPENED', 'MAGNETIC_FRAUD', 'SENSOR_FRAUD_CURRENTLY', 'COIL_MANIPULATION', 'MAGNETIC_INFLUENCE'],
  removed: ['DEVICE_REMOVED', 'T_MODULE_REMOVED'],
  reverseFlow: ['FLOW_REVERSE', 'FLOW_REVERSED', 'BACKWARD_FLOW', 'REVERSE', 'REVERSED_THIS_MONTH', 'ENERGY_EXPORT'],
  leak: ['LEAKING', 'LEAK_CURRENT', 'LEAKAGE_CURRENT', 'LEAKAGE_CURRENTLY', 'P_LEAKAGE'],
  dry: ['PIPE_EMPTY'],
  air: ['AIR_IN_METER'],
  frost: ['FROST_WARNING', 'ICE_WARNING'],
  blocked: ['T_BLOCKED', 'ROTOR_BLOCKAGE'],
  highFlow: ['FLOW_HIGH', 'HIGH_FLOW'],
  batteryLow: ['BATTERY_END', 'LOW_POWER'],
  clock: ['RTC_INVALID', 'CLOCK_INVALID', 'DATE_ERROR'],
  permanentError: ['PERMANENT_FAULT', 'RAM_ERROR', 'TRANSDUCER_FAULT'],
  temporaryError: ['TEMPORARY_FAULT'],
  phaseLost: ['PHASE_L2_LOST', 'PHASE_FAILURE', 'LOSS_OF_PHASE'],
  notNow: ['MECHANICAL_FRAUD_PREVIOUSLY', 'HISTORICAL_TAMPER', 'BURST_HISTORY', 'NO_LEAK', 'NOT_TAMPERED'],
};
const unknown = ['HYDRYX', 'ERROR_FLAGS_1100', 'UNKNOWN_E0', 'CS', ''];

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
  it.each(
    statusMeaningIds.flatMap((meaning) =>
      [...statusMeanings[meaning].words, ...(known[meaning] ?? [])].map((word) => [word, meaning] as const),
    ),
  )('%s means %s in every way of writing it', (word, meaning) => {
    const all = word === word.toUpperCase() ? forms(word) : [word];
    expect(all.map(statusMeaning)).toEqual(all.map(() => meaning));
  });

  it.each(unknown)('%s means nothing to Beacon and is listed as unknown', (word) => {
    expect(forms(word).map(statusMeaning)).toEqual(forms(word).map(() => undefined));
    expect(describeStatus(word, 'water')).toMatchObject({ shown: 'list', says: expect.stringContaining(`“${word}”`) });
  });

  it('of Beacon’s own topics means itself', () => {
    for (const word of [...statusMeaningIds, ...meterEvents]) expect(statusMeaning(word)).toBe(word);
  });

  it('of a reversed flow is hygiene at a water meter, and generation at an electricity meter', () => {
    expect(describeStatus('BACKFLOW', 'water')).toMatchObject({
      shown: 'list',
      task: expect.stringContaining('hygiene'),
    });
    expect(describeStatus('reverseFlow', 'electricity')).toMatchObject({ shown: 'meter', task: '' });
  });

  it('means the same when it is asked for again, however many were asked for between', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 100 }), (words) => {
        const first = words.map(statusMeaning);
        expect([words.map(statusMeaning), statusMeaning('LEAK')]).toEqual([first, 'leak']);
      }),
    );
  });
});

describe('the page docs/status-words.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/status-words.md'), 'utf8');
  const tableAt = (start: string): string => {
    const at = page.indexOf(start);
    return page.slice(at, page.indexOf('\n\n', at));
  };

  it('has the tables as they are', () => {
    expect(tableAt('| meaning |')).toBe(statusTable());
    expect(tableAt('| counter or memory |')).toBe(counterTable());
  });
});

describe.skipIf(!hasRealData('wmbusmeters'))('the words of recorded telegrams', () => {
  it('have a meaning, but for bits that their drivers do not name either', () => {
    const lines = hasRealData('wmbusmeters') ? readFileSync(realData('wmbusmeters', 'messages.ndjson'), 'utf8') : '';
    const words = [...lines.matchAll(/"(?:current_)?status": ?"([^"]*)"/g)].flatMap(([, status = '']) =>
      status.split(/\s+/).filter((word) => word !== ''),
    );
    const meanings = new Map([...new Set(words)].map((word) => [word, statusMeaning(word)]));
    expect([...meanings].flatMap(([word, meaning]) => (meaning === undefined ? [word] : []))).toEqual(
      [...meanings.keys()].filter((word) => /^(ERROR_FLAGS|UNKNOWN)_/.test(word)),
    );
    expect(Object.fromEntries(meanings)).toMatchObject({
      DRY: 'dry',
      TAMPER: 'tamper',
      LEAK_FLOW_HIGH: 'leak',
      REVERSE_THIS_MONTH: 'reverseFlow',
      POWER_LOW: 'batteryLow',
      METER_BLOCKED: 'blocked',
      RTC_ERROR: 'clock',
      PERMANENT_ERROR: 'permanentError',
    });
  });
});
