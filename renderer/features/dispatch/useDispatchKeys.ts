import { useEffect } from 'react';
import { keyMeaning } from '../../ui/keyChoice.ts';
import { preferencesNow } from '../../ui/preferences.ts';
import { dispatchAct } from './dispatchKeys.ts';

export type DispatchActs = {
  arm: () => void;
  send: (index: number) => void;
  disarm: () => void;
  undo: () => void;
  step: (by: 1 | -1) => void;
};

/** In a field, a dialog or a menu, keys keep their meaning there. */
const isElsewhere = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null);

/**
 * Handles the keys of the dispatcher's page before all other handlers, because a digit after D sends a unit and must
 * not change the page.
 */
export function useDispatchKeys(isArmed: boolean, acts: DispatchActs): void {
  useEffect(() => {
    const hold = (event: KeyboardEvent): void => {
      event.preventDefault();
      event.stopPropagation();
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return;
      const meaning = keyMeaning(event.key, preferencesNow());
      const act = meaning === undefined ? undefined : dispatchAct(meaning, isArmed);
      if (act === undefined) return;
      if (act.kind !== 'disarm' || act.isHeld) hold(event);
      // A key that is held down counts as one press.
      if (event.repeat) return;
      switch (act.kind) {
        case 'arm':
          acts.arm();
          return;
        case 'send':
          acts.send(act.index);
          return;
        case 'disarm':
          acts.disarm();
          return;
        case 'undo':
          acts.undo();
          return;
        case 'step':
          acts.step(act.by);
          return;
      }
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  });
}
