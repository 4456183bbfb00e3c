import type { Feed, Refusal, Reply } from '../../../../../../main/engine/ingest/feed.ts';
import type { Registry } from '../../../../../../main/engine/registry/Registry.ts';
import { createRegistry } from '../../../../../../main/engine/registry/createRegistry.ts';
import type { Sample, Value } from '../../../../../../shared/base/values.ts';
import { smallCounty } from '../../../../../support/smallCounty.ts';

export const NOW_MS = Date.UTC(2026, 5, 1, 12);

export type Seen = {
  values: Value[];
  refusal: Refusal | undefined;
  partRefused: Refusal | undefined;
  replies: Reply[];
  samples: Record<string, number>;
  qualities: Record<string, string>;
};

const bytesOf = (payload: unknown): Uint8Array =>
  payload instanceof Uint8Array
    ? payload
    : Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload));

const byQuantity = <T>(values: readonly Value[], field: (sample: Sample) => T): Record<string, T> =>
  Object.fromEntries(values.flatMap((value) => (value.kind === 'sample' ? [[value.quantity, field(value)]] : [])));

/** Runs messages through a feed and keeps its state, as the pipeline does. */
export function stepper<S, P>(
  feed: Feed<S, P>,
  registry: Registry = createRegistry(smallCounty()),
  receivedAtMs = NOW_MS,
): (topic: string, payload: unknown, atMs?: number) => Seen {
  let state = feed.initialState();
  return (topic, payload, atMs = receivedAtMs) => {
    const result = feed.step(state, topic, bytesOf(payload), atMs, registry);
    state = result.state;
    const values = 'values' in result ? result.values : [];
    return {
      values,
      refusal: 'refusal' in result ? result.refusal : undefined,
      partRefused: 'partRefused' in result ? result.partRefused : undefined,
      replies: result.replies ?? [],
      samples: byQuantity(values, ({ value }) => value),
      qualities: byQuantity(values, ({ quality }) => quality),
    };
  };
}
