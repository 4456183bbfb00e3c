import type { RequestName } from '../../../shared/contract/contract.ts';
import type { Person } from '../../../shared/people/person.ts';
import type { AlarmHistory } from '../alarms/AlarmHistory.ts';
import type { AlarmCommands } from '../alarms/AlarmCommands.ts';
import type { RaisedLog } from '../alarms/RaisedLog.ts';
import type { Handlers } from '../base/Handlers.ts';

export type AlarmHandlerSources = {
  alarmCommands: AlarmCommands;
  raised: RaisedLog;
  history: AlarmHistory;
  /** Sends out what changed, without waiting for the next tick. */
  changed: () => void;
};

type AlarmRequest = Extract<RequestName, `alarm.${string}` | `alarms.${string}` | `position.${string}`>;

/** Answers requests about alarms and operating positions. */
export function alarmHandlers({
  alarmCommands,
  raised,
  history,
  changed,
}: AlarmHandlerSources): Pick<Handlers, AlarmRequest> {
  const command =
    <I>(run: (person: Person, input: I) => Promise<void>) =>
    async (input: I, person: Person): Promise<Record<string, never>> => {
      await run(person, input);
      changed();
      return {};
    };
  return {
    'alarms.raised': ({ fromMs, toMs }) => {
      const rows = raised.between(fromMs, toMs);
      return {
        sinceMs: raised.sinceMs,
        atMs: rows.map(({ atMs }) => atMs),
        priority: rows.map(({ priority }) => priority),
      };
    },
    'alarms.history': () => ({ alarms: history.all() }),
    'alarm.acknowledge': command((person, input) => alarmCommands.acknowledge(person, input)),
    'alarm.shelve': command((person, input) => alarmCommands.shelve(person, input)),
    'alarm.unshelve': command((person, input) => alarmCommands.unshelve(person, input)),
    'alarm.takeOutOfService': command((person, input) => alarmCommands.takeOutOfService(person, input)),
    'alarm.returnToService': command((person, input) => alarmCommands.returnToService(person, input)),
    'position.take': command((person, { positionId }) => alarmCommands.takePosition(person, positionId)),
    'position.release': command((person, { positionId }) => alarmCommands.releasePosition(person, positionId)),
  };
}
