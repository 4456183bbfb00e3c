import type { AlarmDomainInfo } from '../../../shared/alarms/alarmDomains.ts';
import type { County } from '../../../shared/county/county.ts';
import type { Handlers } from '../base/Handlers.ts';

/** Answers with the county as the screen draws it; it is made once, as it does not change while the engine runs. */
export function countyAnswers(
  county: County,
  alarmDomains: readonly AlarmDomainInfo[],
): Pick<Handlers, 'county.profile' | 'county.map' | 'county.alarmDomains'> {
  const map = { features: county.map, zones: county.zones };
  return {
    'county.profile': () => county.profile,
    'county.map': () => map,
    'county.alarmDomains': () => ({ domains: [...alarmDomains] }),
  };
}
