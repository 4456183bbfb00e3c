import { namedReadings } from '../../../shared/incidents/commands/namedReadings.ts';
import type { ThingNames } from '../../../shared/incidents/commands/namedReadings.ts';
import type { EventReadings } from '../../../shared/incidents/commands/readings.ts';
import { foldIncident, incidentIdsOf } from '../../../shared/folds/incidents/foldIncidents.ts';
import type { Incident, IncidentNotification } from '../../../shared/incidents/incident.ts';
import { kinOf, viewIncident } from '../../../shared/folds/incidents/viewIncidents.ts';
import type { Kin } from '../../../shared/folds/incidents/viewIncidents.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';

/** Resolved incidents that screens are given; all of them stay in the record. */
const RESOLVED_SHOWN = 200;

/**
 * The incidents that the entries of the log make: each from its own entries, and joined with what was merged into it.
 * An entry that arrives late changes what came after it, so an incident is folded again from all of its entries.
 */
export class IncidentStates {
  readonly #entries = new Map<string, LogEntry[]>();
  /** Each incident without what was merged into it. */
  readonly #own = new Map<string, Incident>();
  readonly #views = new Map<string, Incident>();
  /** Ids of incidents that a unit was ordered to and has not left. */
  readonly #awaited = new Set<string>();
  /** Ids of incidents that are not over, or about which somebody has still to be notified. */
  readonly #working = new Set<string>();
  #kin: Kin = kinOf(new Map());
  /** The incidents that are shown, cached until something changes: they are asked for several times per second. */
  #shown: readonly Incident[] | undefined;

  readonly #readings: EventReadings | undefined;

  /** `names`: how lines of logs name units and routes; by their ids where it is not given. */
  constructor(names?: ThingNames) {
    this.#readings = names && namedReadings(names);
  }

  /**
   * Takes entries of the log, in whatever order they come, and returns the incidents that changed, as people see them.
   */
  take(entries: readonly LogEntry[]): Incident[] {
    this.#shown = undefined;
    const touched = new Set<string>();
    for (const entry of entries) {
      for (const id of incidentIdsOf(entry.event)) {
        const known = this.#entries.get(id);
        if (known === undefined) this.#entries.set(id, [entry]);
        else known.push(entry);
        touched.add(id);
      }
    }
    let isKinChanged = false;
    for (const id of touched) isKinChanged = this.#refold(id) || isKinChanged;
    const concerned = isKinChanged ? this.#relate(touched) : this.#concerned(touched);
    return [...concerned].flatMap((id) => this.#view(id) ?? []);
  }

  /** The incident as people see it. */
  get(id: string): Incident | undefined {
    return this.#views.get(id);
  }

  /** The incident without what was merged into it. */
  own(id: string): Incident | undefined {
    return this.#own.get(id);
  }

  ids(): Iterable<string> {
    return this.#own.keys();
  }

  all(): Iterable<Incident> {
    return this.#views.values();
  }

  /**
   * Incidents that a unit was ordered to and has not left. Each comes without what was merged into it, because what a
   * unit reports concerns the incident that it was ordered to.
   */
  awaited(): Incident[] {
    return [...this.#awaited].flatMap((id) => this.#own.get(id) ?? []);
  }

  /**
   * Incidents that are not over, or about which somebody has still to be notified; each without what was merged into
   * it.
   */
  working(): Incident[] {
    return [...this.#working].flatMap((id) => this.#own.get(id) ?? []);
  }

  /** All incidents that are not resolved, and the newest resolved ones; newest first. */
  shown(): readonly Incident[] {
    return (this.#shown ??= this.#pickShown());
  }

  #pickShown(): Incident[] {
    const newestFirst = [...this.#views.values()].sort((a, b) => b.openedAtMs - a.openedAtMs || (a.id < b.id ? 1 : -1));
    const resolved = newestFirst.filter(({ status }) => status === 'resolved').slice(0, RESOLVED_SHOWN);
    const shown = new Set(resolved);
    return newestFirst.filter((incident) => incident.status !== 'resolved' || shown.has(incident));
  }

  /** Folds an incident again; returns whether its links to other incidents have changed. */
  #refold(id: string): boolean {
    const before = this.#own.get(id);
    const incident = foldIncident(id, this.#entries.get(id) ?? [], this.#readings);
    if (incident === undefined) return false;
    this.#own.set(id, incident);
    keepIf(this.#awaited, id, incident.engagements?.some(({ state }) => state !== 'left') ?? false);
    keepIf(this.#working, id, incident.status !== 'resolved' || (incident.notifications?.some(isToBeTold) ?? false));
    return before === undefined || before.mergedInto !== incident.mergedInto || before.primaryId !== incident.primaryId;
  }

  /**
   * Derives again which incidents belong together. Returns the incidents concerned, by the old links and by the new
   * ones.
   */
  #relate(touched: ReadonlySet<string>): Set<string> {
    const before = this.#concerned(touched);
    this.#kin = kinOf(this.#own);
    return new Set([...before, ...this.#concerned(touched)]);
  }

  /** The incidents themselves, those that they are merged into, what is merged there, and their primary ones. */
  #concerned(ids: ReadonlySet<string>): Set<string> {
    const concerned = new Set<string>();
    for (const id of ids) {
      const root = this.#kin.rootOf.get(id) ?? id;
      const primaryId = this.#own.get(id)?.primaryId;
      for (const each of [id, root, ...(this.#kin.mergedFrom.get(root) ?? [])]) concerned.add(each);
      if (primaryId !== undefined) concerned.add(this.#kin.rootOf.get(primaryId) ?? primaryId);
    }
    // The incident that was its primary one until now has changed as well.
    for (const [primaryId, secondaries] of this.#kin.secondaries)
      if (secondaries.some((id) => ids.has(id))) concerned.add(primaryId);
    return concerned;
  }

  #view(id: string): Incident | undefined {
    const view = viewIncident(id, this.#own, this.#kin);
    if (view !== undefined) this.#views.set(id, view);
    return view;
  }
}

const isToBeTold = ({ state }: IncidentNotification): boolean =>
  state === 'asked' || state === 'sending' || state === 'retrying';

function keepIf(ids: Set<string>, id: string, isKept: boolean): void {
  if (isKept) ids.add(id);
  else ids.delete(id);
}
