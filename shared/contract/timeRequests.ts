import { z } from 'zod';
import { call, nothing } from '../commands/declare.ts';

/** County seconds per second; 0 stands still. */
const replaySpeedSchema = z.number().min(0).max(3600);

/** The requests about the time that one screen shows. */
export const timeRequests = {
  /**
   * From the answer on, this screen's frames and the streams of the county (see `pastStreams`) come from a county that
   * is rebuilt from what was stored; alarms, incidents and notices stay live. Refused for a time that the store does
   * not cover.
   */
  'time.travel': call(z.object({ atMs: z.number(), speed: replaySpeedSchema }), nothing, 'past.replay'),
  /** Changes the speed of the running replay; refused where there is none. */
  'time.speed': call(z.object({ speed: replaySpeedSchema }), nothing, 'past.replay'),
  'time.live': call(nothing, nothing, 'past.replay'),
} as const;
