import { DAY_MS } from '../base/durations.ts';
import { serviceOf } from '../citizens/services.ts';
import { isClosed, REOPEN_MS } from '../citizens/serviceRequest.ts';
import type { ServiceRequest } from '../citizens/serviceRequest.ts';
import { orderEntries } from '../record/logEntry.ts';
import type { LogEntry } from '../record/logEntry.ts';
import type { RecordEvent } from '../record/recordEvent.ts';

type RequestEvent = Extract<RecordEvent, { kind: `serviceRequest.${string}` }>;
/** An entry of the log about a service request. */
export type RequestEntry = LogEntry & { event: RequestEvent };
type Received = Extract<RequestEvent, { kind: 'serviceRequest.received' }>;
/** A request with what only the engine needs: by which secrets its reporter and its program are known again. */
export type FoldedRequest = ServiceRequest & Pick<Received, 'keyHash' | 'keyId'>;

/** Whether an entry of the log is about a service request. */
export const isRequestEntry = (entry: LogEntry): entry is RequestEntry =>
  entry.event.kind.startsWith('serviceRequest.');

function begin({ kind: _kind, ...words }: Received, atMs: number): FoldedRequest {
  return {
    ...words,
    state: 'received',
    receivedAtMs: atMs,
    changedAtMs: atMs,
    expectedAtMs: atMs + serviceOf(words.serviceCode).days * DAY_MS,
    followers: 0,
  };
}

/** Whether the reporter may say that a request is not fixed. */
export const mayReopen = ({ closedAtMs, state }: ServiceRequest, nowMs: number): boolean =>
  closedAtMs !== undefined && isClosed(state) && state !== 'spam' && nowMs - closedAtMs <= REOPEN_MS;

/** Whether the reporter may give a mark. */
export const mayMark = ({ state }: ServiceRequest): boolean => isClosed(state) && state !== 'spam';

function answered(
  request: FoldedRequest,
  event: Extract<RequestEvent, { kind: 'serviceRequest.answered' }>,
  atMs: number,
): FoldedRequest {
  const { mergedInto: _mergedInto, closedAtMs: _closedAtMs, verdict: _verdict, ...rest } = request;
  return {
    ...rest,
    state: event.state,
    reason: event.reason,
    changedAtMs: atMs,
    ...(isClosed(event.state) && { closedAtMs: atMs }),
    ...(event.into !== undefined && { mergedInto: event.into }),
  };
}

function judged(
  request: FoldedRequest,
  { isFixed, text }: Extract<RequestEvent, { kind: 'serviceRequest.judged' }>,
  atMs: number,
): FoldedRequest {
  const verdict = { isFixed, ...(text !== undefined && { text }), atMs };
  if (isFixed || !mayReopen(request, atMs)) return { ...request, verdict };
  const { closedAtMs: _closedAtMs, ...rest } = request;
  return { ...rest, verdict, state: 'reopened', changedAtMs: atMs };
}

function after(request: FoldedRequest, { event, atMs }: RequestEntry): FoldedRequest {
  switch (event.kind) {
    // Two workstations may make a request of the same report; it is one request.
    case 'serviceRequest.received':
      return request;
    case 'serviceRequest.followed':
      return { ...request, followers: request.followers + 1 };
    case 'serviceRequest.answered':
      return answered(request, event, atMs);
    case 'serviceRequest.linked':
      return { ...request, incidentId: event.incidentId };
    case 'serviceRequest.released':
      return { ...request, releasedText: event.text };
    case 'serviceRequest.judged':
      return judged(request, event, atMs);
    case 'serviceRequest.marked': {
      const { mark, text } = event;
      return { ...request, mark: { mark, ...(text !== undefined && { text }), atMs } };
    }
    default:
      return event satisfies never;
  }
}

/** Makes a service request of all entries about it; undefined where none of them says how it was received. */
export function foldServiceRequest(entries: Iterable<RequestEntry>): FoldedRequest | undefined {
  let request: FoldedRequest | undefined;
  for (const entry of orderEntries(entries) as RequestEntry[]) {
    if (request !== undefined) request = after(request, entry);
    else if (entry.event.kind === 'serviceRequest.received') request = begin(entry.event, entry.atMs);
  }
  return request;
}
