import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import styles from './ViewTabs.module.css';

type Tab<T extends string> = { id: T; label: string; count?: number };

/** Tabs that choose one of several lists. */
export function ViewTabs<T extends string>({
  label,
  tabs,
  chosen,
  onChange,
}: {
  label: string;
  tabs: readonly Tab<T>[];
  chosen: T;
  onChange: (chosen: T) => void;
}): ReactNode {
  const choose = (keys: ReadonlySet<unknown>): void => {
    const tab = tabs.find(({ id }) => keys.has(id));
    if (tab !== undefined) onChange(tab.id);
  };
  return (
    <ToggleButtonGroup
      aria-label={label}
      className={styles['tabs'] ?? ''}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[chosen]}
      onSelectionChange={choose}
    >
      {tabs.map((tab) => (
        <ToggleButton key={tab.id} id={tab.id} className={styles['tab'] ?? ''}>
          {tab.label}
          {tab.count !== undefined && <b>{tab.count}</b>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
