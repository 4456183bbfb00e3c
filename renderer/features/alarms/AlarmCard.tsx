import { Check, MapPin, Siren, TimerOff, TimerReset, Wrench } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { isUnacknowledged } from '../../../shared/alarms/alarmStates.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useNow, useSelection, useStream } from '../../client/hooks.ts';
import { useCommand } from '../../client/useCommand.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { Button } from '../../ui/Button.tsx';
import { formatAge } from '../../ui/formatTime.ts';
import styles from './AlarmCard.module.css';
import { AlarmMark } from './AlarmMark.tsx';
import { hiddenWords, respondWords } from './alarmWords.ts';
import { OutOfServiceDialog } from './OutOfServiceDialog.tsx';
import { ShelveDialog } from './ShelveDialog.tsx';

type Props = {
  alarm: Alarm;
  onOpenIncident: (alarms: readonly Alarm[]) => void;
  /** Moves the map to the alarm's place; absent where the map is beside the card. */
  onShow?: (alarm: Alarm) => void;
};

/** Answers what an operator asks of an alarm: why it was raised, what it leads to, what to do and until when. */
export function AlarmCard({ alarm, ...actions }: Props): ReactNode {
  return (
    <section className={styles['alarm']} aria-label={`Alarm: ${alarm.title}`} data-testid="alarm-card">
      <h3>
        <AlarmMark alarm={alarm} />
        {alarm.title}
      </h3>
      <p className={styles['when']}>
        <AlarmTimes alarm={alarm} />
      </p>
      <HiddenNote alarm={alarm} />
      <AlarmFacts alarm={alarm} {...actions} />
      <AlarmButtons alarm={alarm} {...actions} />
    </section>
  );
}

function AlarmFacts({ alarm, onShow }: Props): ReactNode {
  const positions = useStream('positions') ?? [];
  const { place, cause, consequence, action, evidence, position, chatter, activations } = alarm;
  return (
    <dl>
      <dt>Cause</dt>
      <dd>{cause}</dd>
      <dt>Leads to</dt>
      <dd>{consequence}</dd>
      <dt>Do</dt>
      <dd className={styles['action']}>{action}</dd>
      <dt>Respond</dt>
      <dd>
        <RespondTime alarm={alarm} />
      </dd>
      <dt>Place</dt>
      <dd>
        {onShow === undefined ? (
          place
        ) : (
          <button type="button" className={styles['link']} onClick={() => onShow(alarm)}>
            <MapPin size={14} aria-hidden />
            {place === '' ? 'Show on the map' : place}
          </button>
        )}
      </dd>
      {evidence.map(({ label, text }) => (
        <Fact key={label} label={label} text={text} />
      ))}
      <Fact label="Position" text={positions.find(({ id }) => id === position)?.name ?? position} />
      {activations !== undefined && (
        <Fact
          label="Activations"
          text={`${activations} within the last hour${chatter === undefined ? '' : `, ${chatter}`}`}
        />
      )}
    </dl>
  );
}

function Fact({ label, text }: { label: string; text: string }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd>{text}</dd>
    </>
  );
}

function RespondTime({ alarm }: { alarm: Alarm }): ReactNode {
  const nowMs = useNow(1000);
  const left = nowMs === undefined ? undefined : respondWords(alarm, nowMs);
  return (
    <>
      within {formatAge(alarm.respondWithinMs)}
      {left !== undefined && <span data-over={left.isOver}>, {left.text}</span>}
    </>
  );
}

function HiddenNote({ alarm }: { alarm: Alarm }): ReactNode {
  const words = hiddenWords(alarm, useLocalTime());
  if (words === undefined) return null;
  const state = { shelved: 'Shelved', suppressed: 'Suppressed', outOfService: 'Out of service' }[
    alarm.state as 'shelved' | 'suppressed' | 'outOfService'
  ];
  return (
    <div className={styles['hidden']}>
      <p>
        <b>{state}</b> {words.until}, {words.by}: {words.why}
      </p>
      <p>{alarm.wasState === undefined ? 'Its condition does not hold now.' : 'Its condition holds.'}</p>
    </div>
  );
}

function AlarmTimes({ alarm }: { alarm: Alarm }): ReactNode {
  const nowMs = useNow(1000);
  const time = useLocalTime();
  const parts = [
    `Raised ${time.clock(alarm.raisedAtMs)}${nowMs === undefined ? '' : `, ${formatAge(nowMs - alarm.raisedAtMs)} ago`}`,
    alarm.acknowledgedAtMs === undefined
      ? undefined
      : `acknowledged ${time.clock(alarm.acknowledgedAtMs)} by ${alarm.acknowledgedBy ?? 'somebody'}`,
    alarm.returnedAtMs === undefined ? undefined : `back to normal ${time.clock(alarm.returnedAtMs)}`,
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

function AlarmButtons({ alarm, onOpenIncident, onShow }: Props): ReactNode {
  const run = useCommand();
  const selection = useSelection();
  const [dialog, setDialog] = useState<'shelve' | 'outOfService'>();
  const { incidentId, state } = alarm;
  // Beside a map the incident opens there; elsewhere a selection would show nothing.
  const goToIncident = (id: string): void =>
    onShow === undefined
      ? selection.select({ kind: 'incident', id })
      : window.location.assign(`#/incidents/${encodeURIComponent(id)}`);
  const isHidden = state === 'shelved' || state === 'outOfService' || state === 'suppressed';
  return (
    <div className={styles['buttons']}>
      {isUnacknowledged(alarm) && (
        <CommandButton
          command="alarm.acknowledge"
          tone="strong"
          onPress={() => void run('alarm.acknowledge', { alarmIds: [alarm.id] })}
        >
          <Check size={16} aria-hidden />
          Acknowledge
        </CommandButton>
      )}
      <Button
        {...(incidentId === undefined && { command: 'incident.open' })}
        onPress={() => (incidentId === undefined ? onOpenIncident([alarm]) : goToIncident(incidentId))}
      >
        <Siren size={16} aria-hidden />
        {incidentId === undefined ? 'Open incident' : 'Go to its incident'}
      </Button>
      {!isHidden && state !== 'cleared' && (
        <CommandButton command="alarm.shelve" onPress={() => setDialog('shelve')}>
          <TimerOff size={16} aria-hidden />
          Shelve
        </CommandButton>
      )}
      {state === 'shelved' && (
        <CommandButton command="alarm.unshelve" onPress={() => void run('alarm.unshelve', { alarmIds: [alarm.id] })}>
          <TimerReset size={16} aria-hidden />
          Unshelve
        </CommandButton>
      )}
      <ServiceButton alarm={alarm} onTakeOut={() => setDialog('outOfService')} />
      {dialog === 'shelve' && <ShelveDialog alarms={[alarm]} onClose={() => setDialog(undefined)} />}
      {dialog === 'outOfService' && <OutOfServiceDialog alarm={alarm} onClose={() => setDialog(undefined)} />}
    </div>
  );
}

function ServiceButton({ alarm: { id, state }, onTakeOut }: { alarm: Alarm; onTakeOut: () => void }): ReactNode {
  const run = useCommand();
  if (state === 'cleared') return null;
  const isOut = state === 'outOfService';
  return (
    <CommandButton
      command={isOut ? 'alarm.returnToService' : 'alarm.takeOutOfService'}
      tone="quiet"
      onPress={() => (isOut ? void run('alarm.returnToService', { alarmId: id }) : onTakeOut())}
    >
      <Wrench size={16} aria-hidden />
      {isOut ? 'Return to service' : 'Out of service'}
    </CommandButton>
  );
}
