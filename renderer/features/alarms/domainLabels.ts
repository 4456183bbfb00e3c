import { Bus, Car, Droplet, MessageSquare, Server, Wrench, Zap } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { AlarmDomain } from '../../../shared/alarms/alarm.ts';

export const domainLabels: Record<AlarmDomain, { label: string; Icon: LucideIcon }> = {
  traffic: { label: 'Traffic', Icon: Car },
  transit: { label: 'Transit', Icon: Bus },
  electricity: { label: 'Electricity', Icon: Zap },
  water: { label: 'Water', Icon: Droplet },
  citizen: { label: 'Citizens', Icon: MessageSquare },
  system: { label: 'System', Icon: Server },
  maintenance: { label: 'Maintenance', Icon: Wrench },
};
