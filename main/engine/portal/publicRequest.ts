import { mayMark, mayReopen } from '../../../shared/folds/foldServiceRequest.ts';
import type { FoldedRequest } from '../../../shared/folds/foldServiceRequest.ts';
import type { OwnWords, PublicRequest } from '../../../shared/public/publicContract.ts';
import { toBlock } from './toBlock.ts';

/** A request as everybody may see it: nothing that a citizen wrote, and no place closer than a block. */
export function publicRequest(
  request: FoldedRequest,
  roadOf: (lon: number, lat: number) => string | undefined,
): PublicRequest {
  const { lon, lat, reason, releasedText, closedAtMs, mergedInto } = request;
  const { number, serviceCode, state, receivedAtMs, changedAtMs, expectedAtMs, followers } = request;
  const road = lon === undefined || lat === undefined ? undefined : roadOf(lon, lat);
  return {
    number,
    serviceCode,
    state,
    receivedAtMs,
    changedAtMs,
    expectedAtMs,
    followers,
    ...(reason !== undefined && { reason }),
    ...(releasedText !== undefined && { releasedText }),
    ...(road !== undefined && { road }),
    ...(lon !== undefined && lat !== undefined && { lon: toBlock(lon), lat: toBlock(lat) }),
    ...(closedAtMs !== undefined && { closedAtMs }),
    ...(mergedInto !== undefined && { mergedInto }),
  };
}

/** What the reporter, or the program that posted a request, gets back of it. */
export function ownWords(request: FoldedRequest, nowMs: number): OwnWords {
  const { text, address, lon, lat, attributes, verdict, mark } = request;
  return {
    text,
    ...(address !== undefined && { address }),
    ...(lon !== undefined && lat !== undefined && { lon, lat }),
    ...(attributes !== undefined && { attributes }),
    mayReopen: mayReopen(request, nowMs),
    ...(verdict !== undefined && { isFixed: verdict.isFixed }),
    mayMark: mayMark(request),
    ...(mark !== undefined && { mark: mark.mark }),
  };
}
