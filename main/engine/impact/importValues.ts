import { parse } from 'csv-parse/sync';
import { dayOfText, dayTextSchema } from '../../../shared/impact/dayText.ts';
import { measures } from '../../../shared/impact/measures.ts';
import type { LedgerFile } from '../store/ledger/LedgerFile.ts';
import { importedKey } from './readSamples.ts';

/** What an import did: days taken, and rows that were left out with the reason. */
export type Imported = { days: number; places: number; faults: readonly string[] };

const MOST_FAULTS = 20;

type Row = { line: number; day: string; place: string; value: string };

function readRows(text: string): Row[] {
  const rows = parse<{ info: { lines: number }; record: Record<string, string> }>(text, {
    columns: (header: string[]) => header.map((name) => name.trim().toLowerCase()),
    skip_empty_lines: true,
    trim: true,
    bom: true,
    info: true,
    relax_column_count: true,
  });
  return rows.map(({ info, record }) => ({
    line: info.lines,
    day: record['day'] ?? record['date'] ?? '',
    place: record['place'] ?? '',
    value: record['value'] ?? '',
  }));
}

/**
 * Takes daily values of a measure from before Beacon into the ledger, marked as imported. Columns of the CSV: `day`
 * (2024-05-31), `value`, and `place` where it is not the whole county. A row that cannot be used is named, and so is a
 * day that stands twice; the first one counts. Throws an Error where there is no such measure.
 */
export function importValues(ledger: Pick<LedgerFile, 'putDays'>, measureId: string, text: string): Imported {
  if (!measures.some(({ id }) => id === measureId))
    throw new Error(`There is no measure ${measureId}. There are ${measures.map(({ id }) => id).join(', ')}.`);
  const faults: string[] = [];
  const places = new Map<string, Map<number, number>>();
  for (const { line, day, place, value } of readRows(text)) {
    const number = value === '' ? Number.NaN : Number(value);
    const held = places.get(place) ?? new Map<number, number>();
    const at = dayTextSchema.safeParse(day).success ? dayOfText(day) : Number.NaN;
    if (Number.isNaN(at)) faults.push(`Line ${line}: “${day}” is no day like 2024-05-31.`);
    else if (!Number.isFinite(number)) faults.push(`Line ${line}: “${value}” is no number.`);
    else if (held.has(at)) faults.push(`Line ${line}: ${day}${place === '' ? '' : ` of ${place}`} stands twice.`);
    else places.set(place, held.set(at, number));
  }
  let count = 0;
  for (const [place, values] of places) {
    ledger.putDays(
      importedKey(measureId, place),
      [...values].map(([day, value]) => ({ day, value })),
    );
    count += values.size;
  }
  const more = faults.length - MOST_FAULTS;
  return {
    days: count,
    places: places.size,
    faults: more > 0 ? [...faults.slice(0, MOST_FAULTS), `${more} more rows were left out.`] : faults,
  };
}
