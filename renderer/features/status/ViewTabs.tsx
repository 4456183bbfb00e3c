import { ChevronDown } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import { MenuItem } from 'react-aria-components';
import fields from '../../ui/fields.module.css';
import { fittingCount } from '../../ui/fittingCount.ts';
import { ToolbarButton } from '../../ui/ToolbarButton.tsx';
import { ToolbarMenu } from '../../ui/ToolbarMenu.tsx';
import styles from './TopBar.module.css';

export type View = { id: string; label: string; href: string; shortcut?: string };
type Props = {
  views: readonly View[];
  /** The id of the view that is shown; empty where none is. */
  current: string;
};

/** Room for the button that leads to the views without a tab, with the longest of their names. */
const MORE_PX = 130;

/**
 * The views as tabs; those that have no room are in a menu, which is named after the present view if that is in there.
 */
export function ViewTabs({ views, current }: Props): ReactNode {
  const { row, count } = useFittingTabs(views);
  const folded = views.slice(count);
  return (
    <nav className={styles['views']} aria-label="Views">
      <div ref={row} className={styles['measure']} aria-hidden>
        {views.map(({ id, label }) => (
          <span key={id}>{label}</span>
        ))}
      </div>
      <div className={styles['tabs']}>
        {views.slice(0, count).map(({ id, label, href, shortcut }) => (
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
        {folded.length > 0 && <ViewMenu views={folded} current={current} other="More" />}
      </div>
    </nav>
  );
}

/** A menu of views. `other` is the name of its button where the present view is not among them. */
export function ViewMenu({ views, current, other = '' }: Props & { other?: string }): ReactNode {
  const shown = views.find(({ id }) => id === current)?.label;
  return (
    <ToolbarMenu
      label="Views"
      button={
        <ToolbarButton aria-label={shown === undefined ? `${other} views` : `View: ${shown}`}>
          {shown === undefined ? other : <b>{shown}</b>}
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
  );
}

/** How many tabs have room. They are measured in a row of their own that nobody sees, in which none is left out. */
function useFittingTabs(views: readonly View[]): { row: RefObject<HTMLDivElement | null>; count: number } {
  const row = useRef<HTMLDivElement>(null);
  const [count, setCount] = useState(views.length);
  useLayoutEffect(() => {
    const [measured, bar] = [row.current, row.current?.parentElement];
    if (measured === null || bar === null || bar === undefined) return undefined;
    const look = (): void => {
      const widthsPx = [...measured.children].map((each) => each.getBoundingClientRect().width);
      if (bar.clientWidth > 0) setCount(fittingCount(widthsPx, bar.clientWidth, MORE_PX));
    };
    const observer = new ResizeObserver(look);
    // The words are wider once their typeface has been loaded.
    for (const each of [bar, ...measured.children]) observer.observe(each);
    look();
    return () => observer.disconnect();
  }, [views]);
  return { row, count };
}
