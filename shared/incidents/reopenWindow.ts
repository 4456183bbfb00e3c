import type { Incident } from './incident.ts';

/**
 * Within this time after its end an incident is reopened without a word: it was ended by mistake. Later it needs a
 * reason (IRIS).
 */
export const REOPEN_WINDOW_MS = 300_000;

/** Whether reopening now has to be explained. */
export const needsReopenReason = ({ resolvedAtMs }: Pick<Incident, 'resolvedAtMs'>, nowMs: number): boolean =>
  resolvedAtMs !== undefined && nowMs - resolvedAtMs > REOPEN_WINDOW_MS;
