import { workstationOf } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { FileKind } from '../base/FileShelf.ts';

/**
 * A file that the log names. `hash`: SHA-256, hexadecimal; `bytes` only where the log gives the length; `holder`: the
 * workstation where it was created.
 */
export type NamedFile = { kind: FileKind; hash: string; bytes?: number; holder: string };

const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** Returns the files that entries name: attachments of incidents, and signed reports. */
export function namedFiles(entries: readonly LogEntry[]): NamedFile[] {
  return entries.flatMap(({ sequence, event }): NamedFile[] => {
    const holder = workstationOf(sequence);
    if (event.kind === 'shift.signed') return [{ kind: 'report', hash: event.reportHash, holder }];
    // The hash becomes a file name, so anything that is not a hash must be rejected here.
    return event.kind === 'incident.attached' && isHash(event.hash)
      ? [{ kind: 'attachment', hash: event.hash, bytes: event.bytes, holder }]
      : [];
  });
}
