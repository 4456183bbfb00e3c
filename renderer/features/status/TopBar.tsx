import { ChevronDown, CircleHelp, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, MenuItem } from 'react-aria-components';
import { useCountyData } from '../../client/hooks.ts';
import { Brand } from '../../ui/Brand.tsx';
import fields from '../../ui/fields.module.css';
import { ToolbarButton } from '../../ui/ToolbarButton.tsx';
import { ToolbarMenu } from '../../ui/ToolbarMenu.tsx';
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
      <ViewMenu views={views} current={current} />
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

/** Takes the place of the tabs where these have no room. */
function ViewMenu({ views, current }: Pick<Props, 'views' | 'current'>): ReactNode {
  return (
    <div className={styles['menu']}>
      <ToolbarMenu
        label="Views"
        button={
          <ToolbarButton aria-label={`View: ${views.find(({ id }) => id === current)?.label ?? ''}`}>
            <b>{views.find(({ id }) => id === current)?.label}</b>
            <ChevronDown size={14} aria-hidden />
          </ToolbarButton>
        }
      >
        {views.map(({ id, label, href }) => (
          <MenuItem key={id} id={id} href={href} className={fields['option'] ?? ''} textValue={label}>
            {label}
          </MenuItem>
        ))}
      </ToolbarMenu>
    </div>
  );
}
