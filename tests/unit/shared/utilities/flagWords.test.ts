import { expect, it } from 'vitest';
import { flagMeaning } from '../../../../shared/utilities/flagWords.ts';

it.each([
  ['lastGasp', 'lastGasp'],
  ['powerRestored', 'restored'],
  ['SABOTAGE_ENCLOSURE', 'tamper'],
  ['WRONG_FLOW_DIRECTION', 'reverse'],
  ['LEAK_FLOW_HIGH', 'leak'],
  ['burst', 'burst'],
  ['breakerOpen', 'breakerOpen'],
  ['PREV_LEAKAGE', undefined],
  ['TAMPER_PREV_MONTH', undefined],
  ['CODE_203_PHASE_SEQUENCE_REVERSED', undefined],
  ['LEAKAGE_OR_NO_USAGE', undefined],
  ['RTC_ERROR', undefined],
])('%s means %s', (flag, meaning) => {
  expect(flagMeaning(flag)).toBe(meaning);
});
