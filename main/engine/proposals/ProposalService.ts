import type { Alarm } from '../../../shared/alarms/alarm.ts';
import type { CountyMs } from '../../../shared/base/clock.ts';
import type { RequestInput } from '../../../shared/contract/contract.ts';
import type { DisplayUnits } from '../../../shared/base/display.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import type { Person } from '../../../shared/people/person.ts';
import { foldRefusals, isRefusal } from '../../../shared/folds/foldRefusals.ts';
import type { Proposal, ProposedAlarm } from '../../../shared/proposals/proposal.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { EventLog } from '../log/EventLog.ts';
import { Emitter } from '../base/Emitter.ts';
import { RequestError } from '../base/RequestError.ts';
import type { CountyPlaces } from './CountyPlaces.ts';
import { propose } from './propose.ts';
import { ClueMatcher } from './ClueMatcher.ts';

/** What accepting a proposal does to incidents. */
export type IncidentWork = {
  open: (person: Person, input: RequestInput<'incident.open'>) => Promise<string>;
  link: (person: Person, incidentId: string, alarmId: string) => Promise<void>;
  merge: (person: Person, incidentId: string, intoId: string) => Promise<void>;
};

type ProposalServiceOptions = {
  log: EventLog;
  places: CountyPlaces;
  units: DisplayUnits;
  nowMs: () => CountyMs;
  alarms: () => readonly Alarm[];
  incidents: () => readonly Incident[];
};

/** Alarms that have stood longer are not proposed, so older refusals are of no use. */
const REFUSALS_FOR_MS = 48 * 3_600_000;

/**
 * The greatest number of new alarms that one look compares with all others, which takes milliseconds. In a flood the
 * rest follows in the next seconds.
 */
const MOST_NEW = 30;

const proposed = ({ rule, subject, raisedAtMs, domain, priority }: Alarm): ProposedAlarm => ({
  rule,
  subject,
  raisedAtMs,
  domain,
  priority,
});

/**
 * Keeps what is proposed up to date and takes the answers. Proposals follow from the alarms, the incidents and the log,
 * so that every workstation makes the same ones by itself: nothing of them is written down until a person answers.
 */
export class ProposalService {
  readonly #options: ProposalServiceOptions;
  #refusalEntries: LogEntry[] = [];
  #proposals: Proposal[] = [];
  #told = '[]';
  readonly #ties: ClueMatcher;
  #queue: Promise<unknown> = Promise.resolve();
  readonly #changes = new Emitter<Proposal[]>();
  /** Emits the whole list when it has changed. */
  readonly onChange = this.#changes.on;

  /**
   * Takes the entries that the log publishes from now on: the log is loaded only after all its listeners have
   * subscribed.
   */
  constructor(options: ProposalServiceOptions) {
    this.#options = options;
    this.#ties = new ClueMatcher(options.places, options.units, MOST_NEW);
    options.log.onEntries((entries) => {
      this.#refusalEntries.push(...entries.filter(isRefusal));
    });
  }

  /** As of the last refresh, the most urgent first. */
  proposals(): Proposal[] {
    return this.#proposals;
  }

  /**
   * Makes the proposals again from what is known now. It takes milliseconds for a county; call it once per second at
   * most.
   */
  refresh(): void {
    const { alarms, incidents, places, units } = this.#options;
    const nowMs = this.#options.nowMs();
    this.#refusalEntries = this.#refusalEntries.filter(({ atMs }) => nowMs - atMs < REFUSALS_FOR_MS);
    this.#proposals = propose(
      { alarms: alarms(), incidents: incidents(), refusals: foldRefusals(this.#refusalEntries), places, units, nowMs },
      this.#ties,
    );
    const text = JSON.stringify(this.#proposals);
    if (text === this.#told) return;
    this.#told = text;
    this.#changes.emit(this.#proposals);
  }

  /**
   * Does what is proposed and returns the incident's id. Rejects with a RequestError: notFound where it is no longer
   * proposed, badInput where no alarm of it is kept.
   */
  accept(
    person: Person,
    { proposalId, alarmIds }: RequestInput<'proposal.accept'>,
    work: IncidentWork,
  ): Promise<string> {
    return this.#inTurn(async () => {
      const proposal = this.#find(proposalId);
      const kept = proposal.alarms.filter(({ id }) => alarmIds.includes(id)).map(({ id }) => id);
      const apart = proposal.alarms.filter(({ id }) => !alarmIds.includes(id)).map(({ id }) => id);
      if (kept.length === 0 && proposal.action !== 'merge')
        throw new RequestError('badInput', 'Name at least one alarm of the proposal.');
      const incidentId = await this.#work(person, proposal, kept, work);
      await this.#options.log.perform(person, {
        kind: 'proposal.accepted',
        proposalId,
        targetId: incidentId,
        alarms: this.#named(kept),
      });
      if (apart.length > 0)
        await this.#options.log.perform(person, {
          kind: 'proposal.split',
          proposalId,
          targetId: incidentId,
          kept: this.#named(kept),
          apart: this.#named(apart),
        });
      this.refresh();
      return incidentId;
    });
  }

  /**
   * Records that the alarms and incidents do not belong together. Rejects with a RequestError where this is no longer
   * proposed.
   */
  refuse(person: Person, { proposalId, reason }: RequestInput<'proposal.refuse'>): Promise<void> {
    return this.#inTurn(async () => {
      const { title, alarms, incidentIds } = this.#find(proposalId);
      await this.#options.log.perform(person, {
        kind: 'proposal.refused',
        proposalId,
        title,
        alarms: this.#named(alarms.map(({ id }) => id)),
        incidentIds,
        reason,
      });
      this.refresh();
    });
  }

  async #work(
    person: Person,
    { action, incidentIds, type, priority, title, place, lon, lat, subject }: Proposal,
    alarmIds: string[],
    work: IncidentWork,
  ): Promise<string> {
    const [first, ...others] = incidentIds;
    if (action === 'open' || first === undefined) {
      const where = {
        ...(lon !== undefined && lat !== undefined && { lon, lat }),
        ...(subject !== undefined && { subject }),
      };
      return work.open(person, {
        type,
        priority,
        title: title.slice(0, 200),
        place: place.slice(0, 200),
        alarmIds,
        ...where,
      });
    }
    for (const id of others) await work.merge(person, id, first);
    for (const id of alarmIds) await work.link(person, first, id);
    return first;
  }

  #find(proposalId: string): Proposal {
    // The refresh notices what was answered or has changed since the screen was drawn.
    this.refresh();
    const proposal = this.#proposals.find(({ id }) => id === proposalId);
    if (proposal === undefined)
      throw new RequestError(
        'notFound',
        'This is no longer proposed: somebody has answered it, or the alarms are over.',
      );
    return proposal;
  }

  #named(alarmIds: readonly string[]): ProposedAlarm[] {
    return this.#options
      .alarms()
      .filter(({ id }) => alarmIds.includes(id))
      .map(proposed);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}
