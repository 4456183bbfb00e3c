import type { Incident } from '../../../shared/incidents/incident.ts';

/**
 * The review begins this long before the incident and ends this long after it, because its causes and effects are part
 * of it.
 */
const BEFORE_MS = 5 * 60_000;
const AFTER_MS = 2 * 60_000;

export type ReviewLine = { id: string; atMs: number; actor: string; text: string; incidentId?: string | undefined };

/**
 * The time span of a review: from before the first thing that was known of an incident to after the last action; for an
 * open incident it ends now.
 */
export function reviewSpan(
  { openedAtMs, resolvedAtMs, milestones, log }: Pick<Incident, 'openedAtMs' | 'resolvedAtMs' | 'milestones' | 'log'>,
  nowMs: number,
): { fromMs: number; toMs: number } {
  const times = Object.values(milestones).map(({ atMs }) => atMs);
  const first = Math.min(openedAtMs, ...times);
  const last =
    resolvedAtMs === undefined ? nowMs : Math.max(resolvedAtMs, ...times, ...log.map(({ atMs }) => atMs)) + AFTER_MS;
  return { fromMs: first - BEFORE_MS, toMs: Math.min(nowMs, last) };
}

/** The index of the last line that the picture's time has reached; -1 before the first. `lines` are sorted by time. */
export function reachedLine(lines: readonly ReviewLine[], pictureMs: number): number {
  return lines.findLastIndex(({ atMs }) => atMs <= pictureMs);
}

/** The time to which an arrow key moves: that of the next line, or of the one before. Undefined at the ends. */
export function neighbourLine(lines: readonly ReviewLine[], pictureMs: number, step: 1 | -1): ReviewLine | undefined {
  if (step === 1) return lines.find(({ atMs }) => atMs > pictureMs + 500);
  return lines.findLast(({ atMs }) => atMs < pictureMs - 1500);
}
