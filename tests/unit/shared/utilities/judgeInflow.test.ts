import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeInflow, pressureFall } from '../../../../shared/utilities/judgeInflow.ts';

/** A zone with a quiet inflow of 40 m³/h: its spread counts as 5 % of that, 2 m³/h. */
const zone = { typical: 40, spread: 1, high: 42 };
/** At night in a small zone: 1 m³/h, whose spread counts as 0.5 m³/h. */
const small = { typical: 1, spread: 0.1, high: 1.2 };
const STEP = 0.01;

describe('a high inflow', () => {
  it.each([
    // Six spreads of 2 m³/h above 40; more than a quarter (10) and than all days are passed before.
    [zone, 52],
    // At least 3 m³/h above 1, which is six spreads.
    [small, 4],
    // A spread that is larger than 5 %.
    [{ typical: 40, spread: 3, high: 42 }, 58],
    // A quarter above what is usual, where the spread is small in a large zone: six of 5 % are more.
    [{ typical: 400, spread: 1, high: 410 }, 520],
    // A tenth above all remembered days.
    [{ typical: 40, spread: 1, high: 60 }, 66],
  ])('of %o begins just above %d m³/h', (usual, limit) => {
    expect(judgeInflow(limit, usual, 0).isHigh).toBe(false);
    expect(judgeInflow(limit + STEP, usual, 0)).toMatchObject({ isHigh: true, isBurst: false, isOver: false });
  });

  it('says by how much it is above', () => {
    expect(judgeInflow(60, zone, 0)).toMatchObject({ excessM3h: 20, z: 10 });
    expect(judgeInflow(30, zone, 0)).toMatchObject({ excessM3h: -10, z: -5, isHigh: false, isOver: true });
  });
});

describe('a burst', () => {
  it('is a high inflow with the pressure down by 4 %', () => {
    expect(judgeInflow(60, zone, 0.039).isBurst).toBe(false);
    expect(judgeInflow(60, zone, 0.04)).toMatchObject({ isHigh: true, isBurst: true });
  });

  it('is a smaller rise with the pressure down by 8 %', () => {
    // Four spreads of 2 m³/h.
    expect(judgeInflow(48, zone, 0.08).isBurst).toBe(false);
    expect(judgeInflow(48 + STEP, zone, 0.08)).toMatchObject({ isHigh: false, isBurst: true });
    expect(judgeInflow(48 + STEP, zone, 0.079).isBurst).toBe(false);
    // Never below what other days had.
    expect(judgeInflow(50, { ...zone, high: 50 }, 0.2).isBurst).toBe(false);
  });

  it('is none without water leaving, however low the pressure', () => {
    expect(judgeInflow(40, zone, 1)).toMatchObject({ isHigh: false, isBurst: false, isOver: true });
  });
});

describe('the end', () => {
  it('comes below three spreads or half of the least excess', () => {
    // Half of a quarter of 40 is 5 m³/h; three spreads are 6.
    expect(judgeInflow(46, zone, 0).isOver).toBe(false);
    expect(judgeInflow(46 - STEP, zone, 0).isOver).toBe(true);
    // 1.5 m³/h are three spreads of 0.5 and half of 3 m³/h.
    expect(judgeInflow(2.5, small, 0).isOver).toBe(false);
    expect(judgeInflow(2.5 - STEP, small, 0).isOver).toBe(true);
  });
});

describe('law', () => {
  const positive = (max: number) => fc.double({ min: 0, max, noNaN: true });
  const anyUsual = fc
    .record({ typical: positive(500), spread: positive(50), above: positive(100) })
    .map(({ typical, spread, above }) => ({ typical, spread, high: typical + above }));

  it('what is high or a burst is not over', () => {
    fc.assert(
      fc.property(positive(1000), anyUsual, positive(1), (inflow, usual, fall) => {
        const { isHigh, isBurst, isOver } = judgeInflow(inflow, usual, fall);
        expect((isHigh || isBurst) && isOver).toBe(false);
      }),
      { numRuns: 3000, examples: [[44.5, { typical: 40, spread: 0, high: 41 }, 0.1]] },
    );
    // A spread of nearly nothing in a zone of 4,000 m³/h, a tenth above and the pressure far down.
    const verdict = judgeInflow(4850, { typical: 4000, spread: 1, high: 4010 }, 0.5);
    expect(verdict).toMatchObject({ isBurst: true, isOver: false });
  });

  it('more inflow or less pressure never takes a verdict back', () => {
    fc.assert(
      fc.property(
        positive(1000),
        positive(200),
        anyUsual,
        positive(1),
        positive(1),
        (inflow, more, usual, fall, deeper) => {
          const before = judgeInflow(inflow, usual, fall);
          const after = judgeInflow(inflow + more, usual, Math.min(1, fall + deeper));
          if (before.isHigh) expect(after.isHigh).toBe(true);
          if (before.isBurst) expect(after.isBurst).toBe(true);
          if (!before.isOver) expect(after.isOver).toBe(false);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a fall of the pressure', () => {
  it('is the share below the reference', () => {
    expect(pressureFall(380, 400)).toBeCloseTo(0.05, 9);
    expect(pressureFall(400, 400)).toBe(0);
    expect(pressureFall(420, 400)).toBe(0);
  });

  it('is the least of those below several, so that neither a daily low nor a new set point is one', () => {
    expect(pressureFall(380, 400, 385)).toBeCloseTo(1 - 380 / 385, 9);
    expect(pressureFall(380, 400, 380)).toBe(0);
    expect(pressureFall(380, 400, 300)).toBe(0);
  });

  it('is none where nothing can be compared', () => {
    expect([
      pressureFall(undefined, 400),
      pressureFall(380),
      pressureFall(380, undefined),
      pressureFall(380, 0),
    ]).toEqual([0, 0, 0, 0]);
    expect(pressureFall(380, undefined, 400)).toBeCloseTo(0.05, 9);
  });
});
