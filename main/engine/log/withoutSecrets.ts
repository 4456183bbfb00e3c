import type { LogEntry } from '../../../shared/record/logEntry.ts';

/**
 * The fields of events that no screen gets, not even an administrator's: verifiers, hashes of secrets, wrapped keys,
 * and encrypted settings.
 */
export const secretFields: ReadonlySet<string> = new Set(['verifier', 'secretHash', 'keyHash', 'wrapped', 'sealed']);
export const REMOVED_SECRET = 'removed';

function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => {
      if (!secretFields.has(name)) return [name, cleaned(part)];
      return [name, typeof part === 'string' ? REMOVED_SECRET : {}];
    }),
  );
}

/** An entry of the log as a screen may show it. Its hash is that of the whole entry, which only workstations have. */
export const withoutSecrets = (entry: LogEntry): LogEntry => ({
  ...entry,
  event: cleaned(entry.event) as LogEntry['event'],
});
