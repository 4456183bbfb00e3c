import type { Measure } from '../measure.ts';

/** The leakage that even a well-kept network has. */
export const uarl: Measure = {
  id: 'uarl',
  version: 1,
  name: 'Unavoidable annual real losses (UARL)',
  formula: '(18 Lm + 0.8 Nc + 25 Lp) × P, with km of mains, connections, km of private pipe and metres of pressure',
  unit: 'L/day',
  window: 'year',
  exclusions: ['systems of 5,000 connections or fewer, of 20 per km or fewer, or outside 25–100 m of pressure'],
  leastShare: 0.9,
  better: 'lower',
  source: 'Lambert et al. 1999; AWWA Manual M36',
};

/** What the unavoidable losses depend on. */
export type Network = { mainsKm: number; connections: number; privatePipeKm: number; pressureM: number };

/** Unavoidable losses in litres per day. */
export const uarlLitresPerDay = ({ mainsKm, connections, privatePipeKm, pressureM }: Network): number =>
  (18 * mainsKm + 0.8 * connections + 25 * privatePipeKm) * pressureM;

/** The same in the customary form: gallons per day from miles and pounds per square inch. */
export const uarlGallonsPerDay = (
  mainsMiles: number,
  connections: number,
  privatePipeMiles: number,
  pressurePsi: number,
): number => (5.4 * mainsMiles + 0.15 * connections + 7.5 * privatePipeMiles) * pressurePsi;

/** Why the formula does not hold for a network; undefined where it does. */
export function uarlFault({ mainsKm, connections, pressureM }: Network): string | undefined {
  if (connections <= 5000) return `It holds above 5,000 connections; here are ${connections}.`;
  if (connections / mainsKm <= 20) return 'It holds above 20 connections per km of main.';
  if (pressureM < 25 || pressureM > 100) return `It holds from 25 to 100 m of pressure; here are ${pressureM}.`;
  return undefined;
}
