import { z } from 'zod';

const DAY_MS = 86_400_000;

/** A local day as `2026-11-30`. */
export const dayTextSchema = z.iso.date();

/** The number of a local day since 1970-01-01. */
export const dayOfText = (text: string): number => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY_MS);

/** The text of a local day. */
export const textOfDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
