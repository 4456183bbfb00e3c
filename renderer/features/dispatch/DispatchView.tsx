import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Proposal, Recommendation } from '../../../shared/dispatch/recommendation.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { useCountyData, useNow, useSelection, useStream } from '../../client/hooks.ts';
import { useGuard } from '../../client/useMay.ts';
import { useProgress, useSentWays } from '../../client/useProgress.ts';
import type { UnitProgress } from '../../../shared/dispatch/arrival.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useTell } from '../../ui/Toasts.tsx';
import { AdvicePanel } from './AdvicePanel.tsx';
import { CallQueue } from './CallQueue.tsx';
import { sortCalls } from './calls.ts';
import styles from './DispatchView.module.css';
import { UnitBoard } from './UnitBoard.tsx';
import { useAdvice } from './useAdvice.ts';
import { useDispatchKeys } from './useDispatchKeys.ts';
import { useOrders } from './useOrders.ts';
import { wayBounds } from './wayBounds.ts';

/** `chosenId`: the incident that units are recommended for; empty if none is chosen yet. */
type Props = { chosenId: string; onChoose: (incidentId: string) => void; map: ReactNode };

/** If the second key of an order does not come within this time, the first one is forgotten. */
const ARMED_MS = 8000;
const noIncidents: ReadonlyMap<string, Incident> = new Map();

/** The dispatcher's page: the waiting incidents, the recommended units, the board of all units, and the map. */
export function DispatchView({ chosenId, onChoose, map }: Props): ReactNode {
  const nowMs = useNow(1000) ?? 0;
  const incidents = useStream('incidents');
  const calls = sortCalls((incidents ?? noIncidents).values(), nowMs);
  const chosen = calls.find(({ incident }) => incident.id === chosenId)?.incident;
  const { units } = useCountyData();
  useFirstChoice(chosenId, calls[0]?.incident.id, onChoose);
  useSelectedCall(chosen?.id, (id) => calls.some(({ incident }) => incident.id === id) && onChoose(id));
  const step = (by: 1 | -1): void => {
    const next = calls[Math.max(0, calls.findIndex(({ incident }) => incident.id === chosenId) + by)];
    if (next !== undefined) onChoose(next.incident.id);
  };
  return (
    <div className={styles['view']}>
      <section className={styles['panel']} aria-label="Calls">
        <h2>
          Calls <span>{incidents === undefined ? '' : `${calls.length} open`}</span>
        </h2>
        {incidents === undefined ? (
          <Skeleton rows={4} height={64} />
        ) : (
          <CallQueue calls={calls} chosenId={chosen?.id} nowMs={nowMs} onChoose={onChoose} />
        )}
      </section>
      <Advice
        incident={chosen}
        isOver={chosen === undefined && calls.length > 0 && chosenId !== ''}
        nowMs={nowMs}
        nameOf={(id) => units?.find((unit) => unit.id === id)?.name ?? id}
        onStep={step}
      />
      <div className={styles['side']}>
        <div className={styles['map']}>{map}</div>
        <section className={styles['panel']} aria-label="Unit board">
          <h2>Units</h2>
          <UnitBoard units={units} incidents={(incidents ?? noIncidents).values()} />
        </section>
      </div>
    </div>
  );
}

/**
 * `advice` is the recommendation that was shown when D was pressed. This state is entered even if no unit can be sent,
 * so that a digit after D never changes the page.
 */
type Armed = { incidentId: string; advice: Recommendation | undefined };
type AdviceProps = {
  incident: Incident | undefined;
  isOver: boolean;
  nowMs: number;
  nameOf: (unitId: string) => string;
  onStep: (by: 1 | -1) => void;
};

/**
 * The recommendation, and the keys that act on it. From the moment that D is pressed the recommendation does not
 * change, so that a digit means the unit beside which the dispatcher read it.
 */
function Advice({ incident, isOver, nowMs, nameOf, onStep }: AdviceProps): ReactNode {
  const answer = useAdvice(incident);
  const { last, send, standDown } = useOrders();
  const guard = useGuard();
  const tell = useTell();
  const [armed, setArmed] = useArmed(incident?.id);
  const advice = armed?.advice ?? (answer.state === 'done' ? answer.value : undefined);
  const progress = useProgress(incident);
  useWays(incident, advice, progress);
  const undoId =
    last !== undefined && incident?.id === last.incidentId && incident.unitIds.includes(last.unitId)
      ? last.unitId
      : undefined;
  const order = (incidentId: string, proposal: Proposal | undefined): void => {
    setArmed(undefined);
    if (proposal === undefined) tell('There is no unit of this number to send.');
    else void send(incidentId, proposal, nowMs);
  };
  const arm = (): void => {
    if (guard('incident.orderUnit')) setArmed({ incidentId: incident?.id ?? '', advice });
  };
  useDispatchKeys(armed !== undefined, {
    arm,
    send: (index) => armed !== undefined && order(armed.incidentId, armed.advice?.proposals[index]),
    disarm: () => setArmed(undefined),
    undo: () => {
      if (!guard('incident.orderUnit')) return;
      if (last === undefined) tell('There is no order to take back.');
      else void standDown(last.incidentId, last.unitId, last.name);
    },
    step: onStep,
  });
  return (
    <AdvicePanel
      {...{ incident, isOver, advice, nowMs, nameOf, undoId, progress }}
      failure={answer.state === 'failed' ? answer.message : undefined}
      isArmed={armed !== undefined}
      onSend={(proposal) => incident !== undefined && order(incident.id, proposal)}
      onStandDown={(unitId) => incident !== undefined && void standDown(incident.id, unitId, nameOf(unitId))}
    />
  );
}

/** Holds the state between the two keys of an order; it applies to one incident, and ends after `ARMED_MS`. */
function useArmed(incidentId: string | undefined): [Armed | undefined, (armed: Armed | undefined) => void] {
  const [armed, setArmed] = useState<Armed>();
  useEffect(() => {
    if (armed === undefined) return undefined;
    const disarm = (): void => setArmed(undefined);
    const timer = window.setTimeout(disarm, ARMED_MS);
    window.addEventListener('blur', disarm);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener('blur', disarm);
    };
  }, [armed]);
  return [armed !== undefined && armed.incidentId === (incidentId ?? '') ? armed : undefined, setArmed];
}

/**
 * Chooses the first call when a person opens the page; from then on only people choose, so that the page never changes
 * while somebody works on it.
 */
function useFirstChoice(chosenId: string, firstId: string | undefined, onChoose: (incidentId: string) => void): void {
  useEffect(() => {
    if (chosenId === '' && firstId !== undefined) onChoose(firstId);
  }, [chosenId, firstId, onChoose]);
}

/**
 * Keeps the chosen call and the selection the same: choosing a call selects it, and an incident that is selected on the
 * map or has just been opened becomes the chosen call.
 */
function useSelectedCall(chosenId: string | undefined, onSelect: (incidentId: string) => void): void {
  const { selected, select } = useSelection();
  useEffect(() => {
    if (chosenId !== undefined) select({ kind: 'incident', id: chosenId });
  }, [select, chosenId]);
  useEffect(() =>
    selected.subscribe(() => {
      const subject = selected.get();
      if (subject?.kind === 'incident' && subject.id !== chosenId) onSelect(subject.id);
    }),
  );
}

/**
 * Draws the ways of the units that were sent and of those that are proposed while they are shown, and once per incident
 * moves the map so that all of them are in view.
 */
function useWays(
  incident: Incident | undefined,
  advice: Recommendation | undefined,
  progress: ReadonlyMap<string, UnitProgress>,
): void {
  const { flyToBounds } = useSelection();
  const shownFor = useRef<string>(undefined);
  // Beside the ways of units that really drive, those of units that could come are of less weight.
  const isAnybodySent = progress.size > 0;
  useSentWays(
    progress,
    (advice?.proposals ?? []).map(({ route, isFirst }) => ({ path: route, isStrong: isFirst && !isAnybodySent })),
  );
  useEffect(() => {
    if (incident === undefined || advice?.incidentId !== incident.id || shownFor.current === incident.id) return;
    shownFor.current = incident.id;
    const bounds = wayBounds(incident, [
      ...advice.proposals.filter(({ isFirst }) => isFirst).map(({ route }) => route),
      ...[...progress.values()].map(({ arrival }) => arrival?.route ?? []),
    ]);
    if (bounds !== undefined) flyToBounds(bounds);
  }, [incident, advice, progress, flyToBounds]);
}
