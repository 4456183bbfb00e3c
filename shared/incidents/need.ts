import { z } from 'zod';
import { capabilitySchema, unitKindSchema, usualCapabilities, type Capability, type Unit } from '../county/county.ts';
import type { AlarmPriority } from '../alarms/alarm.ts';
import type { IncidentType } from './incident.ts';

const count = z.number().int().min(1).max(50);
/** The case in which it is needed: "with injured people". */
const when = z.string().optional();
/** A need of an incident: so many units of a kind, or units with a capability. */
export const needSchema = z.union([
  z.object({ kind: unitKindSchema, count, when }),
  z.object({ capability: capabilitySchema, count, when }),
]);
export type Need = z.infer<typeof needSchema>;

/** Capabilities in words. */
export const capabilityNames = {
  lawEnforcement: 'police powers',
  trafficControl: 'traffic control',
  fireFighting: 'fire fighting',
  rescue: 'rescue',
  hazmat: 'hazardous materials',
  firstAid: 'first aid',
  advancedCare: 'a paramedic',
  towing: 'towing',
  heavyTowing: 'heavy towing',
  waterRepair: 'water repair',
  powerRepair: 'power repair',
  roadRepair: 'road repair',
  debrisRemoval: 'debris removal',
} as const satisfies Record<Capability, string>;

/** The kinds of units in words: singular and plural. */
export const unitKindNames = {
  police: ['police unit', 'police units'],
  fire: ['fire engine', 'fire engines'],
  ambulance: ['ambulance', 'ambulances'],
  tow: ['tow truck', 'tow trucks'],
  waterCrew: ['water crew', 'water crews'],
  lineCrew: ['line crew', 'line crews'],
  roadCrew: ['road crew', 'road crews'],
} as const satisfies Record<Unit['kind'], readonly [string, string]>;

/** What a unit can do: its own capabilities where the county's file gives them, else the usual ones of its kind. */
export const capabilitiesOf = (unit: Pick<Unit, 'kind' | 'capabilities'>): readonly Capability[] =>
  unit.capabilities ?? usualCapabilities[unit.kind];

/** Whether a unit meets a need. */
export const fits = (unit: Pick<Unit, 'kind' | 'capabilities'>, need: Need): boolean =>
  'kind' in need ? unit.kind === need.kind : capabilitiesOf(unit).includes(need.capability);

/** A need in words: "ambulance" or "heavy towing". */
export const needName = (need: Need): string =>
  'kind' in need ? unitKindNames[need.kind][0] : capabilityNames[need.capability];

const can = (capability: Capability, amount = 1): Need => ({ capability, count: amount });

const forCrash = (priority: AlarmPriority): Need[] =>
  priority <= 2
    ? [can('advancedCare'), can('rescue'), can('lawEnforcement', priority === 1 ? 2 : 1), can('towing')]
    : [can('lawEnforcement'), can('towing')];

/** What an incident of a type usually needs, the most important first; a county's playbook may say it better. */
export function usualNeeds(type: IncidentType, priority: AlarmPriority): Need[] {
  switch (type) {
    case 'crash':
      return forCrash(priority);
    case 'stalledVehicle':
      return [can('towing'), can('trafficControl')];
    case 'debris':
      return [can('debrisRemoval'), can('trafficControl')];
    case 'congestion':
      return [can('trafficControl')];
    case 'transit':
      return [can('lawEnforcement')];
    case 'powerOutage':
      return [can('powerRepair', priority === 1 ? 2 : 1)];
    case 'waterMain':
      return [can('waterRepair'), can('trafficControl')];
    case 'leak':
      return [can('waterRepair')];
    case 'citizen':
    case 'other':
      return [can('lawEnforcement')];
    case 'sensor':
      return [can('roadRepair')];
    // No unit is sent before it is known which trade is needed.
    case 'meter':
      return [];
  }
}
