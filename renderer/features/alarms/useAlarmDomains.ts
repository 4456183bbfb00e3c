import { Bus, Car, Droplet, MessageSquare, Server, TriangleAlert, Wrench, Zap } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { MAINTENANCE } from '../../../shared/alarms/alarmDomains.ts';
import type { AlarmDomain, AlarmDomainInfo } from '../../../shared/alarms/alarmDomains.ts';
import { useCountyData } from '../../client/hooks.ts';

const icons: Record<AlarmDomainInfo['icon'], LucideIcon> = {
  car: Car,
  bus: Bus,
  zap: Zap,
  droplet: Droplet,
  message: MessageSquare,
  server: Server,
  wrench: Wrench,
  alert: TriangleAlert,
};

type DomainLabel = { label: string; Icon: LucideIcon };

/** The alarm domains as the engine declares them. */
export function useAlarmDomains(): {
  /** Ids of the domains whose alarms call for an operator, in the order of the list. */
  operational: readonly AlarmDomain[];
  /** An alarm of a domain that this version does not know shows the domain's id. */
  labelOf: (domain: AlarmDomain) => DomainLabel;
} {
  const declared = useCountyData().alarmDomains ?? [];
  return {
    operational: declared.map(({ id }) => id).filter((id) => id !== MAINTENANCE),
    labelOf(domain) {
      const info = declared.find(({ id }) => id === domain);
      return info === undefined
        ? { label: domain, Icon: TriangleAlert }
        : { label: info.label, Icon: icons[info.icon] };
    },
  };
}
