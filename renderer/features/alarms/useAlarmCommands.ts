import { useCallback, useState } from 'react';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { isUnacknowledged } from '../../../shared/alarms/alarmStates.ts';
import { useCommand } from '../../client/useCommand.ts';
import { useGuard } from '../../client/useMay.ts';

/** The most alarms that one command accepts. */
const AT_ONCE = 500;

export type AlarmCommands = {
  acknowledge: (alarms: readonly Alarm[]) => void;
  unshelve: (alarms: readonly Alarm[]) => void;
  /**
   * True for an alarm that was acknowledged here and for which the engine has not reported it yet. It is shown at once,
   * so that the key press has an immediate effect.
   */
  isSent: (alarm: Alarm) => boolean;
};

/** The actions on alarms from a list; when one is not allowed, the person is shown why. */
export function useAlarmCommands(): AlarmCommands {
  const guard = useGuard();
  const run = useCommand();
  // Holds, by alarm, the time of the change that was acknowledged: any later report of the engine about the alarm ends
  // the waiting.
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
