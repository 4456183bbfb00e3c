import { abuse } from './abuse.ts';
import { acknowledge } from './acknowledge.ts';
import { alarmList } from './alarmList.ts';
import { audit } from './audit.ts';
import { assistant } from './assistant.ts';
import type { Bench } from './bench.ts';
import { bills } from './bills.ts';
import { forecast } from './forecast.ts';
import { fuzz } from './fuzz.ts';
import { growth } from './growth.ts';
import { gtfs } from './gtfs.ts';
import { impact } from './impact.ts';
import { importOsm } from './importOsm.ts';
import { incidents } from './incidents.ts';
import { intake } from './intake.ts';
import { join } from './join.ts';
import { latency } from './latency.ts';
import { ledger } from './ledger.ts';
import { loop } from './loop.ts';
import { nab } from './nab.ts';
import { peers } from './peers.ts';
import { portal } from './portal.ts';
import { proposals } from './proposals.ts';
import { query } from './query.ts';
import { report } from './report.ts';
import { requests } from './requests.ts';
import { route } from './route.ts';
import { savings } from './savings.ts';
import { screen } from './screen.ts';
import { size } from './size.ts';
import { soak } from './soak.ts';
import { start } from './start.ts';
import { timetable } from './timetable.ts';
import { transit } from './transit.ts';
import { utilities } from './utilities.ts';

/** Every bench by its name on the command line. */
export const benches: Readonly<Record<string, Bench>> = {
  abuse,
  acknowledge,
  alarmList,
  audit,
  assistant,
  bills,
  forecast,
  fuzz,
  growth,
  gtfs,
  impact,
  import: importOsm,
  incidents,
  intake,
  join,
  latency,
  ledger,
  loop,
  nab,
  peers,
  portal,
  proposals,
  query,
  report,
  requests,
  route,
  savings,
  screen,
  size,
  soak,
  start,
  timetable,
  transit,
  utilities,
};
