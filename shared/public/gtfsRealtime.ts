/** A field of a protobuf message by its number on the wire; the names are the specification's. */
type FieldSpec = { id: number; type: string; rule?: 'repeated' | 'required' };
/** The fields of a protobuf message. */
export type MessageSpec = Record<string, FieldSpec>;

/**
 * The part of gtfs-realtime.proto (version 2.0, google/transit) that Beacon reads and writes, with its field numbers.
 * Enumerations are plain numbers, so that a value added by a later version causes no error.
 */
export const gtfsRealtimeSpec: Record<string, MessageSpec> = {
  FeedMessage: {
    header: { id: 1, type: 'FeedHeader' },
    // Each entity is decoded by itself, so that one that cannot be read costs only itself.
    entity: { id: 2, type: 'bytes', rule: 'repeated' },
  },
  FeedHeader: {
    gtfsRealtimeVersion: { id: 1, type: 'string' },
    incrementality: { id: 2, type: 'int32' },
    timestamp: { id: 3, type: 'uint64' },
  },
  FeedEntity: {
    id: { id: 1, type: 'string' },
    isDeleted: { id: 2, type: 'bool' },
    tripUpdate: { id: 3, type: 'TripUpdate' },
    vehicle: { id: 4, type: 'VehiclePosition' },
    alert: { id: 5, type: 'Alert' },
  },
  TripUpdate: {
    trip: { id: 1, type: 'TripDescriptor' },
    vehicle: { id: 3, type: 'VehicleDescriptor' },
    stopTimeUpdate: { id: 2, type: 'StopTimeUpdate', rule: 'repeated' },
    timestamp: { id: 4, type: 'uint64' },
    delay: { id: 5, type: 'int32' },
    tripProperties: { id: 6, type: 'TripProperties' },
  },
  TripProperties: {
    tripId: { id: 1, type: 'string' },
    startDate: { id: 2, type: 'string' },
    startTime: { id: 3, type: 'string' },
  },
  StopTimeUpdate: {
    stopSequence: { id: 1, type: 'uint32' },
    stopId: { id: 4, type: 'string' },
    arrival: { id: 2, type: 'StopTimeEvent' },
    departure: { id: 3, type: 'StopTimeEvent' },
    scheduleRelationship: { id: 5, type: 'int32' },
  },
  StopTimeEvent: {
    delay: { id: 1, type: 'int32' },
    time: { id: 2, type: 'int64' },
    uncertainty: { id: 3, type: 'int32' },
    scheduledTime: { id: 4, type: 'int64' },
  },
  VehiclePosition: {
    trip: { id: 1, type: 'TripDescriptor' },
    vehicle: { id: 8, type: 'VehicleDescriptor' },
    position: { id: 2, type: 'Position' },
    currentStopSequence: { id: 3, type: 'uint32' },
    stopId: { id: 7, type: 'string' },
    timestamp: { id: 5, type: 'uint64' },
    occupancyStatus: { id: 9, type: 'int32' },
    occupancyPercentage: { id: 10, type: 'uint32' },
  },
  Position: {
    latitude: { id: 1, type: 'float' },
    longitude: { id: 2, type: 'float' },
    bearing: { id: 3, type: 'float' },
    speed: { id: 5, type: 'float' },
  },
  TripDescriptor: {
    tripId: { id: 1, type: 'string' },
    routeId: { id: 5, type: 'string' },
    directionId: { id: 6, type: 'uint32' },
    startTime: { id: 2, type: 'string' },
    startDate: { id: 3, type: 'string' },
    scheduleRelationship: { id: 4, type: 'int32' },
  },
  VehicleDescriptor: {
    id: { id: 1, type: 'string' },
    label: { id: 2, type: 'string' },
    licensePlate: { id: 3, type: 'string' },
  },
  Alert: {
    activePeriod: { id: 1, type: 'TimeRange', rule: 'repeated' },
    informedEntity: { id: 5, type: 'EntitySelector', rule: 'repeated' },
    cause: { id: 6, type: 'int32' },
    effect: { id: 7, type: 'int32' },
    headerText: { id: 10, type: 'TranslatedString' },
    descriptionText: { id: 11, type: 'TranslatedString' },
    severityLevel: { id: 14, type: 'int32' },
  },
  TimeRange: { start: { id: 1, type: 'uint64' }, end: { id: 2, type: 'uint64' } },
  EntitySelector: {
    routeId: { id: 2, type: 'string' },
    trip: { id: 4, type: 'TripDescriptor' },
    stopId: { id: 5, type: 'string' },
  },
  TranslatedString: { translation: { id: 1, type: 'Translation', rule: 'repeated' } },
  Translation: { text: { id: 1, type: 'string' }, language: { id: 2, type: 'string' } },
};

/** Which trip is meant. */
export type TripDescriptor = {
  tripId?: string;
  routeId?: string;
  directionId?: number;
  startTime?: string;
  startDate?: string;
  scheduleRelationship?: number;
};
/** Which vehicle is meant; passengers read the label. */
export type VehicleDescriptor = { id?: string; label?: string; licensePlate?: string };
/** An arrival or a departure in POSIX seconds; `delay` is positive when late. */
export type StopTimeEvent = { delay?: number; time?: number; scheduledTime?: number };
/** What is expected at one stop. */
export type StopTimeUpdate = {
  stopSequence?: number;
  stopId?: string;
  arrival?: StopTimeEvent;
  departure?: StopTimeEvent;
  scheduleRelationship?: number;
};
/** What is expected of a trip. */
export type TripUpdate = {
  trip?: TripDescriptor;
  vehicle?: VehicleDescriptor;
  stopTimeUpdate?: StopTimeUpdate[];
  timestamp?: number;
  delay?: number;
  /** Of a duplicated trip: its own id, day and start; `trip` is the one that it copies. */
  tripProperties?: { tripId?: string; startDate?: string; startTime?: string };
};
/** Where a vehicle is; `speed` in m/s, `bearing` in degrees clockwise from north. */
export type VehiclePosition = {
  trip?: TripDescriptor;
  vehicle?: VehicleDescriptor;
  position?: { latitude?: number; longitude?: number; bearing?: number; speed?: number };
  currentStopSequence?: number;
  stopId?: string;
  timestamp?: number;
  occupancyStatus?: number;
  occupancyPercentage?: number;
};
/** A text in several languages. */
export type TranslatedString = { translation?: { text?: string; language?: string }[] };
/** A service alert. */
export type Alert = {
  activePeriod?: { start?: number; end?: number }[];
  informedEntity?: { routeId?: string; stopId?: string; trip?: TripDescriptor }[];
  cause?: number;
  effect?: number;
  headerText?: TranslatedString;
  descriptionText?: TranslatedString;
  severityLevel?: number;
};
/** One trip update, position or alert. */
export type FeedEntity = {
  id?: string;
  isDeleted?: boolean;
  tripUpdate?: TripUpdate;
  vehicle?: VehiclePosition;
  alert?: Alert;
};
/** A whole feed. */
export type FeedMessage = {
  header?: { gtfsRealtimeVersion?: string; incrementality?: number; timestamp?: number };
  /** Each one encoded as a `FeedEntity`. */
  entity?: Uint8Array[];
};
