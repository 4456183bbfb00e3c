import type { StoreErrorCode } from '../StoreError.ts';
import type { LedgerFile } from '../ledger/LedgerFile.ts';
import type { LedgerReader } from '../ledger/LedgerReader.ts';
import type { RecordFile, Signer } from '../record/RecordFile.ts';
import type { SearchIndex } from '../search/SearchIndex.ts';
import type { TelemetryReader } from '../samples/TelemetryReader.ts';
import type { TelemetryWriter } from '../samples/TelemetryWriter.ts';
import type { Retention } from '../store.ts';

/**
 * What a worker thread can be: each holds one connection, and serves the methods of its class. The types of both ends,
 * StoreThread and the worker, derive from this.
 */
export type StoreRoles = {
  telemetryWriter: TelemetryWriter;
  telemetryReader: TelemetryReader;
  ledgerWriter: LedgerFile;
  ledgerReader: LedgerReader;
  record: RecordFile;
  search: SearchIndex;
};

/** What a worker is started with. */
export type StoreWorkerData =
  | { role: 'telemetryWriter'; file: string; retention: Retention; checkAtOnceBytes: number }
  | { role: 'telemetryReader'; file: string }
  | { role: 'ledgerWriter'; file: string; timeZone: string }
  | { role: 'ledgerReader'; file: string }
  | { role: 'record'; file: string; signer: Signer }
  | { role: 'search' };

type Method = (...args: never[]) => unknown;
export type MethodName<T> = { [N in keyof T]: T[N] extends Method ? N : never }[keyof T] & string;
export type MethodArgs<T, N extends keyof T> = T[N] extends (...args: infer A) => unknown ? A : never;
export type MethodResult<T, N extends keyof T> = T[N] extends (...args: never[]) => infer R ? R : never;

export type StoreCall = { id: number; method: string; args: unknown[] };
/** `ms` is how long the call took in the thread, without waiting for its turn. */
export type StoreReply = { id: number; ms: number } & (
  { result: unknown } | { error: { code: StoreErrorCode; message: string } }
);

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** The buffers of the columns in a message, at most two levels deep: they are transferred instead of copied. */
export function buffersIn(value: unknown, depth = 2): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
  if (depth === 0 || !isPlainObject(value)) return [];
  return Object.values(value).flatMap((part) => buffersIn(part, depth - 1));
}
