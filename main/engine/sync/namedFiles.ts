import { workstationOf } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { FileKind } from '../base/FileShelf.ts';

/**
 * A file that the log names. `hash`: SHA-256, hexadecimal; `bytes` where the log says them; `holder`: the workstation
 * at which it came to be.
 */
export type NamedFile = { kind: FileKind; hash: string; bytes?: number; holder: string };

const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** What entries name: attachments of incidents, and the reports that were signed. */
export function namedFiles(entries: readonly LogEntry[]): NamedFile[] {
  return entries.flatMap(({ sequence, event }): NamedFile[] => {
    const holder = workstationOf(sequence);
    if (event.kind === 'shift.signed') return [{ kind: 'report', hash: event.reportHash, holder }];
    // The hash becomes a file's name: what is none must not get there.
    return event.kind === 'incident.attached' && isHash(event.hash)
      ? [{ kind: 'attachment', hash: event.hash, bytes: event.bytes, holder }]
      : [];
  });
}
