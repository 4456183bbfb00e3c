import { z } from 'zod';
import { alarmEvents } from './alarmEvents.ts';
import { deskEvents } from './deskEvents.ts';
import { incidentEvents } from './incidentEvents.ts';
import { peopleEvents } from './peopleEvents.ts';
import { proposalEvents } from './proposalEvents.ts';
import { shiftEvents } from './shiftEvents.ts';

/**
 * Everything that people did, and what must be told beside it: the events of the log. Append-only; a correction is a
 * new event.
 */
export const recordEventSchema = z.discriminatedUnion('kind', [
  ...incidentEvents,
  ...alarmEvents,
  ...peopleEvents,
  ...shiftEvents,
  ...deskEvents,
  ...proposalEvents,
]);
export type RecordEvent = z.infer<typeof recordEventSchema>;
