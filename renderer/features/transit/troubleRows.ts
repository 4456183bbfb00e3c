import type { Subject } from '../../../shared/alarms/alarm.ts';
import type { TransitBoard, TripTrouble, TroubledTrip } from '../../../shared/transit/transitBoard.ts';

/** What each trouble is called. */
export const troubleLabels: Readonly<Record<TripTrouble, string>> = {
  missed: 'No vehicle',
  cancelled: 'Cancelled',
  late: 'Late',
  latePullOut: 'Not left',
  early: 'Early',
  bunched: 'Bunched',
  gap: 'Gap',
  offRoute: 'Off route',
  skips: 'Skips stops',
};

/** The choice of all routes, or of all troubles. */
export const ALL = 'all';

/** The trips of a route (`ALL`: every one) that have a trouble (`ALL`: any). */
export const shownTrips = ({ trips }: TransitBoard, routeId: string, trouble: string): TroubledTrip[] =>
  trips.filter(
    (trip) => (routeId === ALL || trip.routeId === routeId) && (trouble === ALL || trip.trouble === trouble),
  );

/** What the details of a trip show: its vehicle, or its route where it has none. */
export const subjectOf = ({ vehicleId, routeId }: TroubledTrip): Subject =>
  vehicleId === undefined ? { kind: 'route', id: routeId } : { kind: 'vehicle', id: vehicleId };
