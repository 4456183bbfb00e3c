import type { Quantity } from '../../../shared/base/quantities.ts';
import type { Registry } from '../registry/Registry.ts';
import type { LedgerKey } from '../store/ledger/ledger.ts';
import { ownScope } from '../store/samples/rollups.ts';
import { routeScope } from '../store/samples/routeSeries.ts';

/** The key of a series' hourly values in the ledger, and whose values they are: its own, or those of its link. */
export type Kept = LedgerKey & { of: 'itself' | 'link' };

/**
 * A route, a zone and a feeder have values of their own; for a detector those of its link are kept. Nothing is kept for
 * a single meter or vehicle: undefined.
 */
export function ledgerKey(registry: Registry, deviceId: string, quantity: Quantity): Kept | undefined {
  if (quantity === 'delayS')
    return registry.timetable?.routes.has(deviceId) === true
      ? { scope: routeScope(deviceId), measure: quantity, of: 'itself' }
      : undefined;
  const { kind, linkId } = registry.device(deviceId) ?? {};
  if (kind === 'zone') return { scope: ownScope(deviceId), measure: quantity, of: 'itself' };
  if (kind === 'detector' && linkId !== undefined) return { scope: `link:${linkId}`, measure: quantity, of: 'link' };
  return undefined;
}
