import { ToggleButton, ToggleButtonGroup, Tooltip, TooltipTrigger } from 'react-aria-components';
import type { ReactNode } from 'react';
import type { AlarmDomain } from '../../../shared/alarms/alarmDomains.ts';
import styles from './DomainFilter.module.css';
import { useAlarmDomains } from './useAlarmDomains.ts';

type Props = {
  counts: Partial<Record<AlarmDomain, number>>;
  /** `undefined` means alarms of all domains. */
  domain: AlarmDomain | undefined;
  onChange: (domain: AlarmDomain | undefined) => void;
};

/** One domain or all; each with its count, so that the filter is an overview too. */
export function DomainFilter({ counts, domain, onChange }: Props): ReactNode {
  const { operational } = useAlarmDomains();
  return (
    <ToggleButtonGroup
      aria-label="Show alarms of"
      className={styles['filter'] ?? ''}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[domain ?? 'all']}
      onSelectionChange={(keys) => onChange(operational.find((name) => keys.has(name)))}
    >
      <ToggleButton id="all" className={styles['button'] ?? ''}>
        All
      </ToggleButton>
      {operational.map((name) => (
        <DomainButton key={name} domain={name} count={counts[name] ?? 0} />
      ))}
    </ToggleButtonGroup>
  );
}

function DomainButton({ domain, count }: { domain: AlarmDomain; count: number }): ReactNode {
  const { label, Icon } = useAlarmDomains().labelOf(domain);
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
