import { expect, it } from 'vitest';
import { claimWords, conflictName } from '../../../../../renderer/features/incidents/conflictWords.ts';

const clock = (atMs: number): string => new Date(atMs).toISOString().slice(11, 19);

it('says what each of two claims says', () => {
  const words = (field: string, ...values: (string | number | null)[]): string[] =>
    values.map((value) => `${conflictName(field)}: keep ${claimWords(field, value, clock)}`);
  expect(words('end', 'Towed', null)).toEqual(['Outcome: keep “Towed”', 'Outcome: keep it open']);
  expect(words('mergedInto', 'I-1', null)).toEqual(['Merged into: keep “I-1”', 'Merged into: keep it apart']);
  expect(words('primaryId', 'I-1', null)).toEqual(['Secondary to: keep “I-1”', 'Secondary to: keep it independent']);
  expect(words('type', 'waterMain')).toEqual(['Type: keep Water main burst']);
  expect(words('priority', 2)).toEqual(['Priority: keep priority 2']);
  expect(words('T4', 3_661_000, null)).toEqual([
    'Response on scene (T4): keep 01:01:01',
    'Response on scene (T4): keep none',
  ]);
});
