import { describe, expect, it } from 'vitest';
import { defaultPositions, positionOf } from '../../../../shared/alarms/positions.ts';

describe('the position of a domain', () => {
  it('is the one that names it', () => {
    expect(positionOf(defaultPositions, 'transit')).toBe('streets');
    expect(positionOf(defaultPositions, 'water')).toBe('utilities');
  });

  it('is the first where none names it, so that no alarm is nobody’s', () => {
    const positions = [
      { id: 'one', name: 'One', domains: [] },
      { id: 'two', name: 'Two', domains: ['water' as const] },
    ];
    expect([positionOf(positions, 'water'), positionOf(positions, 'traffic'), positionOf([], 'water')]).toEqual([
      'two',
      'one',
      '',
    ]);
  });
});
