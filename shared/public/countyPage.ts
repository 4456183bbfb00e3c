import { z } from 'zod';
import { languages } from '../citizens/language.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** A page of the county's own words, from which the assistant quotes. Days are local ones, as 2026-05-31. */
export const countyPageSchema = z.object({
  language: z.enum(languages),
  /** The name of its file without the ending; the same page has it in every language. */
  id: z.string().min(1).max(120),
  title: z.string().min(1).max(200),
  /** Who answers for it, with a telephone number where there is one. */
  owner: z.string().max(200).optional(),
  date: day.optional(),
  /** The last day on which it holds. */
  expires: day.optional(),
  /** Where there is more about it. */
  link: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  /** Markdown. */
  text: z.string().max(100_000),
});
/** A page of the county's own words. */
export type CountyPage = z.infer<typeof countyPageSchema>;

/** Names of the county's map and timetable, by which people say where something is. */
export const placeNamesSchema = z.object({
  roads: z.array(z.string().max(200)).max(20_000),
  stops: z.array(z.string().max(200)).max(20_000),
  zones: z.array(z.string().max(200)).max(5000),
  /** Short names of routes, as 4 or Blue. */
  routes: z.array(z.string().max(200)).max(2000),
});
/** Names of the county's map and timetable. */
export type PlaceNames = z.infer<typeof placeNamesSchema>;
