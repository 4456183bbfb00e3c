import type { Incident } from './incident.ts';

/**
 * Within this time (ms) after its end an incident is reopened without a reason, because it was ended by mistake. Later
 * a reason is needed (IRIS).
 */
export const REOPEN_WINDOW_MS = 300_000;

/** Whether reopening now has to be explained. */
export const needsReopenReason = ({ resolvedAtMs }: Pick<Incident, 'resolvedAtMs'>, nowMs: number): boolean =>
  resolvedAtMs !== undefined && nowMs - resolvedAtMs > REOPEN_WINDOW_MS;
