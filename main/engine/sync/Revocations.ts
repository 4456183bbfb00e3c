import { beaconPerson } from '../../../shared/people/person.ts';
import type { Person } from '../../../shared/people/person.ts';
import { RequestError } from '../base/RequestError.ts';
import type { KeyRenewal } from './KeyRenewal.ts';
import type { Membership } from './Membership.ts';
import type { ReplicationOptions } from './replicationOptions.ts';

/** Revokes workstations of the desk, and notes in the log which of their entries still count. */
export class Revocations {
  readonly #options: Pick<ReplicationOptions, 'log' | 'membership' | 'workstation' | 'say'>;
  readonly #keys: KeyRenewal;

  constructor(options: Pick<ReplicationOptions, 'log' | 'membership' | 'workstation' | 'say'>, keys: KeyRenewal) {
    this.#options = options;
    this.#keys = keys;
  }

  /** Rejects with a RequestError: notFound, or refused for this workstation itself. */
  async revoke(author: Person, workstationId: string, reason: string): Promise<void> {
    const { membership, workstation, log, say } = this.#options;
    const member = membership.member(workstationId);
    if (member === undefined) throw new RequestError('notFound', `There is no workstation ${workstationId}.`);
    if (workstationId === workstation.id)
      throw new RequestError('refused', 'A workstation cannot put itself out. Do it at another one.');
    if (member.upTo !== undefined) throw new RequestError('refused', `${member.name} was put out already.`);
    await log.perform(author, {
      kind: 'workstation.revoked',
      workstationId,
      reason,
      upTo: membership.headsOf(workstationId),
    });
    // The workstation is revoked whether or not the key is renewed now; otherwise the leader renews it.
    await this.#keys
      .renew(author)
      .catch((error: unknown) => say('error', `The desk's key is not renewed yet: ${String(error)}`));
  }

  /**
   * Entries that were taken from a workstation before its revocation was known count. The other workstations learn that
   * from an entry of one that has seen them. `before`: the members before the entries that changed them.
   */
  note(before: Membership['trust']): void {
    const { membership, workstation, log, say } = this.#options;
    for (const { id, name, upTo } of membership.trust.values()) {
      if (upTo === undefined || before.get(id)?.upTo !== undefined || id === workstation.id) continue;
      const hasMore = Object.entries(membership.headsOf(id)).some(([sequence, seq]) => seq > (upTo[sequence] ?? 0));
      if (hasMore)
        log
          .perform(beaconPerson, {
            kind: 'system.noted',
            text: `${name} was put out; what had come from it until then counts.`,
          })
          .catch((error: unknown) => say('error', String(error)));
    }
  }
}
