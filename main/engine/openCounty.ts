import type { AlarmDomainInfo } from '../../shared/alarms/alarmDomains.ts';
import { completePositions, defaultPositions } from '../../shared/alarms/positions.ts';
import type { Position } from '../../shared/alarms/positions.ts';
import type { CountyMs } from '../../shared/base/clock.ts';
import type { County } from '../../shared/county/county.ts';
import type { EngineOptions, Log } from './base/engine.ts';
import { EngineClock } from './base/EngineClock.ts';
import { createDomains } from './domains/createDomains.ts';
import type { DomainSet } from './domains/DomainSet.ts';
import { DomainFaults } from './health/DomainFaults.ts';
import { Notices } from './health/Notices.ts';
import { systemAlarmDomains } from './health/systemAlarmDomains.ts';
import { createRegistry } from './registry/createRegistry.ts';
import { readCounty, refusalOf } from './registry/loadCounty.ts';
import { placeOf } from '../../shared/county/countyFault.ts';
import type { CountyFault } from '../../shared/county/countyFault.ts';
import type { Registry } from './registry/Registry.ts';

/** The county as its files describe it, with the domains that will hold its present state. */
export type OpenCounty = {
  clock: EngineClock;
  nowMs: () => CountyMs;
  notices: Notices;
  county: County;
  registry: Registry;
  domains: DomainSet;
  domainFaults: DomainFaults;
  alarmDomains: readonly AlarmDomainInfo[];
  positions: readonly Position[];
  /** What is wrong in the county's files and did not stop the start. */
  countyFaults: readonly CountyFault[];
};

/**
 * The positions of the county, which together answer for every alarm domain; a notice names the domains that its file
 * leaves out.
 */
function decidePositions({ positions }: County, domains: readonly AlarmDomainInfo[], notices: Notices): Position[] {
  const known = domains.map(({ id }) => id);
  const complete = completePositions(positions ?? defaultPositions, known);
  if (positions === undefined) return complete.positions;
  if (complete.added.length > 0)
    notices.add({
      level: 'warning',
      text: `positions.json names no position for ${complete.added.join(', ')}: ${complete.positions[0]?.name ?? ''} answers for it.`,
    });
  if (complete.unknown.length > 0)
    notices.add({
      level: 'warning',
      text: `positions.json names ${complete.unknown.join(', ')}, which this version does not know. It knows ${known.join(', ')}.`,
    });
  return complete.positions;
}

/** One notice for all faults: the page County lists them. */
function notifyOfFaults(faults: readonly CountyFault[], notices: Notices): void {
  const [first] = faults;
  if (first === undefined) return;
  const lost = faults.filter(({ level }) => level === 'leftOut').length;
  notices.add({
    level: 'warning',
    text: `The county's files have ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}${lost > 0 ? `, and ${lost === 1 ? 'one thing is' : `${lost} things are`} left out` : ''}: ${placeOf(first)}: ${first.text} The page County lists all.`,
  });
}

const NAMED_FAULTS = 3;

/** What of the timetable is left out. */
const isOfTimetable = ({ file, level }: CountyFault): boolean => level === 'leftOut' && file.startsWith('gtfs');

/** Says what of the timetable cannot be used: the first faults on the screen, all of them in the log. */
function reportTimetable(faults: readonly CountyFault[], hasTimetable: boolean, notices: Notices, log: Log): void {
  if (faults.length === 0) return;
  const lines = faults.map((fault) => `${placeOf(fault)}: ${fault.text}`);
  for (const line of lines) log('warn', `The timetable has a fault. ${line}`);
  const more = lines.length > NAMED_FAULTS ? ` And ${lines.length - NAMED_FAULTS} more kinds of fault.` : '';
  const what = hasTimetable ? 'Parts of the timetable cannot be used' : 'There is no timetable';
  notices.add({ level: 'warning', text: `${what}. ${lines.slice(0, NAMED_FAULTS).join(' ')}${more}` });
}

/** Reads the county's folder. Throws a CountyError with a sentence where that fails. */
export async function openCounty(options: EngineOptions, log: Log): Promise<OpenCounty> {
  const clock = new EngineClock(options.clock);
  const nowMs = (): CountyMs => clock.nowMs();
  const notices = new Notices(log, nowMs);
  const { county, faults } = await readCounty(options.countyDir, Date.now());
  if (county === undefined) throw refusalOf(options.countyDir, faults);
  notifyOfFaults(
    faults.filter((fault) => !isOfTimetable(fault)),
    notices,
  );
  reportTimetable(faults.filter(isOfTimetable), county.timetable !== undefined, notices, log);
  const registry = createRegistry(county);
  const domainFaults = new DomainFaults(log, nowMs);
  const domains = createDomains(county, registry, (id, error) => domainFaults.note(id, error));
  const alarmDomains = [...domains.alarmDomains, ...systemAlarmDomains];
  const positions = decidePositions(county, alarmDomains, notices);
  return {
    clock,
    nowMs,
    notices,
    county,
    registry,
    domains,
    domainFaults,
    alarmDomains,
    positions,
    countyFaults: faults,
  };
}
