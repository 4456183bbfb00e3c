import type { Quantity } from '../../../shared/base/quantities.ts';
import type { Registry } from '../registry/Registry.ts';
import type { LedgerKey } from '../store/ledger/ledger.ts';
import { ownScope } from '../store/samples/rollups.ts';
import { routeScope } from '../store/samples/routeSeries.ts';

/** Where hourly values of a series are to be found, and whose they are: its own, or those of what it belongs to. */
export type Kept = LedgerKey & { of: 'itself' | 'link' };

/**
 * A route, a zone and a feeder have values of their own; of a detector those of its link are kept. Of a single meter or
 * vehicle none are: undefined.
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
