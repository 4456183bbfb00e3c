import { z } from 'zod';
import { call, nothing } from '../commands/declare.ts';

/** County seconds a second; 0 stands still. */
const replaySpeedSchema = z.number().min(0).max(3600);

/** The time that one screen shows. */
export const timeRequests = {
  /**
   * From the answer on this screen's frames and the streams of the county (see `pastStreams`) are those of a county
   * that is put together anew from what was stored; alarms, incidents and notices stay live. Refused for a time that is
   * not kept.
   */
  'time.travel': call(z.object({ atMs: z.number(), speed: replaySpeedSchema }), nothing),
  /** Another speed for the replay under way; refused where there is none. */
  'time.speed': call(z.object({ speed: replaySpeedSchema }), nothing),
  'time.live': call(nothing, nothing),
} as const;
