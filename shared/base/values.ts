import type { Quality } from './quality.ts';
import type { Quantity } from './quantities.ts';

/**
 * The normalised values that feeds make of messages: SI units, UTC epoch milliseconds, WGS84 degrees, delay positive
 * when late, GTFS direction 0 or 1. Nothing behind a feed knows a wire format.
 */
export type Value = Sample | VehicleObservation | TripReport | DeviceFlags | UnitReport | CitizenReport | Notice;

type Measured = {
  /** When it was measured. */
  atMs: number;
  quality: Quality;
  /** Why the quality is not `good`, in words for the screen. */
  reason?: string;
};

/** The device that a value is of; `deviceNumber` is its number in the registry, where the feed has looked it up. */
type OfDevice = { deviceId: string; deviceNumber?: number | undefined };

/** One measured number of one series (a device and a quantity). */
export type Sample = Measured & OfDevice & { kind: 'sample'; quantity: Quantity; value: number };

/** The kind of vehicle on a route of public transport. */
export type VehicleMode = 'bus' | 'tram' | 'train' | 'ferry' | 'metro' | 'other';

/** Where a vehicle is. `vehicleId` is unique over all feeds: the feed's prefix and the operator's number. */
export type VehicleObservation = Measured & {
  kind: 'vehicle';
  vehicleId: string;
  label?: string;
  mode: VehicleMode;
  lon?: number;
  lat?: number;
  speedMps?: number;
  /** Degrees clockwise from north. */
  headingDeg?: number;
  /** Seconds behind the timetable; negative when ahead. */
  delayS?: number;
  /** The agency whose numbers these are, where the feed has several. */
  agency?: string;
  routeId?: string;
  routeName?: string;
  tripId?: string;
  /** A trip that is not in the timetable as it is: an extra one, or a copy of one at another time. */
  tripKind?: TripKind;
  directionId?: 0 | 1;
  stopId?: string;
  /** The number, among the stops of its trip, of the stop that it is at or comes to next. */
  stopSequence?: number;
  /** The operator's feed says that there is no such vehicle any more. */
  isWithdrawn?: boolean;
  /** Operating day of the trip as YYYY-MM-DD and its start as HH:MM local (may pass 24:00). */
  serviceDay?: string;
  startTime?: string;
  occupancyRatio?: number;
  doorsOpen?: boolean;
  /** How the position was found, as the source says: GPS, odometer, by hand, estimated. */
  positionSource?: string;
  /** True where the vehicle serves no trip (dead run, signed off): shown, but never judged for punctuality. */
  outOfService?: boolean;
};

/**
 * How a trip differs from the timetable: it runs as planned, not at all, beside the plan, or as a copy of a planned
 * trip at another time.
 */
export type TripKind = 'scheduled' | 'canceled' | 'added' | 'duplicated';

/** What an operator expects at one stop. Delays are seconds, positive when late; times are epoch milliseconds. */
export type StopForecast = {
  stopId?: string;
  stopSequence?: number;
  arrivalMs?: number;
  departureMs?: number;
  arrivalDelayS?: number;
  departureDelayS?: number;
  kind: 'expected' | 'skipped' | 'noData';
};

/**
 * What an operator says of one trip: all its stops at once, since each report replaces the one before (GTFS-Realtime
 * trip updates).
 */
export type TripReport = Measured & {
  kind: 'tripReport';
  agency?: string;
  tripKind: TripKind;
  tripId?: string;
  /** The id under which vehicles name a copy of `tripId`. */
  copyId?: string;
  routeId?: string;
  directionId?: 0 | 1;
  /** As in `VehicleObservation`. */
  serviceDay?: string;
  startTime?: string;
  vehicleId?: string;
  /** The delay of the whole trip, used where no stop has one. */
  delayS?: number;
  stops: readonly StopForecast[];
  /** The operator has taken the report back; nothing is known of the trip any more. */
  isWithdrawn?: boolean;
};

/**
 * Flags that a device reports about itself. Words are normalised where they are known and passed on where they are not.
 */
export type DeviceFlags = Measured &
  OfDevice & {
    kind: 'flags';
    flags: readonly string[];
    /** True when the list is the whole present state; false when it names events that happened. */
    isState: boolean;
    media?: string;
    name?: string;
  };

/**
 * The statuses that a response unit reports. `dispatched`: the order has reached it; `accepted`: its crew has taken the
 * order. The place in this list is the code in frames, so a new status goes to the end.
 */
export const unitStatuses = [
  'available',
  'dispatched',
  'enRoute',
  'onScene',
  'returning',
  'offDuty',
  'accepted',
] as const;
/** One of the statuses that a response unit can report. */
export type UnitStatus = (typeof unitStatuses)[number];

/** A response unit: where it is and what it does. */
export type UnitReport = Measured & {
  kind: 'unit';
  unitId: string;
  lon?: number;
  lat?: number;
  headingDeg?: number;
  speedMps?: number;
  status: UnitStatus;
  incidentId?: string;
};

/** A citizen's report in the citizen's own words; the place may be missing. */
export type CitizenReport = Measured & {
  kind: 'report';
  reportId: string;
  category: string;
  text: string;
  lon?: number;
  lat?: number;
  address?: string;
};

/** A notice in words from another system: a road message, a service alert. */
export type Notice = Measured & {
  kind: 'notice';
  noticeId: string;
  source: string;
  title: string;
  text: string;
  severity: 'info' | 'warning' | 'severe';
  lon?: number;
  lat?: number;
  startsMs?: number;
  endsMs?: number;
  /** The routes and stops of public transport that it is about. */
  routeIds?: readonly string[];
  stopIds?: readonly string[];
};
