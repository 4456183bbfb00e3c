import { csv } from './csv.ts';
import type { CsvValue } from './csv.ts';

/**
 * A line of a report's table: one fact per line, so that a spreadsheet can pivot it. `present`: share of the data that
 * was there.
 */
export type Fact = {
  section: string;
  id: string;
  name: string;
  measure: string;
  value: CsvValue;
  unit?: string | undefined;
  present?: number | undefined;
};

/** The measures of one thing by name: the value, its unit, and the share of the data that was there. */
export type Measures = Readonly<
  Record<string, readonly [value: CsvValue, unit?: string | undefined, present?: number | undefined]>
>;

/** A time as ISO 8601 in UTC, for a cell. */
export const iso = (atMs: number | undefined): string | undefined =>
  atMs === undefined ? undefined : new Date(atMs).toISOString();

/** A duration in minutes with one decimal, for a cell. */
export const minutes = (ms: number | undefined): number | undefined =>
  ms === undefined ? undefined : Math.round(ms / 6000) / 10;

/** The facts about one thing, one per measure. */
export const factsOf = (section: string, id: string, name: string, measures: Measures): Fact[] =>
  Object.entries(measures).map(([measure, [value, unit, present]]) => ({
    section,
    id,
    name,
    measure,
    value,
    unit,
    present,
  }));

type Figure = {
  id: string;
  label: string;
  unit: string;
  mean: number | null;
  min: number | null;
  max: number | null;
  present: number;
};
type Sum = { label: string; unit: string; total: number | null; present: number };

/** The facts about figures of the county and about quantities that are added up. */
export const figureFacts = ({ figures, sums }: { figures: readonly Figure[]; sums: readonly Sum[] }): Fact[] => [
  ...figures.flatMap(({ id, label, unit, mean, min, max, present }) =>
    factsOf('figure', id, label, {
      mean: [mean, unit, present],
      lowest: [min, unit, present],
      highest: [max, unit, present],
    }),
  ),
  ...sums.flatMap(({ label, unit, total, present }) => factsOf('sum', label, label, { total: [total, unit, present] })),
];

/** Facts as comma-separated values; the first column says which shift or period, as `of` names it, they belong to. */
export function factsCsv(of: 'shift' | 'period', periodId: string, facts: readonly Fact[]): string {
  return csv(
    [of, 'section', 'id', 'name', 'measure', 'value', 'unit', 'present'],
    facts.map(({ section, id, name, measure, value, unit, present }) => [
      periodId,
      section,
      id,
      name,
      measure,
      value,
      unit,
      present,
    ]),
  );
}
