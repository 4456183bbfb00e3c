import { useEffect } from 'react';
import { useSelection } from './live/hooks.ts';

type Shortcuts = { onBackToLive: () => void; onPalette: () => void; onNewIncident: () => void; /** A dialog is open: it has the keys. */ isBusy: boolean };

const isTyping = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Keys that work everywhere: Ctrl+K searches, N opens an incident, L goes back to live, Escape lets go of what is selected. */
export function useShortcuts({ onBackToLive, onPalette, onNewIncident, isBusy }: Shortcuts): void {
  const selection = useSelection();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (isBusy || event.defaultPrevented) return;
      if ((event.ctrlKey || event.metaKey) && event.key === 'k') {
        event.preventDefault();
        onPalette();
      } else if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      else if (event.key === 'n') {
        event.preventDefault();
        onNewIncident();
      } else if (event.key === 'l') onBackToLive();
      else if (event.key === 'Escape') selection.select(undefined);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  });
}
