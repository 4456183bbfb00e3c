import type { Alarm } from '../../shared/alarms/alarm.ts';
import type { AlarmLoad } from '../../shared/alarms/alarmLoad.ts';
import type { HeldPosition } from '../../shared/alarms/positions.ts';
import type { ServiceRequest } from '../../shared/citizens/serviceRequest.ts';
import type { Figure, StreamMessage, StreamName } from '../../shared/contract/contract.ts';
import type { SentOrder } from '../../shared/dispatch/sentOrder.ts';
import type { Incident } from '../../shared/incidents/incident.ts';
import type { Proposal } from '../../shared/proposals/proposal.ts';
import type { TransitBoard } from '../../shared/transit/transitBoard.ts';
import type { Shift } from '../../shared/shifts/shift.ts';

type Row<S extends 'vehicles' | 'units'> = StreamMessage<S>['rows'][number];
export type Vitals = StreamMessage<'vitals'>;
export type VehicleRow = Row<'vehicles'>;
export type UnitRow = Row<'units'>;
export type Report = StreamMessage<'reports'>['changed'][number];
export type Notice = StreamMessage<'notices'>['notices'][number];

/**
 * The state that results from the messages of each stream: alarms, incidents and reports by id; rosters by the row
 * index of their frames.
 */
export type StreamState = {
  vitals: Vitals;
  alarms: ReadonlyMap<string, Alarm>;
  alarmsThen: ReadonlyMap<string, Alarm>;
  positions: readonly HeldPosition[];
  alarmLoad: readonly AlarmLoad[];
  incidents: ReadonlyMap<string, Incident>;
  orders: readonly SentOrder[];
  proposals: readonly Proposal[];
  shift: readonly Shift[];
  figures: readonly Figure[];
  transit: TransitBoard;
  vehicles: ReadonlyMap<number, VehicleRow>;
  units: ReadonlyMap<number, UnitRow>;
  reports: ReadonlyMap<string, Report>;
  serviceRequests: ReadonlyMap<string, ServiceRequest>;
  desk: StreamMessage<'desk'>;
  notices: readonly Notice[];
};

type Merge<S extends StreamName> = (state: StreamState[S] | undefined, message: StreamMessage<S>) => StreamState[S];

function mergedMap<K, V>(
  state: ReadonlyMap<K, V> | undefined,
  isFull: boolean,
  rows: readonly V[],
  keyOf: (row: V) => K,
  removed: readonly K[] = [],
): ReadonlyMap<K, V> {
  const next = new Map(isFull ? [] : state);
  for (const row of rows) next.set(keyOf(row), row);
  for (const key of removed) next.delete(key);
  return next;
}

const byId = (row: { id: string }): string => row.id;
const byIndex = (row: { index: number }): number => row.index;

const merges: { [S in StreamName]: Merge<S> } = {
  vitals: (_, message) => message,
  alarms: (state, message) => mergedMap(state, message.isFull, message.changed, byId, message.removed),
  alarmsThen: (state, message) => mergedMap(state, message.isFull, message.changed, byId, message.removed),
  positions: (_, message) => message.positions,
  alarmLoad: (_, message) => message.loads,
  incidents: (state, message) => mergedMap(state, message.isFull, message.changed, byId),
  orders: (_, message) => message.orders,
  proposals: (_, message) => message.proposals,
  shift: (_, message) => message.shifts,
  figures: (_, message) => message.figures,
  transit: (_, message) => message,
  vehicles: (state, message) => mergedMap(state, message.isFull, message.rows, byIndex),
  units: (state, message) => mergedMap(state, message.isFull, message.rows, byIndex),
  reports: (state, message) => mergedMap(state, message.isFull, message.changed, byId),
  serviceRequests: (state, message) => mergedMap(state, message.isFull, message.changed, ({ number }) => number),
  desk: (_, message) => message,
  notices: (_, message) => message.notices,
};

/** The stream's state after one more message; a new value, so that React sees the change. */
export function mergeStream<S extends StreamName>(
  name: S,
  state: StreamState[S] | undefined,
  message: StreamMessage<S>,
): StreamState[S] {
  return merges[name](state, message);
}
