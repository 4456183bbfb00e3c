import type { IncidentType } from '../../../../shared/incidents/incident.ts';
import citizen from './defaults/citizen.yaml?raw';
import congestion from './defaults/congestion.yaml?raw';
import crash from './defaults/crash.yaml?raw';
import debris from './defaults/debris.yaml?raw';
import leak from './defaults/leak.yaml?raw';
import meter from './defaults/meter.yaml?raw';
import other from './defaults/other.yaml?raw';
import powerOutage from './defaults/powerOutage.yaml?raw';
import sensor from './defaults/sensor.yaml?raw';
import stalledVehicle from './defaults/stalledVehicle.yaml?raw';
import transit from './defaults/transit.yaml?raw';
import waterMain from './defaults/waterMain.yaml?raw';

/** The playbooks that Beacon comes with, as the text of their files: a start that each county adapts. */
export const shippedPlaybooks: Record<IncidentType, string> = {
  citizen,
  congestion,
  crash,
  debris,
  leak,
  meter,
  other,
  powerOutage,
  sensor,
  stalledVehicle,
  transit,
  waterMain,
};
