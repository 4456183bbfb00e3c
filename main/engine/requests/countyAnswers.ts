import type { AlarmDomainInfo } from '../../../shared/alarms/alarmDomains.ts';
import type { County } from '../../../shared/county/county.ts';
import type { CountyFault } from '../../../shared/county/countyFault.ts';
import type { Handlers } from '../base/Handlers.ts';
import type { TimetablePlanning } from './TimetablePlanning.ts';
import { describeCounty } from '../registry/describeCounty.ts';

/** Answers with the county as the screen draws it; it is made once, as it does not change while the engine runs. */
export function countyAnswers(
  county: County,
  alarmDomains: readonly AlarmDomainInfo[],
  { countyDir, countyFaults }: { countyDir: string; countyFaults: readonly CountyFault[] },
  planning: TimetablePlanning,
): Pick<
  Handlers,
  | 'county.profile'
  | 'county.files'
  | 'county.map'
  | 'county.alarmDomains'
  | 'county.timetableAdvice'
  | 'county.proposedStopTimes'
> {
  const map = { features: county.map, zones: county.zones };
  return {
    'county.profile': () => county.profile,
    'county.files': () => ({ folder: countyDir, files: describeCounty(county), faults: [...countyFaults] }),
    'county.map': () => map,
    'county.alarmDomains': () => ({ domains: [...alarmDomains] }),
    'county.timetableAdvice': () => planning.advice(),
    'county.proposedStopTimes': async () => ({ base64: Buffer.from(await planning.stopTimes()).toString('base64') }),
  };
}
