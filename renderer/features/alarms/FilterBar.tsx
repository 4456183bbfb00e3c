import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { AlarmPriority } from '../../../shared/alarms/alarm.ts';
import type { AlarmDomain } from '../../../shared/alarms/alarmDomains.ts';
import { useStream } from '../../client/hooks.ts';
import { PriorityMark } from '../../client/PriorityMark.tsx';
import { Button } from '../../ui/Button.tsx';
import { SelectInput } from '../../ui/SelectInput.tsx';
import { isFiltering, noFilter } from './alarmViews.ts';
import type { AlarmFilter } from './alarmViews.ts';
import type { Grouping } from './alarmsAddress.ts';
import { useAlarmDomains } from './useAlarmDomains.ts';
import styles from './FilterBar.module.css';

type Props = {
  filter: AlarmFilter;
  onFilter: (filter: AlarmFilter) => void;
  counts: Partial<Record<AlarmDomain, number>>;
  grouping: Grouping;
  onGrouping: (grouping: Grouping) => void;
};

const priorities = [1, 2, 3, 4] as const;
const states = [
  { id: 'all', label: 'Any state' },
  { id: 'unacknowledged', label: 'Unacknowledged' },
  { id: 'acknowledged', label: 'Acknowledged' },
] as const;
const groupings = [
  { id: 'flood', label: 'Group in a flood' },
  { id: 'always', label: 'Group by cause' },
  { id: 'never', label: 'Every alarm' },
] as const;

/** Chooses what the list shows. If no switch of a row is on, the row lets everything through. */
export function FilterBar({ filter, onFilter, counts, grouping, onGrouping }: Props): ReactNode {
  const change = (part: Partial<AlarmFilter>): void => onFilter({ ...filter, ...part });
  return (
    <div className={styles['bar']} role="group" aria-label="Filter">
      <Priorities chosen={filter.priorities} onChange={(chosen) => change({ priorities: chosen })} />
      <Domains chosen={filter.domains} counts={counts} onChange={(chosen) => change({ domains: chosen })} />
      <div className={styles['select']}>
        <SelectInput
          label="State"
          isLabelHidden
          options={states}
          value={filter.state}
          onChange={(state) => change({ state })}
        />
      </div>
      <div className={styles['select']}>
        <PositionSelect position={filter.position} onChange={(position) => change({ position })} />
      </div>
      <div className={styles['select']}>
        <SelectInput label="Grouping" isLabelHidden options={groupings} value={grouping} onChange={onGrouping} />
      </div>
      {isFiltering(filter) && (
        <Button tone="quiet" onPress={() => onFilter(noFilter)}>
          <X size={14} aria-hidden />
          No filter
        </Button>
      )}
    </div>
  );
}

function Priorities({
  chosen,
  onChange,
}: {
  chosen: ReadonlySet<AlarmPriority>;
  onChange: (chosen: ReadonlySet<AlarmPriority>) => void;
}): ReactNode {
  return (
    <ToggleButtonGroup
      aria-label="Priority"
      className={styles['group'] ?? ''}
      selectionMode="multiple"
      selectedKeys={[...chosen].map(String)}
      onSelectionChange={(keys) => onChange(new Set(priorities.filter((priority) => keys.has(String(priority)))))}
    >
      {priorities.map((priority) => (
        <ToggleButton
          key={priority}
          id={String(priority)}
          className={styles['toggle'] ?? ''}
          aria-label={`Priority ${priority}`}
        >
          <PriorityMark priority={priority} isHollow={!chosen.has(priority)} />
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

function Domains({
  chosen,
  counts,
  onChange,
}: {
  chosen: ReadonlySet<AlarmDomain>;
  counts: Props['counts'];
  onChange: (chosen: ReadonlySet<AlarmDomain>) => void;
}): ReactNode {
  const { operational, labelOf } = useAlarmDomains();
  return (
    <ToggleButtonGroup
      aria-label="Domain"
      className={styles['group'] ?? ''}
      selectionMode="multiple"
      selectedKeys={[...chosen]}
      onSelectionChange={(keys) => onChange(new Set(operational.filter((domain) => keys.has(domain))))}
    >
      {operational.map((domain) => {
        const { label, Icon } = labelOf(domain);
        return (
          <ToggleButton key={domain} id={domain} className={styles['toggle'] ?? ''}>
            <Icon size={14} aria-hidden />
            {label} <b>{counts[domain] ?? 0}</b>
          </ToggleButton>
        );
      })}
    </ToggleButtonGroup>
  );
}

function PositionSelect({ position, onChange }: { position: string; onChange: (position: string) => void }): ReactNode {
  const positions = useStream('positions') ?? [];
  const options = [
    { id: 'all', label: 'Every position' },
    { id: 'mine', label: 'Mine' },
    ...positions.map(({ id, name }) => ({ id, label: name })),
  ];
  return <SelectInput label="Position" isLabelHidden options={options} value={position} onChange={onChange} />;
}
