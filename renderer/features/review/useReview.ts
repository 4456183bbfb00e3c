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
 * The actions in the incident, or those of everybody during its time. While the review is shown, the picture shows the
 * past: it begins before the incident did, and the screen goes back to live when the review closes.
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
 * Moves the picture to the beginning when the review opens. When the connection was replaced, which ends the replay, it
 * moves the picture back to where it was. A person who goes back to live stays there.
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
