import type { DisplayUnits } from '../../../shared/base/display.ts';
import type { AlarmPriority } from '../../../shared/alarms/alarm.ts';
import type { Unit } from '../../../shared/county/county.ts';
import type { Need } from '../../../shared/incidents/need.ts';
import type { Engagement } from '../../../shared/incidents/incident.ts';
import type { UnitStatus } from '../../../shared/base/values.ts';
import type { Reach } from '../routing/Reach.ts';
import type { Place, RoadNetwork } from '../routing/RoadNetwork.ts';
import type { TravelTimes } from '../routing/TravelTimes.ts';

/** A unit as it is now. */
export type UnitNow = {
  unit: Unit;
  /** The status is `offDuty` until the unit is heard. */
  status: UnitStatus;
  place: Place & { speedMps?: number | undefined };
  /** Absent until it is heard. */
  seenAtMs?: number | undefined;
  /** The incident that it says it works for. */
  saysIncidentId?: string | undefined;
  /**
   * The incident whose order the unit has not accepted in time: the unit is not counted on, neither there nor for
   * anything else.
   */
  unansweredIncidentId?: string | undefined;
  /** When it left the last incident that it was ordered to. */
  leftLastAtMs?: number | undefined;
};

/** An incident as far as dispatch is concerned. */
export type IncidentNow = {
  id: string;
  priority: AlarmPriority;
  openedAtMs: number;
  /** Absent where nobody knows where it is. `linkId` is given where the incident is known to be on that link. */
  place?: { lon: number; lat: number; linkId?: string | undefined } | undefined;
  needs: readonly Need[];
  /** Engagements of units that are ordered, on their way or on scene, except those that do not answer. */
  engagements: readonly Engagement[];
};

/** A place that should have help near. */
export type CoverPlace = { name: string; reach: Reach };

/** Everything that a recommendation is made of. */
export type Situation = {
  nowMs: number;
  /** Minutes since local midnight. */
  localMinute: number;
  units: readonly UnitNow[];
  /** All incidents that are not resolved. */
  incidents: readonly IncidentNow[];
  network: RoadNetwork;
  times: TravelTimes;
  /** Links that nobody can drive on now. */
  closed: ReadonlySet<number>;
  coverPlaces: readonly CoverPlace[];
  displayUnits: DisplayUnits;
};
