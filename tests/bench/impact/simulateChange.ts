import type { Candidate } from '../../../main/engine/impact/methods/differenceInDifferences.ts';
import { drawFirst } from '../../../main/engine/impact/methods/randomisedStart.ts';
import type { Unit } from '../../../main/engine/impact/methods/randomisedStart.ts';
import type { Change, DayValue } from '../../../main/engine/impact/methods/weeks.ts';
import { Random } from '../../../simulators/random/Random.ts';
import { normal } from '../../../simulators/random/hash.ts';

const YEAR = 365.25;
const PLACES = 12;

/** What each kind of change is judged by. */
export const kinds = {
  corridor: 'differenceInDifferences',
  timetable: 'differenceInDifferences',
  mains: 'interruptedSeries',
  procedure: 'interruptedSeries',
  notice: 'randomisedStart',
} as const;
export type Kind = keyof typeof kinds;

/** The course of logarithms of one place by day, to which an effect is added. */
export type Scene = {
  change: Change;
  /** Logarithms by day without the effect; days without data are absent. */
  place: readonly DayValue[];
  others: readonly Candidate[];
  temperature: readonly DayValue[];
  sensorDays: readonly number[];
};

/** Each place, purpose and day has a number of its own, so scenes with and without an effect have the same noise. */
class Noise {
  readonly #seed: number;
  #purpose = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Correlated noise by day. */
  course(days: readonly number[], spread: number, rho: number): number[] {
    const purpose = ++this.#purpose;
    let level = normal(this.#seed, purpose, -1) * spread;
    return days.map((day) => {
      level = rho * level + Math.sqrt(1 - rho * rho) * spread * normal(this.#seed, purpose, day);
      return level;
    });
  }
}

/** Temperatures with winters of their own: some are mild, some hard. */
function weather(random: Random, noise: Noise, days: readonly number[]): number[] {
  const winters = Array.from({ length: 8 }, () => random.between(-3, 3));
  const daily = noise.course(days, 3.5, 0.8);
  return days.map((day, at) => {
    const season = -Math.cos((2 * Math.PI * day) / YEAR);
    const winter = winters[((Math.floor(day / YEAR + 0.5) % 8) + 8) % 8] ?? 0;
    return 12 + 11 * season + Math.max(0, -season) * winter + (daily[at] ?? 0);
  });
}

type Course = { weekday: number[]; season: number; perDegree: number; spread: number; rho: number; perYear: number };

const courseOf = (random: Random): Course => ({
  weekday: Array.from({ length: 7 }, () => random.between(-0.15, 0.15)),
  season: random.between(-0.15, 0.15),
  perDegree: random.between(-0.012, 0.012),
  spread: random.between(0.05, 0.12),
  rho: random.between(0.2, 0.7),
  perYear: random.between(-0.06, 0.06),
});

function logsOf(course: Course, noise: Noise, days: readonly number[], degrees: readonly number[]): number[] {
  const own = noise.course(days, course.spread, course.rho);
  return days.map(
    (day, at) =>
      4 +
      (course.weekday[((day % 7) + 7) % 7] ?? 0) +
      course.season * Math.cos((2 * Math.PI * (day - 30)) / YEAR) +
      course.perDegree * ((degrees[at] ?? 0) - 12) +
      (course.perYear * day) / YEAR +
      (own[at] ?? 0),
  );
}

/** Days without data: some single ones, and in some places a week or three in a row. */
function withGaps(random: Random, series: readonly DayValue[]): DayValue[] {
  const from = random.chance(0.3) ? random.integer(0, series.length) : Number.POSITIVE_INFINITY;
  const to = from + random.integer(7, 21);
  return series.filter((_, at) => !(at >= from && at < to) && !random.chance(0.02));
}

const toSeries = (days: readonly number[], logs: readonly number[]): DayValue[] =>
  days.map((day, at) => ({ day, value: logs[at] ?? 0 }));

/** Lowers or raises everything from a day on. */
const step = (days: readonly number[], from: number, by: number): number[] => days.map((day) => (day >= from ? by : 0));
const sum = (...parts: readonly number[][]): number[] =>
  (parts[0] ?? []).map((_, at) => parts.reduce((all, part) => all + (part[at] ?? 0), 0));

type Frame = { random: Random; noise: Noise; days: number[]; change: Change; degrees: number[] };

function frameOf(seed: number): Frame {
  const random = new Random(seed);
  const noise = new Noise(seed ^ 0x2545f491);
  const startDay = 20_000 + random.integer(0, 364);
  const changeoverDays = random.integer(0, 21);
  const from = startDay - Math.round(random.between(1.5, 2.5) * YEAR);
  const to = startDay + changeoverDays + Math.round(random.between(0.5, 1) * YEAR);
  const days = Array.from({ length: to - from }, (_, at) => from + at);
  return {
    random,
    noise,
    days,
    change: { startDay, afterDay: startDay + changeoverDays },
    degrees: weather(random, noise, days),
  };
}

/**
 * A corridor or route among others of its kind: demand moves for all of them, and one of the others loses a factory.
 */
function amongOthers({ random, noise, days, change, degrees }: Frame): Scene {
  const shared = courseOf(random);
  const demand = sum(
    noise.course(days, 0.05, 0.97),
    step(days, change.startDay + random.integer(-200, 200), random.between(-0.2, 0.08)),
  );
  const own = (isAlike: boolean): number[] => {
    const spread = isAlike ? random.between(0.03, 0.08) : random.between(0.1, 0.2);
    const alone = courseOf(random);
    const base = isAlike ? { ...shared, spread, rho: alone.rho } : { ...alone, spread };
    return sum(logsOf(base, noise, days, degrees), isAlike ? demand : demand.map((value) => value * 0.4));
  };
  const place = withGaps(random, toSeries(days, own(true)));
  const factory = random.integer(0, PLACES - 1);
  const others = Array.from({ length: PLACES }, (_, at) => {
    const logs = own(at < 8);
    const closed = step(days, change.startDay + random.integer(-300, 150), at === factory ? -0.3 : 0);
    const series = withGaps(random, toSeries(days, sum(logs, closed)));
    return { id: `place ${at}`, series: series.map(({ day, value }) => ({ day, value: Math.exp(value) })) };
  });
  return { change, place, others, temperature: toSeries(days, degrees), sensorDays: [] };
}

/** A zone or a kind of work on its own: weather, a slow course, sensors that drift or are changed, a strike. */
function alone({ random, noise, days, change, degrees }: Frame): Scene {
  const logs = logsOf(courseOf(random), noise, days, degrees);
  const isChanged = random.chance(0.25);
  const sensorDay = change.startDay + random.integer(-300, 260);
  const drift = random.chance(0.2) ? random.between(-0.05, 0.05) : 0;
  const strikeDay = change.startDay - random.integer(60, 400);
  const strike = random.chance(0.15)
    ? days.map((day) => (day >= strikeDay && day < strikeDay + 10 ? -0.4 : 0))
    : days.map(() => 0);
  const all = sum(
    logs,
    step(days, sensorDay, isChanged ? random.between(-0.15, 0.15) : 0),
    days.map((day) => (drift * (day - change.startDay)) / YEAR),
    strike,
  );
  const sensorDays = isChanged ? [sensorDay] : [];
  const place = withGaps(random, toSeries(days, all));
  return { change, place, others: [], temperature: toSeries(days, degrees), sensorDays };
}

/** The scene of a change, the same for the same seed. */
export function sceneOf(kind: Exclude<Kind, 'notice'>, seed: number): Scene {
  const frame = frameOf(seed);
  return kinds[kind] === 'differenceInDifferences' ? amongOthers(frame) : alone(frame);
}

/** The place's series with an effect, a share such as −0.1, from the start on (half of it during the change-over). */
export const withEffect = ({ place, change }: Scene, effect: number): DayValue[] =>
  place.map(({ day, value }) => {
    const part = day < change.startDay ? 0 : day < change.afterDay ? effect / 2 : effect;
    return { day, value: Math.exp(value) * (1 + part) };
  });

/** Households of which half got a notice: what they used before and after, in a year whose weather differs. */
export function homesOf(seed: number, effect: number): Unit[] {
  const random = new Random(seed);
  const count = random.integer(600, 2400);
  const weatherShare = random.between(0.85, 1.15);
  const ids = Array.from({ length: count }, (_, at) => `home ${at}`);
  const first = new Set(drawFirst(String(seed), ids));
  return ids.map((id, at) => {
    const before = Math.exp(0.5 * normal(seed, at, 1));
    const after = before * weatherShare * Math.exp(0.36 * normal(seed, at, 2) - 0.0648);
    return { before, after: after * (first.has(id) ? 1 + effect : 1), isFirst: first.has(id) };
  });
}
