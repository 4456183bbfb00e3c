import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useCountyData } from '../../client/hooks.ts';
import { Brand } from '../../ui/Brand.tsx';
import { BarClock } from './BarClock.tsx';
import { LinkState } from './LinkState.tsx';
import { NoticeBell } from './NoticeBell.tsx';
import styles from './TopBar.module.css';

type View = { id: string; label: string; href: string; shortcut?: string };
type Props = {
  views: readonly View[];
  /** The id of the view that is shown; empty where none is. */
  current: string;
  /** The person at this screen, with the menu to sign out. */
  person: ReactNode;
  onSearch: () => void;
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
  onShowUnplaced,
  onShowDeadLetters,
  children,
}: Props): ReactNode {
  const { profile } = useCountyData();
  return (
    <header className={styles['bar']}>
      <Brand />
      <span className={styles['county']}>{profile?.name ?? ''}</span>
      {profile?.simulated === true && <span className={styles['simulated']}>Simulated</span>}
      <nav className={styles['views']} aria-label="Views">
        {views.map(({ id, label, href, shortcut }) => (
          <a
            key={id}
            href={href}
            aria-keyshortcuts={shortcut}
            aria-current={id === current ? 'page' : undefined}
            title={shortcut === undefined ? undefined : `Key ${shortcut}`}
          >
            {label}
          </a>
        ))}
      </nav>
      <Button className={styles['search'] ?? ''} onPress={onSearch}>
        <Search size={16} aria-hidden />
        <span>Search or command</span>
        <kbd>Ctrl K</kbd>
      </Button>
      {person}
      {children}
      <NoticeBell />
      <BarClock />
      <LinkState onShowUnplaced={onShowUnplaced} onShowDeadLetters={onShowDeadLetters} />
    </header>
  );
}
