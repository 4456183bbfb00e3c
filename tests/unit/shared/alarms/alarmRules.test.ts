import { expect, it } from 'vitest';
import { alarmRules, gradeOf, respondWithinMs } from '../../../../shared/alarms/alarmRules.ts';
import type { Grade } from '../../../../shared/alarms/alarmRules.ts';
import { defaultPositions, positionOf, positionsSchema } from '../../../../shared/alarms/positions.ts';
import { priorityMatrix, responses } from '../../../../shared/alarms/priorities.ts';

it('gives each rule the priority that follows from consequence and time to respond', () => {
  for (const [rule, grades] of Object.entries(alarmRules)) {
    for (const [priority, { severity, response }] of Object.entries(grades) as [string, Grade][])
      expect(`${rule} ${String(priorityMatrix[severity][response])}`).toBe(`${rule} ${priority}`);
  }
});

it('never makes an alarm less urgent because more is at stake or there is less time', () => {
  const table = Object.values(priorityMatrix).map((row) => [row.shift, row.soon, row.prompt, row.immediate]);
  for (const row of table) expect([...row].sort((a, b) => b - a)).toEqual(row);
  for (const [at, row] of table.slice(1).entries())
    expect(row.every((priority, column) => priority <= table[at]![column]!)).toBe(true);
});

it('knows the time to respond of a rule, and a usual one of those it does not know', () => {
  expect(respondWithinMs('electricity.outage', 1)).toBe(responses.prompt);
  expect(respondWithinMs('citizen.report', 3)).toBe(responses.prompt);
  expect(gradeOf('citizen.report', 1)).toBeUndefined();
  expect(respondWithinMs('citizen.report', 4)).toBe(responses.shift);
});

it('gives every domain to one position, and those that none names to the first', () => {
  expect(positionsSchema.safeParse(defaultPositions).success).toBe(true);
  expect(positionOf(defaultPositions, 'water')).toBe('utilities');
  expect(positionsSchema.safeParse(defaultPositions.slice(1)).success).toBe(true);
  expect(positionOf(defaultPositions.slice(1), 'traffic')).toBe('utilities');
  expect(positionsSchema.safeParse([...defaultPositions, ...defaultPositions]).success).toBe(false);
  expect(
    positionsSchema.safeParse([...defaultPositions, { id: 'more', name: 'More', domains: ['water'] }]).success,
  ).toBe(false);
});
