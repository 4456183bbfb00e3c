import type { citizenCommands } from '../../../shared/citizens/commands/citizenCommands.ts';
import { marks } from '../../../shared/citizens/mark.ts';
import { serviceOf } from '../../../shared/citizens/services.ts';
import type { ServiceRequest } from '../../../shared/citizens/serviceRequest.ts';
import { promiseShares } from '../../../shared/impact/measures/promisesKept.ts';
import type { z } from 'zod';
import type { PageMark } from './PageMarks.ts';

type Figures = z.infer<(typeof citizenCommands)['service.figures']['output']>;
type Span = { fromMs: number; toMs: number };

const MOST_COMMENTS = 50;
/** Ends for which the service did what it is there for; a justified no is one. */
const completedStates: ReadonlySet<string> = new Set(['done', 'declined', 'redirected']);

const countMarks = (given: readonly number[]): number[] =>
  marks.map((mark) => given.filter((each) => each === mark).length);

/**
 * How the service did in [fromMs, toMs), by the definitions of the measures of impact. `nowMs` is the end of what is
 * known.
 */
export function serviceFigures(
  requests: Iterable<ServiceRequest>,
  pageMarks: Iterable<PageMark>,
  span: Span,
  nowMs: number,
): Figures {
  const isIn = (atMs: number | undefined): boolean => atMs !== undefined && atMs >= span.fromMs && atMs < span.toMs;
  // Another request stands for a merged one, and spam asks for nothing.
  const counted = [...requests].filter(({ state }) => state !== 'spam' && state !== 'merged');
  const { due, kept, closed } = promiseShares(
    counted.map(({ expectedAtMs, closedAtMs }) => ({ createdMs: expectedAtMs, closedMs: closedAtMs })),
    0,
    { ...span, nowMs },
  );
  const started = counted.filter(({ receivedAtMs }) => isIn(receivedAtMs));
  const ended = counted.filter(({ closedAtMs, state }) => isIn(closedAtMs) && completedStates.has(state));
  const marked = counted.filter(({ mark }) => isIn(mark?.atMs));
  const pages = [...pageMarks].filter(({ atMs }) => isIn(atMs));
  const comments = [
    ...marked.map(({ mark, serviceCode, number }) => ({
      ...mark,
      about: `${serviceOf(serviceCode).name.en}, ${number}`,
    })),
    ...pages.map(({ page, ...mark }) => ({ ...mark, about: `Page “${page}”` })),
  ];
  return {
    due,
    kept,
    closed,
    started: started.length,
    completed: started.filter(({ state }) => completedStates.has(state)).length,
    online: ended.filter(({ channel }) => channel !== 'mqtt').length,
    otherChannels: ended.filter(({ channel }) => channel === 'mqtt').length,
    asked: ended.filter(({ channel }) => channel === 'web').length,
    requestMarks: countMarks(marked.map(({ mark }) => mark?.mark ?? 0)),
    pageMarks: countMarks(pages.map(({ mark }) => mark)),
    comments: comments
      .flatMap(({ mark, text, atMs, about }) =>
        mark === undefined || text === undefined || atMs === undefined ? [] : [{ mark, text, atMs, about }],
      )
      .sort((a, b) => b.atMs - a.atMs)
      .slice(0, MOST_COMMENTS),
  };
}
