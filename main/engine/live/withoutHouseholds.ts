import type { Alarm } from '../../../shared/alarms/alarm.ts';
import type { StreamMessage, StreamName } from '../../../shared/contract/contract.ts';
import { decodeFrame, encodeFrame, meterStates } from '../../../shared/live/frame.ts';
import type { FrameData } from '../../../shared/live/frame.ts';

/** What is to be seen of a meter without the use of its household: whether it is there, and whether it has power. */
const networkStates: ReadonlySet<number> = new Set(
  (['noData', 'normal', 'noVoltage', 'voltage', 'stale'] as const).map((state) => meterStates.indexOf(state)),
);
const normal = meterStates.indexOf('normal');
/** A frame is encoded once for all screens, and so is its form without households. */
const made = new WeakMap<ArrayBuffer, ArrayBuffer>();

/** The frame of meters without what single households use: rates are unknown, and leaks and high use look normal. */
export function withoutHouseholds(bytes: ArrayBuffer): ArrayBuffer {
  const known = made.get(bytes);
  if (known !== undefined) return known;
  const frame = decodeFrame(bytes);
  const columns = frame.columns as FrameData<'meters'>;
  const blurred = encodeFrame({
    ...frame,
    kind: 'meters',
    columns: {
      ...columns,
      rate: columns.rate.map(() => Number.NaN),
      state: columns.state.map((state) => (networkStates.has(state) ? state : normal)),
    },
  });
  made.set(bytes, blurred);
  return blurred;
}

const hasHouseholds = ({ evidence }: Alarm): boolean => evidence.some(({ isOfHouseholds }) => isOfHouseholds === true);

/** Alarms about zones and feeders without the names of single households, and without alarms about one of these. */
export const alarmsWithoutHouseholds = (alarms: readonly Alarm[]): Alarm[] =>
  alarms
    .filter(({ subject }) => subject.kind !== 'meter')
    .map((alarm) =>
      hasHouseholds(alarm)
        ? { ...alarm, evidence: alarm.evidence.filter(({ isOfHouseholds }) => isOfHouseholds !== true) }
        : alarm,
    );

/** What of a stream somebody sees who may not see single households. */
export function streamWithoutHouseholds<S extends StreamName>(stream: S, message: StreamMessage<S>): StreamMessage<S> {
  if (stream !== 'alarms' && stream !== 'alarmsThen') return message;
  const alarms = message as StreamMessage<'alarms'>;
  return { ...alarms, changed: alarmsWithoutHouseholds(alarms.changed) } as StreamMessage<S>;
}
