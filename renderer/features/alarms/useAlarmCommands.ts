import { useCallback, useState } from 'react';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { isUnacknowledged } from '../../../shared/alarms/alarmStates.ts';
import { useCommand } from '../../client/useCommand.ts';
import { useGuard } from '../../client/useMay.ts';

/** As many as one command takes. */
const AT_ONCE = 500;

export type AlarmCommands = {
  acknowledge: (alarms: readonly Alarm[]) => void;
  unshelve: (alarms: readonly Alarm[]) => void;
  /** Acknowledged here, and not yet told by the engine: shown at once, so that a key is answered at once. */
  isSent: (alarm: Alarm) => boolean;
};

/** What is done to alarms from a list; where it may not be done, the person is told why. */
export function useAlarmCommands(): AlarmCommands {
  const guard = useGuard();
  const run = useCommand();
  // With the time of the change that was acknowledged: whatever the engine says of the alarm later ends the waiting.
  const [sent, setSent] = useState<ReadonlyMap<string, number>>(new Map());
  const isSent = useCallback(({ id, changedAtMs }: Alarm): boolean => sent.get(id) === changedAtMs, [sent]);
  const inParts = (name: 'alarm.acknowledge' | 'alarm.unshelve', alarms: readonly Alarm[]): void => {
    const refused = (part: readonly Alarm[]): void =>
      setSent((before) => new Map([...before].filter(([id]) => !part.some((alarm) => alarm.id === id))));
    for (let at = 0; at < alarms.length; at += AT_ONCE) {
      const part = alarms.slice(at, at + AT_ONCE);
      void run(name, { alarmIds: part.map(({ id }) => id) }).then((answer) => answer === undefined && refused(part));
    }
  };
  return {
    acknowledge: (alarms) => {
      if (!guard('alarm.acknowledge')) return;
      const waiting = alarms.filter(isUnacknowledged);
      setSent((before) => new Map([...before, ...waiting.map(({ id, changedAtMs }) => [id, changedAtMs] as const)]));
      inParts('alarm.acknowledge', waiting);
    },
    unshelve: (alarms) =>
      guard('alarm.unshelve') &&
      inParts(
        'alarm.unshelve',
        alarms.filter(({ state }) => state === 'shelved'),
      ),
    isSent,
  };
}
