import { useEffect, useRef, useState } from 'react';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { useConnection, useNow, useReplay } from '../../client/hooks.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import type { ReviewLine } from './reviewTimes.ts';
import { reviewSpan } from './reviewTimes.ts';
import type { Travel } from './travel.ts';

export type Scope = 'incident' | 'room';

export type Review = {
  fromMs: number;
  toMs: number;
  lines: readonly ReviewLine[];
  isCut: boolean;
  scope: Scope;
  setScope: (scope: Scope) => void;
};

/**
 * What was done, in the incident or by everybody in its time. While it is shown the picture is of then: it begins
 * before the incident did, and the screen goes back to live afterwards.
 */
export function useReview(incident: Incident, travel: Travel): Review {
  const nowMs = useNow(60_000) ?? incident.changedAtMs;
  const [scope, setScope] = useState<Scope>('incident');
  const { fromMs, toMs } = reviewSpan(incident, nowMs);
  const answer = useAnswer('record.between', { fromMs, toMs });
  useJourney(fromMs, travel);
  const room = answer.state === 'done' ? answer.value : { lines: [], isCut: false };
  const own = incident.log.toSorted((a, b) => a.atMs - b.atMs);
  return {
    fromMs,
    toMs,
    scope,
    setScope,
    lines: scope === 'incident' ? own : room.lines,
    isCut: scope === 'room' && room.isCut,
  };
}

/**
 * To the beginning when the review opens, and back to where it was when a new line had to be made: the replay ended
 * with the old one. Whoever goes back to live stays there.
 */
function useJourney(fromMs: number, travel: Travel): void {
  const replay = useReplay();
  const connection = useConnection();
  const lineMs = connection.state === 'open' ? connection.sinceMs : undefined;
  const travelled = useRef<number>(undefined);
  const reachedMs = useRef(fromMs);
  useEffect(() => {
    if (travelled.current !== undefined && replay !== undefined) reachedMs.current = replay.atMs;
    const isUnderWay = travelled.current === lineMs || (travelled.current !== undefined && replay !== undefined);
    if (lineMs === undefined || isUnderWay) return;
    travelled.current = lineMs;
    travel.goTo(reachedMs.current);
  }, [travel, lineMs, replay]);
  useEffect(() => travel.goLive, [travel]);
}
