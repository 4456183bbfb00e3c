import type {
  Commodity,
  CountyProfile,
  Detector,
  Link,
  Meter,
  Timetable,
  Unit,
  Zone,
} from '../../../shared/county/county.ts';

/** What the county's registers know about a device: enough to give its values a unit and a place. */
export type RegisteredDevice = {
  id: string;
  /**
   * Devices are numbered from 0, and the county's meters first: the number of a meter is its place in the county's
   * list.
   */
  number: number;
  kind: 'detector' | 'segment' | 'meter' | 'zone' | 'unit' | 'station' | 'other';
  name: string;
  lon?: number;
  lat?: number;
  commodity?: Commodity;
  zoneId?: string;
  linkId?: string;
  /** For a counter without a unit: the quantity, and the value of one count in that quantity's unit. */
  count?: { quantity: 'registerKwh' | 'registerM3' | 'gasM3'; perCount: number };
};

/**
 * The county's registers, indexed for look-up by feeds and domains. Only the timetable changes while the engine runs.
 */
export type Registry = {
  profile: CountyProfile;
  /** The number of devices. */
  size: number;
  device: (id: string) => RegisteredDevice | undefined;
  meter: (id: string) => Meter | undefined;
  zone: (id: string) => Zone | undefined;
  link: (id: string) => Link | undefined;
  detector: (id: string) => Detector | undefined;
  unit: (id: string) => Unit | undefined;
  readonly timetable: Timetable | undefined;
  digitrafficSensors: readonly { name: string; unit: string }[];
  digitrafficSensor: (sensorId: number) => { name: string; unit: string } | undefined;
  sparkplugMetric: (metric: string) => { quantity: string; factor: number } | undefined;
};
