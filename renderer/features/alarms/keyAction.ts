/** The action of a key in a list of alarms. */
export type KeyAction =
  | { kind: 'move'; to: number; isExtending: boolean }
  | { kind: 'toggle' | 'selectAll' | 'selectNone' | 'unfold' | 'foldOrLeave' }
  | { kind: 'acknowledge' | 'shelve' | 'openIncident' | 'show' };

type Pressed = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean };
type Where = {
  /** Row of the cursor. */ at: number;
  /** Rows in the list. */ count: number;
  /** Rows in sight. */ pageRows: number;
};

/** Undefined for a key that the list does not use. */
export function keyAction({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed, where: Where): KeyAction | undefined {
  if (altKey) return undefined;
  if (ctrlKey || metaKey) return key === 'a' ? { kind: 'selectAll' } : undefined;
  const to = target(key, where);
  return to === undefined
    ? plainActions[key.length === 1 ? key.toLowerCase() : key]
    : { kind: 'move', to, isExtending: shiftKey };
}

const plainActions: Readonly<Record<string, KeyAction>> = {
  ' ': { kind: 'toggle' },
  Escape: { kind: 'selectNone' },
  ArrowRight: { kind: 'unfold' },
  ArrowLeft: { kind: 'foldOrLeave' },
  a: { kind: 'acknowledge' },
  s: { kind: 'shelve' },
  i: { kind: 'openIncident' },
  Enter: { kind: 'show' },
};

function target(key: string, { at, count, pageRows }: Where): number | undefined {
  const page = Math.max(1, pageRows - 1);
  switch (key) {
    case 'ArrowDown':
      return at + 1;
    case 'ArrowUp':
      return at - 1;
    case 'PageDown':
      return at + page;
    case 'PageUp':
      return at - page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
