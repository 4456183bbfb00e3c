import type { AlarmRef, Subject } from './alarm.ts';

type Ref = Pick<AlarmRef, 'rule' | 'subject'>;

/**
 * A map whose keys are rule and subject. It serves thousands of look-ups per second, so it does not join its keys to
 * one string as `alarmKey` does: a new string would have to be hashed each time, while the parts are hashed already.
 */
export class RefMap<T> {
  readonly #byRule = new Map<string, Map<Subject['kind'], Map<string, T>>>();

  get({ rule, subject }: Ref): T | undefined {
    return this.#byRule.get(rule)?.get(subject.kind)?.get(subject.id);
  }

  set({ rule, subject }: Ref, value: T): void {
    const byKind = this.#byRule.get(rule) ?? new Map<Subject['kind'], Map<string, T>>();
    this.#byRule.set(rule, byKind);
    const byId = byKind.get(subject.kind) ?? new Map<string, T>();
    byKind.set(subject.kind, byId);
    byId.set(subject.id, value);
  }

  delete({ rule, subject }: Ref): void {
    this.#byRule.get(rule)?.get(subject.kind)?.delete(subject.id);
  }

  *values(): Generator<T> {
    for (const byKind of this.#byRule.values()) for (const byId of byKind.values()) yield* byId.values();
  }
}
