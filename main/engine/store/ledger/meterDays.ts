import { crc32 } from 'node:zlib';
import { ByteReader } from '../samples/chunks/ByteReader.ts';
import { ByteWriter } from '../samples/chunks/ByteWriter.ts';
import type { Db } from '../openDatabase.ts';
import { prepared } from '../prepared.ts';
import { StoreError } from '../StoreError.ts';
import { readColumn, writeColumn } from './dayCodec.ts';

/**
 * How the use of an hour is known. `actual`: between two reads of the meter's own rhythm; `linear`: in a gap of some
 * hours, spread evenly; `likeDays`: in a longer gap, spread as the meter's like days were, so that it adds up to the
 * register; `missing`: no later read is known yet.
 */
export const methods = ['actual', 'linear', 'likeDays', 'missing'] as const;
export type Method = (typeof methods)[number];

/** The determinants of a meter's local day, kWh or m³. `hours`: how many of the day are known by each method. */
export type MeterDay = {
  day: number;
  use: number;
  /** The use within each window of the meter's tariff. */
  windows: number[];
  peakKw: number;
  hours: Record<Method, number>;
};
/** Days of one meter. */
export type DaysOfMeter = { meterId: string; days: MeterDay[] };

const BLOCK = 128;
/** Litres and watt hours. */
const STEPS = 1000;

type Block = Map<number, MeterDay>;
type Row = { day: number; block: number; checksum: number; meters: Uint8Array };

const faultOf = ({ day, block }: Pick<Row, 'day' | 'block'>): string =>
  `the meters of day ${day}, block ${block} do not match their checksum`;
const steps = (value: number): number => Math.round(value * STEPS) || 0;

/** Column by column: which meters of the block there are, their use, peak, hours by method, and windows. */
function encode(block: Block): Uint8Array {
  const writer = new ByteWriter();
  const places = [...block.keys()].sort((a, b) => a - b);
  const days = places.flatMap((place) => block.get(place) ?? []);
  const windows = days.reduce((most, day) => Math.max(most, day.windows.length), 0);
  writer.varint(places.length);
  writer.varint(windows);
  writeColumn(writer, places);
  writeColumn(
    writer,
    days.map(({ use }) => steps(use)),
  );
  writeColumn(
    writer,
    days.map(({ peakKw }) => steps(peakKw)),
  );
  for (const method of methods)
    writeColumn(
      writer,
      days.map(({ hours }) => hours[method]),
    );
  writeColumn(
    writer,
    days.map((day) => day.windows.length),
  );
  for (let at = 0; at < windows; at++)
    writeColumn(
      writer,
      days.map((day) => steps(day.windows[at] ?? 0)),
    );
  return writer.take();
}

function decode({ day, block, checksum, meters }: Row): Block {
  if (crc32(meters) !== checksum) throw new StoreError('damaged', faultOf({ day, block }));
  const reader = new ByteReader(meters);
  const [count, most] = [reader.varint(), reader.varint()];
  const column = (): number[] => readColumn(reader, count);
  const [places, uses, peaks] = [column(), column(), column()];
  const hours = methods.map(() => column());
  const lengths = column();
  const windows = Array.from({ length: most }, () => column());
  return new Map(
    places.map((place, at): [number, MeterDay] => {
      const [actual = 0, linear = 0, likeDays = 0, missing = 0] = hours.map((each) => each[at] ?? 0);
      return [
        place,
        {
          day,
          use: (uses[at] ?? 0) / STEPS,
          peakKw: (peaks[at] ?? 0) / STEPS,
          hours: { actual, linear, likeDays, missing },
          windows: windows.slice(0, lengths[at] ?? 0).map((each) => (each[at] ?? 0) / STEPS),
        },
      ];
    }),
  );
}

function numberOf(db: Db, meterId: string): number {
  const known = prepared<[string], { number: number }>(db, 'SELECT number FROM meters WHERE id = ?').get(meterId);
  return known?.number ?? Number(db.prepare('INSERT INTO meters (id) VALUES (?)').run(meterId).lastInsertRowid);
}

/** Writes days of meters; a day that is there already is replaced. Must run in a transaction. */
export function writeMeterDays(db: Db, all: readonly DaysOfMeter[]): void {
  const changed = new Map<string, { day: number; block: number; values: Block }>();
  for (const { meterId, days } of all) {
    const number = numberOf(db, meterId);
    const block = Math.floor(number / BLOCK);
    for (const each of days) {
      const key = `${each.day} ${block}`;
      const { values } = changed.get(key) ?? { values: new Map<number, MeterDay>() };
      values.set(number % BLOCK, each);
      changed.set(key, { day: each.day, block, values });
    }
  }
  const find = prepared<[number, number], Row>(db, 'SELECT * FROM meter_days WHERE day = ? AND block = ?');
  const put = prepared<[number, number, number, Uint8Array], never>(
    db,
    'REPLACE INTO meter_days (day, block, checksum, meters) VALUES (?, ?, ?, ?)',
  );
  for (const { day, block, values } of changed.values()) {
    const row = find.get(day, block);
    const data = encode(new Map([...(row === undefined ? [] : decode(row)), ...values]));
    put.run(day, block, crc32(data), data);
  }
}

/** The days of all meters from one day until before another, in order of days. */
export function readMeterDays(db: Db, fromDay: number, toDay: number): Map<string, MeterDay[]> {
  const ids = new Map(
    db
      .prepare<[], { number: number; id: string }>('SELECT number, id FROM meters')
      .all()
      .map(({ number, id }) => [number, id]),
  );
  const rows = db.prepare<[number, number], Row>(
    'SELECT * FROM meter_days WHERE day >= ? AND day < ? ORDER BY day, block',
  );
  const found = new Map<string, MeterDay[]>();
  for (const row of rows.iterate(fromDay, toDay))
    for (const [place, day] of decode(row)) {
      const id = ids.get(row.block * BLOCK + place);
      if (id === undefined) continue;
      const days = found.get(id) ?? [];
      days.push(day);
      found.set(id, days);
    }
  return found;
}

/** What is wrong with the stored days. A ledger of an older version has none. */
export function findMeterDayFaults(db: Db): string[] {
  const hasTable = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'meter_days'").get() !== undefined;
  if (!hasTable) return [];
  const faults: string[] = [];
  for (const row of db.prepare<[], Row>('SELECT * FROM meter_days').iterate())
    if (crc32(row.meters) !== row.checksum) faults.push(faultOf(row));
  return faults;
}

/** Deletes days before one. Returns how many rows are gone, and whether there may be more. */
export function sweepMeterDays(db: Db, beforeDay: number, most: number): { deleted: number; hasMore: boolean } {
  const { changes } = prepared<[number, number], never>(
    db,
    `DELETE FROM meter_days WHERE (day, block) IN (
       SELECT day, block FROM meter_days WHERE day < ? ORDER BY day, block LIMIT ?)`,
  ).run(beforeDay, most);
  return { deleted: changes, hasMore: changes === most };
}
