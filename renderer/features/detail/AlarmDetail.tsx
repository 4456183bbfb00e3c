import { Check, Siren } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { useNow, useSelection } from '../../live/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { CommandZone } from '../../ui/CommandZone.tsx';
import { formatAge } from '../../ui/formatTime.ts';
import { PriorityMark } from '../../ui/PriorityMark.tsx';
import { useCommand } from '../../ui/useCommand.ts';
import { useLocalTime } from '../../ui/useLocalTime.ts';
import styles from './AlarmDetail.module.css';

type Props = { alarm: Alarm; onOpenIncident: (alarm: Alarm) => void };

/** Why it is an alarm, what it leads to, what to do: the three things an operator asks. */
export function AlarmDetail({ alarm, onOpenIncident }: Props): ReactNode {
  return (
    <section className={styles['alarm']} aria-label={`Alarm: ${alarm.title}`}>
      <h3>
        <PriorityMark priority={alarm.priority} isHollow={alarm.state !== 'active'} />
        {alarm.title}
      </h3>
      <p className={styles['when']}>
        <AlarmTimes alarm={alarm} />
      </p>
      <dl>
        <dt>Cause</dt>
        <dd>{alarm.cause}</dd>
        <dt>Leads to</dt>
        <dd>{alarm.consequence}</dd>
        <dt>Do</dt>
        <dd className={styles['action']}>{alarm.action}</dd>
        {alarm.evidence.map(({ label, text }) => (
          <EvidenceLine key={label} label={label} text={text} />
        ))}
      </dl>
      <CommandZone>
        <AlarmButtons alarm={alarm} onOpenIncident={onOpenIncident} />
      </CommandZone>
    </section>
  );
}

function EvidenceLine({ label, text }: { label: string; text: string }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd>{text}</dd>
    </>
  );
}

function AlarmTimes({ alarm }: { alarm: Alarm }): ReactNode {
  const nowMs = useNow(1000);
  const time = useLocalTime();
  const parts = [
    `Raised ${time.clock(alarm.raisedAtMs)}${nowMs === undefined ? '' : `, ${formatAge(nowMs - alarm.raisedAtMs)} ago`}`,
    alarm.acknowledgedAtMs === undefined ? undefined : `acknowledged ${time.clock(alarm.acknowledgedAtMs)} by ${alarm.acknowledgedBy ?? 'somebody'}`,
    alarm.returnedAtMs === undefined ? undefined : `back to normal ${time.clock(alarm.returnedAtMs)}`,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

function AlarmButtons({ alarm, onOpenIncident }: Props): ReactNode {
  const run = useCommand();
  const selection = useSelection();
  const { incidentId } = alarm;
  return (
    <div className={styles['buttons']}>
      {alarm.acknowledgedAtMs === undefined && (
        <Button tone="strong" onPress={() => void run('alarm.acknowledge', { alarmIds: [alarm.id] })}>
          <Check size={16} aria-hidden />
          Acknowledge
        </Button>
      )}
      <Button onPress={() => (incidentId === undefined ? onOpenIncident(alarm) : selection.select({ kind: 'incident', id: incidentId }))}>
        <Siren size={16} aria-hidden />
        {incidentId === undefined ? 'Open incident' : 'Go to its incident'}
      </Button>
    </div>
  );
}
