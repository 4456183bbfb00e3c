import type { Incident } from '../../../shared/incidents/incident.ts';

/** What led to it, and what it left behind, are part of it. */
const BEFORE_MS = 5 * 60_000;
const AFTER_MS = 2 * 60_000;

export type ReviewLine = { id: string; atMs: number; actor: string; text: string; incidentId?: string | undefined };

/**
 * From before the first thing that was known of an incident to after the last that was done; an open one goes on until
 * now.
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

/** The line that the picture's time has reached last; -1 before the first. `lines` are by time. */
export function reachedLine(lines: readonly ReviewLine[], pictureMs: number): number {
  return lines.findLastIndex(({ atMs }) => atMs <= pictureMs);
}

/** Where to go from here with the arrow keys: to the next line, or back to the one before. Undefined at the ends. */
export function neighbourLine(lines: readonly ReviewLine[], pictureMs: number, step: 1 | -1): ReviewLine | undefined {
  if (step === 1) return lines.find(({ atMs }) => atMs > pictureMs + 500);
  return lines.findLast(({ atMs }) => atMs < pictureMs - 1500);
}
