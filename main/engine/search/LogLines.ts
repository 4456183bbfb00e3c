import type { RequestOutput } from '../../../shared/contract/contract.ts';
import { describeEvent, nameOfKind } from '../../../shared/record/describeEvent.ts';
import { entryId } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';

type Line = RequestOutput<'record.between'>['lines'][number];

/** A person does not read through more lines than this; the newest are left out. */
const MOST_LINES = 2000;

function lineOf(entry: LogEntry): Line {
  const { event, author, atMs } = entry;
  const incidentId = 'incidentId' in event ? event.incidentId : undefined;
  const unitId = 'unitId' in event ? event.unitId : undefined;
  return {
    id: entryId(entry),
    atMs,
    actor: author.name,
    text: unitId === undefined ? describeEvent(event) : `${nameOfKind(event.kind)}: ${unitId}`,
    ...(incidentId !== undefined && { incidentId }),
  };
}

/** People's actions in lines by time, for a person who looks back. Lines about who signed in where are left out. */
export class LogLines {
  #lines: Line[] = [];
  #isSorted = true;

  note(entries: readonly LogEntry[]): void {
    this.#lines.push(
      ...entries
        .filter(({ event: { kind } }) => !kind.startsWith('session.') && !kind.startsWith('token.'))
        .map(lineOf),
    );
    this.#isSorted = false;
  }

  /** In [fromMs, toMs], the oldest first. */
  between(fromMs: number, toMs: number): { lines: Line[]; isCut: boolean } {
    // The lines are nearly in order already: only entries of other workstations may be late.
    if (!this.#isSorted) this.#lines.sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
    this.#isSorted = true;
    const found = this.#lines.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
    return { lines: found.slice(0, MOST_LINES), isCut: found.length > MOST_LINES };
  }
}
