import { describe, expect, it } from 'vitest';
import { Activations, ACTIVATIONS_MS, chatterOf } from '../../../../shared/alarms/activations.ts';

describe('chatter', () => {
  it('is three activations within a minute, wherever in the hour', () => {
    expect(chatterOf([0, 30_000, 60_000], undefined)).toBe('chattering');
    expect(chatterOf([0, 30_000, 60_001], undefined)).toBeUndefined();
    expect(chatterOf([0, 500_000, 510_000, 520_000, 3_000_000], undefined)).toBe('chattering');
  });

  it('goes before fleeting, which is a stay of less than half a minute', () => {
    expect([chatterOf([0], 29_999), chatterOf([0], 30_000), chatterOf([0], undefined)]).toEqual([
      'fleeting',
      undefined,
      undefined,
    ]);
    expect(chatterOf([0, 1000, 2000], 500)).toBe('chattering');
  });

  it('is none of an alarm that never was', () => {
    expect(chatterOf([], undefined)).toBeUndefined();
  });
});

describe('activations', () => {
  it('are those of the last hour, by alarm', () => {
    const activations = new Activations();
    activations.note('a', 0);
    activations.note('a', 1000);
    activations.note('b', 2000);
    expect(activations.of('a', ACTIVATIONS_MS - 1)).toEqual([0, 1000]);
    expect(activations.of('a', ACTIVATIONS_MS)).toEqual([1000]);
    expect(activations.of('c', 0)).toEqual([]);
    activations.note('b', 2 * ACTIVATIONS_MS);
    expect([activations.of('a', 2 * ACTIVATIONS_MS), activations.of('b', 2 * ACTIVATIONS_MS)]).toEqual([
      [],
      [2 * ACTIVATIONS_MS],
    ]);
  });
});
