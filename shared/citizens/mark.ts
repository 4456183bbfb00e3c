import { z } from 'zod';

/** A mark that a citizen gives, from 1 (very dissatisfied) to 5 (very satisfied). */
export const markSchema = z.number().int().min(1).max(5);
/** The marks, the worst first. */
export const marks = [1, 2, 3, 4, 5] as const;

/** The pages of the portal that can be given a mark. */
export const markedPages = ['now', 'report', 'requests', 'use', 'accessibility'] as const;
/** One of these pages. */
export type MarkedPage = (typeof markedPages)[number];
