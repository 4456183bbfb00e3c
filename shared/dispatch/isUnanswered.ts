import type { Engagement } from '../incidents/incident.ts';
import { acceptWithinMs } from './rules.ts';

/** Whether a unit should have accepted its order by now and has not. */
export const isUnanswered = ({ state, atMs }: Pick<Engagement, 'state' | 'atMs'>, nowMs: number): boolean =>
  state === 'ordered' && nowMs - atMs >= acceptWithinMs;
