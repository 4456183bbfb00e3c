import { isUsable } from '../../../shared/quality.ts';
import type { Value } from '../../../shared/values.ts';
import type { TelemetryStore, UnitRow } from '../store/store.ts';

/** While the store takes nothing. QoS 1 waits at the broker, so only QoS 0 comes to so much. */
const MOST_WAITING = 100_000;

/**
 * What the county's units told, on its way into the store: it joins the batch that commits next, so a message is acknowledged after what it told is kept.
 * Other units than the county's are not shown and not kept.
 */
export class UnitTrail {
  readonly #unitIds: ReadonlySet<string>;
  readonly #rows: UnitRow[] = [];

  constructor(unitIds: Iterable<string>) {
    this.#unitIds = new Set(unitIds);
  }

  note(value: Value): void {
    if (value.kind !== 'unit' || value.lon === undefined || value.lat === undefined || !isUsable(value.quality) || !this.#unitIds.has(value.unitId) || this.#rows.length >= MOST_WAITING) return;
    const { unitId, atMs, lon, lat, speedMps = null, headingDeg = null, status, incidentId = null } = value;
    this.#rows.push({ unitId, atMs, lon, lat, speedMps, headingDeg, status, incidentId });
  }

  /** The store with what was noted in its next batch; a commit that failed brings the same rows again. Commits are one after the other. */
  joining(store: Pick<TelemetryStore, 'commit'>): Pick<TelemetryStore, 'commit'> {
    return {
      commit: async (batch) => {
        const units = [...this.#rows];
        const result = await store.commit({ ...batch, units });
        this.#rows.splice(0, units.length);
        return result;
      },
    };
  }
}
