import type { RequestOutput } from '../../../shared/contract.ts';
import type { UnitStatus } from '../../../shared/values.ts';

type UnitKind = RequestOutput<'county.units'>['units'][number]['kind'];

export const unitKindLabels: Record<UnitKind, string> = {
  police: 'Police',
  fire: 'Fire',
  ambulance: 'Ambulance',
  tow: 'Tow truck',
  waterCrew: 'Water crew',
  lineCrew: 'Line crew',
  roadCrew: 'Road crew',
};

export const unitStatusLabels: Record<UnitStatus, string> = {
  available: 'available',
  dispatched: 'dispatched',
  accepted: 'accepted',
  enRoute: 'en route',
  onScene: 'on scene',
  returning: 'returning',
  offDuty: 'off duty',
};
