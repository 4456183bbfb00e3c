import { anyFeed } from '../anyFeed.ts';
import type { AnyFeed } from '../anyFeed.ts';
import { beaconMeters } from './beaconMeters.ts';
import { beaconReports } from './beaconReports.ts';
import { beaconTraffic } from './beaconTraffic.ts';
import { beaconUnits } from './beaconUnits.ts';
import { beaconVehicles } from './beaconVehicles.ts';
import { beaconZones } from './beaconZones.ts';
import { digitraffic } from './digitraffic.ts';
import { gtfsRealtime } from './gtfsRealtime.ts';
import { hfp } from './hfp.ts';
import { rtlamr } from './rtlamr.ts';
import { sparkplug } from './sparkplug.ts';
import { wmbusmeters } from './wmbusmeters.ts';

/** All streams that Beacon understands. A new one is its own file and a line here. */
export const feeds: readonly AnyFeed[] = [
  anyFeed(beaconTraffic),
  anyFeed(beaconVehicles),
  anyFeed(beaconMeters),
  anyFeed(beaconZones),
  anyFeed(beaconUnits),
  anyFeed(beaconReports),
  anyFeed(hfp),
  anyFeed(gtfsRealtime),
  anyFeed(digitraffic),
  anyFeed(wmbusmeters),
  anyFeed(rtlamr),
  anyFeed(sparkplug),
];
