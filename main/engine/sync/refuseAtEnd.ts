import { RequestError } from '../base/RequestError.ts';

/** Throws where the engine stopped before it could know whether it may write. */
export function refuseAtEnd(isReady: boolean): void {
  if (!isReady)
    throw new RequestError('unavailable', 'Nothing was done: the engine stopped before it knew the log of the others.');
}
