import type { StreamMessage } from '../../../shared/contract/contract.ts';

type Feed = StreamMessage<'vitals'>['feeds'][number];

/** Zones have bounds in every county, and meters of their own in few. */
const MAY_BE_SILENT: ReadonlySet<string> = new Set(['beacon-zones']);

/** Whether nothing was ever heard of a feed although the county's files name devices that publish there. */
export const isAwaited = ({ id, state, isExpected }: Feed): boolean =>
  state === 'unused' && isExpected && !MAY_BE_SILENT.has(id);
