import { useEffect } from 'react';
import { useSelection } from './client/hooks.ts';
import { keyMeaning } from './ui/keyChoice.ts';
import { preferencesNow } from './ui/preferences.ts';

type Shortcuts = {
  onBackToLive: () => void;
  onPalette: () => void;
  onNewIncident: () => void;
  onHelp: () => void;
  /** Called for any other plain key; returns true if the key did something. */
  onKey: (key: string) => boolean;
  /** True while a dialog is open, which then receives the keys. */
  isBusy: boolean;
};

/** Inputs that take no letters: the time line is one, and a key for the whole screen has to work there. */
const LETTERLESS = /^(range|checkbox|radio|button|submit|reset|file|color)$/;

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !LETTERLESS.test(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName));
}

const isInDialog = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="dialog"], [role="alertdialog"]') !== null;

/**
 * Handles the keys that work everywhere: Ctrl+K searches, N opens an incident, L goes back to live, ? helps, Escape
 * clears the selection, digits change the page. A person may give other characters to these, or switch them off.
 */
export function useShortcuts({ onBackToLive, onPalette, onNewIncident, onHelp, onKey, isBusy }: Shortcuts): void {
  const selection = useSelection();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (isBusy || event.defaultPrevented || isInDialog(event.target)) return;
      const meaning = keyMeaning(event.key, preferencesNow());
      if ((event.ctrlKey || event.metaKey) && event.key === 'k') {
        event.preventDefault();
        onPalette();
      } else if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      else if (meaning === undefined) return;
      else if (meaning === 'n') {
        event.preventDefault();
        onNewIncident();
      } else if (meaning === 'l') onBackToLive();
      else if (meaning === '?') {
        event.preventDefault();
        onHelp();
      } else if (event.key === 'Escape') selection.select(undefined);
      else if (onKey(meaning)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  });
}
