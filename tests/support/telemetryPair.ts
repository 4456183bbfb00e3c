import { join } from 'node:path';
import { lookBackMs } from '../../main/engine/store/samples/readSamples.ts';
import type {
  Retention,
  SampleColumns,
  SeriesPoints,
  SeriesQuery,
  StoreNotice,
} from '../../main/engine/store/store.ts';
import { TelemetryReader } from '../../main/engine/store/samples/TelemetryReader.ts';
import { TelemetryWriter } from '../../main/engine/store/samples/TelemetryWriter.ts';

/** Both sides of a telemetry cache in one thread, and the queries that the store makes of both together. */
export type TelemetryPair = {
  notices: StoreNotice[];
  writer: TelemetryWriter;
  reader: TelemetryReader;
  query: (query: SeriesQuery) => SeriesPoints;
  steps: (seriesIds: number[], fromMs: number, toMs: number, stepMs: number) => SampleColumns;
  snapshot: (atMs: number, maxAgeMs: number) => SampleColumns;
  range: (fromMs: number, toMs: number) => SampleColumns;
  /** Compacts all unsealed samples. */
  seal: () => void;
  close: () => void;
};

export function openTelemetryPair(folder: string, nowMs: number, kept: Partial<Retention> = {}): TelemetryPair {
  const file = join(folder, 'telemetry.db');
  const writer = new TelemetryWriter(
    file,
    { samplesDays: 30, positionsDays: 2, deadLetterCount: 100, mostBytes: 1e9, ...kept },
    Number.POSITIVE_INFINITY,
  );
  const { notices } = writer.open(nowMs);
  const reader = new TelemetryReader(file);
  reader.open();
  return {
    notices,
    writer,
    reader,
    query: (asked) => reader.query(asked, writer.headOf(asked.deviceId, asked.quantity, lookBackMs(asked), asked.toMs)),
    steps: (seriesIds, fromMs, toMs, stepMs) =>
      reader.steps(seriesIds, fromMs, toMs, stepMs, writer.heads(fromMs, toMs, seriesIds)),
    snapshot: (atMs, maxAgeMs) => reader.snapshot(atMs, maxAgeMs, writer.headsAt(atMs, atMs - maxAgeMs)),
    range: (fromMs, toMs) => reader.range(fromMs, toMs, writer.heads(fromMs, toMs)),
    seal: () => {
      while (writer.tend(nowMs, true) !== 'done');
    },
    close: () => {
      reader.close();
      writer.close();
    },
  };
}
