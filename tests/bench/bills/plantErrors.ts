import type { Random } from '../../../simulators/random/Random.ts';
import { DAY_MS } from '../../../shared/base/durations.ts';
import type { BilledRead } from '../../../main/engine/billing/meterDay.ts';

/** Errors that billing systems have sent to customers. */
export const errorKinds = [
  'multiplier',
  'unit',
  'misread',
  'rolledOver',
  'stuck',
  'readsMissing',
  'estimated',
  'swapped',
  'sharedMeter',
  'wrongClass',
  'differs',
] as const;
export type ErrorKind = (typeof errorKinds)[number];

/** The uses of a period with an error that is in the register itself. */
export function spoilUses(kind: ErrorKind, uses: readonly number[], isElectricity: boolean, random: Random): number[] {
  const from = random.integer(0, Math.floor(uses.length / 3));
  switch (kind) {
    case 'multiplier':
      return uses.map((use, at) => (at < from ? use : use * 10));
    case 'unit':
      return uses.map((use, at) => (at < from ? use : use * (isElectricity ? 1000 : 264.17)));
    case 'misread':
      return uses.map((use, at) => (at === from ? use * uses.length * random.between(2, 5) : use));
    case 'rolledOver':
      return uses.map((use, at) => (at === from ? use - 9000 : use));
    case 'stuck':
      return uses.map((use, at) => (at >= from ? 0 : use));
    default:
      return [...uses];
  }
}

/** The reads of a period with an error that is in the reading. */
export function spoilReads(
  kind: ErrorKind,
  reads: readonly BilledRead[],
  fromMs: number,
  random: Random,
): BilledRead[] {
  const missingDays = random.integer(4, 12);
  const lastMs = reads.at(-1)?.atMs ?? 0;
  if (kind === 'readsMissing') return reads.filter(({ atMs }) => atMs <= lastMs - missingDays * DAY_MS);
  const gapFromMs = fromMs + random.integer(3, 8) * DAY_MS;
  const gapToMs = gapFromMs + random.integer(12, 18) * DAY_MS;
  if (kind === 'estimated') return reads.filter(({ atMs }) => atMs <= gapFromMs || atMs >= gapToMs);
  return [...reads];
}
