import type { Alarm } from '../../../shared/alarms/alarm.ts';
import type { Detail } from '../../../shared/contract/historyRequests.ts';

type Facts = Detail['facts'];

/** The facts of a thing that the alarm beside them does not say already, as cause or as evidence. */
export const factsBeside = ({ cause, evidence }: Pick<Alarm, 'cause' | 'evidence'>, facts: Facts): Facts =>
  facts.filter(
    ({ label, text }) => text !== cause && !evidence.some((each) => each.label === label && each.text === text),
  );
