import {
  isCause,
  isSuppressible,
  placesOfCause,
  placesOfEffect,
  reasonFor,
} from '../../../shared/alarms/suppression.ts';
import { isActive } from './alarmEntry.ts';
import type { AlarmEntry } from './alarmEntry.ts';

/** Where an entry is registered, as a cause and as an effect. When `said` changes, its effects must be judged again. */
type Stand = { causeAt: readonly string[]; effectAt: readonly string[]; isEffect: boolean; said: string };

const NOTHING: Stand = { causeAt: [], effectAt: [], isEffect: false, said: '' };

function standOf(entry: AlarmEntry): Stand {
  const { condition, group, alarm } = entry;
  if (!isActive(entry)) return NOTHING;
  // An alarm that is out of service is not trusted as a cause.
  const causes = isCause(condition.rule) && alarm?.outOfService === undefined;
  const isEffect = isSuppressible(condition.rule);
  if (!causes && !isEffect) return NOTHING;
  return {
    causeAt: causes ? placesOfCause(condition, group) : [],
    effectAt: isEffect ? placesOfEffect(condition, group) : [],
    isEffect,
    said: causes ? `${condition.priority} ${group} ${condition.title}` : '',
  };
}

/** Entries by the places that the rules of suppression compare. */
class Places {
  readonly #at = new Map<string, Set<AlarmEntry>>();

  at(place: string): Iterable<AlarmEntry> {
    return this.#at.get(place) ?? [];
  }

  add(places: readonly string[], entry: AlarmEntry): void {
    for (const place of places) {
      const known = this.#at.get(place);
      if (known === undefined) this.#at.set(place, new Set([entry]));
      else known.add(entry);
    }
  }

  remove(places: readonly string[], entry: AlarmEntry): void {
    for (const place of places) {
      const known = this.#at.get(place);
      known?.delete(entry);
      if (known?.size === 0) this.#at.delete(place);
    }
  }
}

/** Finds which alarm is the cause of which, and judges again only where a cause or an effect has changed. */
export class Suppression {
  readonly #causes = new Places();
  readonly #effects = new Places();
  readonly #stands = new Map<AlarmEntry, Stand>();
  /** `#changed` has the entries that have changed, `#due` the effects that must be judged again. */
  #changed = new Set<AlarmEntry>();
  #due = new Set<AlarmEntry>();

  /** Must be called for every entry whose activity, text, priority, cause group or out-of-service state has changed. */
  changed(entry: AlarmEntry): void {
    if (isCause(entry.condition.rule) || isSuppressible(entry.condition.rule)) this.#changed.add(entry);
  }

  /** Sets `suppressedBy` of the entries that must be judged again, and returns the entries for which it has changed. */
  judge(nowMs: number): AlarmEntry[] {
    for (const entry of this.#changed) this.#register(entry);
    this.#changed = new Set();
    const due = this.#due;
    this.#due = new Set();
    return [...due].filter((entry) => this.#judge(entry, nowMs));
  }

  #judge(entry: AlarmEntry, nowMs: number): boolean {
    if (!isActive(entry)) return false;
    const reason = reasonFor(entry.condition, entry.group, (place) => this.#causes.at(place));
    if (reason === entry.suppressedBy) return false;
    if (reason === undefined && entry.lastSeenMs < nowMs) {
      // An effect that is about to end with its cause must not be shown for the time of its own off delay.
      this.#due.add(entry);
      return false;
    }
    entry.suppressedBy = reason;
    return true;
  }

  #register(entry: AlarmEntry): void {
    const before = this.#stands.get(entry) ?? NOTHING;
    const now = standOf(entry);
    if (before.said !== now.said) {
      this.#causes.remove(before.causeAt, entry);
      this.#causes.add(now.causeAt, entry);
      for (const place of new Set([...before.causeAt, ...now.causeAt]))
        for (const effect of this.#effects.at(place)) this.#due.add(effect);
    }
    this.#effects.remove(before.effectAt, entry);
    this.#effects.add(now.effectAt, entry);
    if (now.isEffect) this.#due.add(entry);
    if (now === NOTHING) this.#stands.delete(entry);
    else this.#stands.set(entry, now);
  }
}
