import { Menu, MenuTrigger, Popover } from 'react-aria-components';
import type { ReactNode } from 'react';
import styles from './fields.module.css';

type Props = {
  /** The button that opens the menu: a `ToolbarButton`. */
  button: ReactNode;
  /** The name of the menu. */
  label: string;
  /** The distance in pixels between the button and the menu. */
  offsetPx?: number;
  /** `MenuItem`s and `MenuSection`s. */
  children: ReactNode;
};

/** A menu below a button of a bar. */
export function ToolbarMenu({ button, label, offsetPx = 8, children }: Props): ReactNode {
  return (
    <MenuTrigger>
      {button}
      <Popover className={styles['popover'] ?? ''} placement="bottom end" offset={offsetPx}>
        <Menu className={styles['list'] ?? ''} aria-label={label}>
          {children}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
