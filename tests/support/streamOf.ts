import type { Domain, DomainStream } from '../../main/engine/domains/kit/Domain.ts';
import type { StreamMessage } from '../../shared/contract/contract.ts';

/** What a domain publishes to a reader of a stream since a cursor (0: everything). */
export function streamOf<S extends DomainStream>(
  domain: Domain,
  stream: S,
  cursor = 0,
): { message: StreamMessage<S>; cursor: number } | undefined {
  return domain.streams?.[stream]?.(cursor, 0);
}
