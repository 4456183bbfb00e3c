import type { ReactNode } from 'react';
import type { Alarm, Subject } from '../../../shared/alarms/alarm.ts';
import { useSelection, useStream } from '../../client/hooks.ts';
import type { Selectable } from '../../client/selection.ts';
import { useReadable } from '../../ui/useReadable.ts';
import { SubjectDetail } from './SubjectDetail.tsx';

type Props = {
  /** Draws an alarm's reason and what to do, beside the facts. */ drawAlarm: (alarm: Alarm) => ReactNode;
};

/** Shows the selected thing with its history. An incident has a page of its own instead. */
export function DetailPanel({ drawAlarm }: Props): ReactNode {
  const selection = useSelection();
  const selected = useReadable(selection.selected);
  const alarms = useStream('alarms');
  const alarmsThen = useStream('alarmsThen');
  const close = (): void => selection.select(undefined);
  if (selected === undefined || selected.kind === 'incident') return null;
  if (isSubject(selected))
    return <SubjectDetail key={`${selected.kind}:${selected.id}`} subject={selected} onClose={close} />;
  const alarm = alarms?.get(selected.id) ?? alarmsThen?.get(selected.id);
  if (alarm === undefined) return null;
  return (
    <SubjectDetail key={`alarm:${alarm.id}`} subject={alarm.subject} alarm={alarm} onClose={close}>
      {drawAlarm(alarm)}
    </SubjectDetail>
  );
}

const isSubject = (selectable: Selectable): selectable is Subject =>
  selectable.kind !== 'alarm' && selectable.kind !== 'incident';
