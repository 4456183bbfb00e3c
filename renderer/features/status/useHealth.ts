import { useConnection, useNow, useStream } from '../../client/hooks.ts';
import type { Health } from './health.ts';
import { healthOf } from './health.ts';

export function useHealth(): Health {
  const connection = useConnection();
  const vitals = useStream('vitals');
  const nowMs = useNow(1000);
  return healthOf({ connection, vitals, nowMs });
}
