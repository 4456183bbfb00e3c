import { isAhead } from '../../../shared/record/hybridClock.ts';
import type { Workstation } from '../../../shared/record/deskEvents.ts';
import { workstationOf } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import { fingerprintOf, foldTrust, lastCounted } from './foldTrust.ts';
import type { Member, Trust } from './foldTrust.ts';

const trustKinds = new Set(['desk.founded', 'workstation.joined', 'workstation.renamed', 'workstation.revoked']);

/** Keeps who belongs to the desk and whose clock is wrong, as the log says, and what Beacon did there by itself. */
export class Membership {
  readonly deskId: string;
  readonly #known: readonly Workstation[];
  readonly #trustEntries = new Map<string, LogEntry>();
  readonly #witnesses = new Map<string, Map<string, number>>();
  /** The last number of each sequence that is here. */
  readonly #heads = new Map<string, number>();
  /** When an event arrived that was dated too far ahead, by workstation. */
  readonly #ahead = new Map<string, number>();
  #trust: Trust;

  constructor(deskId: string, known: readonly Workstation[]) {
    this.deskId = deskId;
    this.#known = known;
    this.#trust = foldTrust(deskId, known, []);
  }

  get trust(): Trust {
    return this.#trust;
  }

  /** Whether the desk has no other workstation. */
  isAlone(own: string): boolean {
    return this.others(own).length === 0;
  }

  /** Ids of the other workstations that belong to the desk now. */
  others(own: string): string[] {
    return [...this.#trust.values()].filter(({ id, upTo }) => id !== own && upTo === undefined).map(({ id }) => id);
  }

  member(id: string): Member | undefined {
    return this.#trust.get(id);
  }

  isFounder(id: string): boolean {
    const key = this.#trust.get(id)?.publicKey;
    return key !== undefined && fingerprintOf(key) === this.deskId;
  }

  /** Returns the name of a workstation, or its id where the name is not known. */
  nameOf(id: string): string {
    return this.#trust.get(id)?.name ?? id;
  }

  lastCounted(sequence: string): number {
    return lastCounted(this.#trust, sequence);
  }

  isClockWrong(workstationId: string): boolean {
    return this.#ahead.has(workstationId);
  }

  /** Returns how far each sequence of a workstation is here. */
  headsOf(workstationId: string): Record<string, number> {
    return Object.fromEntries([...this.#heads].filter(([sequence]) => workstationOf(sequence) === workstationId));
  }

  /**
   * Takes new entries, whether they count or not: how far each sequence goes, and what its author had seen. Returns
   * true where membership of the desk may have changed.
   */
  note(entries: readonly LogEntry[], nowMs: number): boolean {
    let isChange = false;
    for (const entry of entries) {
      const { sequence, seq } = entry;
      this.#heads.set(sequence, Math.max(seq, this.#heads.get(sequence) ?? 0));
      if (isAhead(entry, nowMs)) this.#ahead.set(workstationOf(sequence), entry.atMs);
      isChange = this.#witness(entry) || isChange;
    }
    if (isChange) this.#refold();
    return isChange;
  }

  /** Takes entries that count. Returns true where membership of the desk may have changed. */
  take(entries: readonly LogEntry[]): boolean {
    const trusts = entries.filter(({ event }) => trustKinds.has(event.kind));
    for (const entry of trusts) this.#trustEntries.set(`${entry.sequence}:${entry.seq}`, entry);
    if (trusts.length > 0) this.#refold();
    return trusts.length > 0;
  }

  /** The entry with which a workstation was revoked; undefined where it was not. */
  revocationOf(workstationId: string): LogEntry | undefined {
    return [...this.#trustEntries.values()].find(
      ({ event }) => event.kind === 'workstation.revoked' && event.workstationId === workstationId,
    );
  }

  hasFounding(): boolean {
    return [...this.#trustEntries.values()].some(
      ({ event }) => event.kind === 'desk.founded' && event.deskId === this.deskId,
    );
  }

  #refold(): void {
    this.#trust = foldTrust(this.deskId, this.#known, this.#trustEntries.values(), this.#witnesses);
  }

  /** Notes what the author's workstation had seen; returns true where that concerns one that was revoked. */
  #witness({ sequence, seen }: LogEntry): boolean {
    const witness = workstationOf(sequence);
    let isConcern = false;
    for (const [name, seq] of Object.entries(seen)) {
      if (workstationOf(name) === witness) continue;
      const by = this.#witnesses.get(name) ?? new Map<string, number>();
      if ((by.get(witness) ?? 0) >= seq) continue;
      this.#witnesses.set(name, by.set(witness, seq));
      isConcern ||= this.#trust.get(workstationOf(name))?.upTo !== undefined;
    }
    return isConcern;
  }
}
