import { describe, expect, it } from 'vitest';
import { unitRowSchema } from '../../../../shared/county/county.ts';
import { formatShift, isOnShift, minutesIntoShift } from '../../../../shared/county/shift.ts';

const day = { fromMin: 360, toMin: 1080 };
const night = { fromMin: 1080, toMin: 360 };
const whole = { fromMin: 420, toMin: 420 };

describe('a shift', () => {
  it('begins with its first minute and ends before its last, over midnight too', () => {
    expect([359, 360, 1079, 1080].map((minute) => isOnShift(day, minute))).toEqual([false, true, true, false]);
    expect([359, 360, 1079, 1080].map((minute) => isOnShift(night, minute))).toEqual([true, false, false, true]);
    expect([0, 419, 420, 1439].every((minute) => isOnShift(whole, minute))).toBe(true);
  });

  it('counts from its last beginning', () => {
    expect([minutesIntoShift(day, 420), minutesIntoShift(night, 60), minutesIntoShift(whole, 419)]).toEqual([
      60, 420, 1439,
    ]);
  });

  it('is read as it is written', () => {
    const row = { id: 'A', kind: 'police', name: 'A', baseLon: '1', baseLat: '2' };
    expect(
      unitRowSchema.parse({ ...row, shift: formatShift(night), capabilities: 'firstAid  hazmat', base: '' }),
    ).toEqual({
      id: 'A',
      kind: 'police',
      name: 'A',
      baseLon: 1,
      baseLat: 2,
      shift: night,
      capabilities: ['firstAid', 'hazmat'],
    });
    expect(unitRowSchema.parse({ ...row, shift: '', capabilities: '' })).toEqual({
      id: 'A',
      kind: 'police',
      name: 'A',
      baseLon: 1,
      baseLat: 2,
    });
    for (const shift of ['6-18', '24:00-06:00', '06:00'])
      expect(unitRowSchema.safeParse({ ...row, shift }).success).toBe(false);
    expect(unitRowSchema.safeParse({ ...row, capabilities: 'flying' }).success).toBe(false);
  });
});
