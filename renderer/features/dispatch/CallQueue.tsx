import type { ReactNode } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { serviceClocks } from '../../../shared/incidents/serviceLevels.ts';
import { PriorityMark } from '../../client/PriorityMark.tsx';
import { Blank } from '../../ui/Blank.tsx';
import { formatElapsed } from '../../ui/formatTime.ts';
import styles from './CallQueue.module.css';
import { awareAtMs, callStateNames } from './calls.ts';
import type { CallState } from './calls.ts';

type Call = { incident: Incident; state: CallState };
type Props = {
  calls: readonly Call[];
  chosenId: string | undefined;
  nowMs: number;
  onChoose: (incidentId: string) => void;
};

/** Lists the open incidents with their clocks; units are recommended for the chosen one. */
export function CallQueue({ calls, chosenId, nowMs, onChoose }: Props): ReactNode {
  if (calls.length === 0) return <Blank title="No open incidents.">Nobody has to be sent anywhere. N opens one.</Blank>;
  return (
    <GridList
      aria-label="Open incidents"
      className={styles['rows'] ?? ''}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={chosenId === undefined ? [] : [chosenId]}
      onSelectionChange={(keys) => {
        const [key] = keys;
        if (typeof key === 'string') onChoose(key);
      }}
    >
      {calls.map((call) => (
        <GridListItem
          key={call.incident.id}
          id={call.incident.id}
          textValue={call.incident.title}
          className={styles['item'] ?? ''}
          data-testid="call-row"
        >
          <CallCells call={call} nowMs={nowMs} />
        </GridListItem>
      ))}
    </GridList>
  );
}

function CallCells({ call: { incident, state }, nowMs }: { call: Call; nowMs: number }): ReactNode {
  const isAbnormal = state === 'waiting' || state === 'unanswered';
  return (
    <div className={styles['row']} data-state={state}>
      <PriorityMark
        priority={incident.priority}
        isHollow={!isAbnormal}
        isPulsing={state === 'unanswered' && incident.priority <= 2}
      />
      <div className={styles['words']}>
        <p className={styles['title']} title={incident.title}>
          {incident.title}
        </p>
        <p className={styles['place']} title={incident.place}>
          {incident.place}
        </p>
        <p className={styles['facts']}>
          {incident.id} · <b data-abnormal={isAbnormal}>{callStateNames[state]}</b>
        </p>
      </div>
      <div className={styles['clock']}>
        <b role="timer">{formatElapsed(nowMs - awareAtMs(incident))}</b>
        <ResponseClock incident={incident} nowMs={nowMs} />
      </div>
    </div>
  );
}

/** The time that is left until a unit must be on scene, by the service level of the incident's class. */
function ResponseClock({ incident, nowMs }: { incident: Incident; nowMs: number }): ReactNode {
  const clock = serviceClocks(incident, nowMs).find(({ measure }) => measure === 'response');
  if (clock?.dueAtMs === undefined) return null;
  switch (clock.state) {
    case 'running':
    case 'warning':
      return <span data-state={clock.state}>due in {formatElapsed(clock.dueAtMs - nowMs)}</span>;
    case 'missed':
      return <span data-state="missed">late by {formatElapsed(nowMs - clock.dueAtMs)}</span>;
    case 'met':
      return <span>in time</span>;
    case 'late':
      return <span data-state="missed">too late</span>;
    case 'waiting':
    case 'unmeasured':
      return null;
  }
}
