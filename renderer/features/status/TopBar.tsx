import { CircleHelp, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useCountyData } from '../../client/hooks.ts';
import { Brand } from '../../ui/Brand.tsx';
import { ToolbarButton } from '../../ui/ToolbarButton.tsx';
import { BarClock } from './BarClock.tsx';
import { LinkState } from './LinkState.tsx';
import { NoticeBell } from './NoticeBell.tsx';
import styles from './TopBar.module.css';
import { ViewMenu, ViewTabs } from './ViewTabs.tsx';
import type { View } from './ViewTabs.tsx';

type Props = {
  views: readonly View[];
  /** The id of the view that is shown; empty where none is. */
  current: string;
  /** The person at this screen, with the menu to sign out. */
  person: ReactNode;
  onSearch: () => void;
  onHelp: () => void;
  onShowUnplaced: () => void;
  onShowDeadLetters: () => void;
  /** What other features show beside the person. */
  children?: ReactNode;
};

export function TopBar({
  views,
  current,
  person,
  onSearch,
  onHelp,
  onShowUnplaced,
  onShowDeadLetters,
  children,
}: Props): ReactNode {
  const { profile } = useCountyData();
  return (
    <header className={styles['bar']}>
      <Brand />
      <span className={styles['county']} title={profile?.name}>
        {profile?.name ?? ''}
      </span>
      {profile?.simulated === true && <span className={styles['simulated']}>Simulated</span>}
      <ViewTabs views={views} current={current} />
      <div className={styles['menu']}>
        <ViewMenu views={views} current={current} />
      </div>
      <Button className={styles['search'] ?? ''} aria-label="Search or command Ctrl K" onPress={onSearch}>
        <Search size={16} aria-hidden />
        <span>Search or command</span> <kbd>Ctrl K</kbd>
      </Button>
      {person}
      {children}
      <ToolbarButton className={styles['help']} aria-label="Help and keys" aria-keyshortcuts="?" onPress={onHelp}>
        <CircleHelp size={16} aria-hidden />
      </ToolbarButton>
      <NoticeBell />
      <BarClock />
      <LinkState onShowUnplaced={onShowUnplaced} onShowDeadLetters={onShowDeadLetters} />
    </header>
  );
}
