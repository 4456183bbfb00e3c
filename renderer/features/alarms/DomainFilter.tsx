import { ToggleButton, ToggleButtonGroup, Tooltip, TooltipTrigger } from 'react-aria-components';
import type { ReactNode } from 'react';
import { alarmDomainSchema } from '../../../shared/alarms/alarm.ts';
import type { AlarmDomain } from '../../../shared/alarms/alarm.ts';
import styles from './DomainFilter.module.css';
import { domainLabels } from './domainLabels.ts';

type Props = {
  counts: Partial<Record<AlarmDomain, number>>;
  domain: AlarmDomain | 'all';
  onChange: (domain: AlarmDomain | 'all') => void;
};

const domains = alarmDomainSchema.options.filter((domain) => domain !== 'maintenance');

/** One domain or all; each with its count, so that the filter is an overview too. */
export function DomainFilter({ counts, domain, onChange }: Props): ReactNode {
  return (
    <ToggleButtonGroup
      aria-label="Show alarms of"
      className={styles['filter'] ?? ''}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[domain]}
      onSelectionChange={(keys) => onChange(domains.find((name) => keys.has(name)) ?? 'all')}
    >
      <ToggleButton id="all" className={styles['button'] ?? ''}>
        All
      </ToggleButton>
      {domains.map((name) => (
        <DomainButton key={name} domain={name} count={counts[name] ?? 0} />
      ))}
    </ToggleButtonGroup>
  );
}

function DomainButton({ domain, count }: { domain: AlarmDomain; count: number }): ReactNode {
  const { label, Icon } = domainLabels[domain];
  return (
    <TooltipTrigger delay={400}>
      <ToggleButton
        id={domain}
        className={styles['button'] ?? ''}
        aria-label={`${label}: ${count}`}
        data-empty={count === 0}
      >
        <Icon size={14} aria-hidden />
        {count > 0 && <span>{count}</span>}
      </ToggleButton>
      <Tooltip className={styles['tooltip'] ?? ''} offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
