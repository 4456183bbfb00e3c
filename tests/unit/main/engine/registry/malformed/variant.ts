import { goodProfile } from '../../../../../support/goodCounty.ts';

/** What is written, and the fault that is to be found: its level, its place, and words of it. */
export type Variant = [
  what: string,
  files: Record<string, string | Uint8Array | undefined>,
  level: string,
  place: string,
  words: RegExp,
];

export const detectors = 'id,linkId,lon,lat,lanes,periodS\n';
export const meters = 'id,commodity,lon,lat,zoneId,customerClass\n';
export const units = 'id,kind,name,baseLon,baseLat,capabilities,shift\n';
export const profile = (change: object): string => JSON.stringify({ ...goodProfile, ...change });
