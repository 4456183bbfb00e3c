/** The action of a key on the dispatcher's page; undefined for a key that the page does not use. */
export type DispatchAct =
  | { kind: 'arm' }
  | { kind: 'send'; index: number }
  | { kind: 'disarm'; isHeld: boolean }
  | { kind: 'undo' }
  | { kind: 'step'; by: 1 | -1 };

/**
 * Decides the action of a key. Sending a unit takes two keys, so that no single slip sends anybody: D, then the digit
 * of the unit. Between the two, every other key cancels the order; Escape does no more than that, while other keys also
 * have their usual effect.
 */
export function dispatchAct(key: string, isArmed: boolean): DispatchAct | undefined {
  if (isArmed) {
    if (/^[1-9]$/.test(key)) return { kind: 'send', index: Number(key) - 1 };
    return /^(Shift|Control|Alt|Meta)$/.test(key)
      ? undefined
      : { kind: 'disarm', isHeld: key === 'Escape' || key === 'd' };
  }
  switch (key) {
    case 'd':
      return { kind: 'arm' };
    case 'u':
      return { kind: 'undo' };
    case 'j':
      return { kind: 'step', by: 1 };
    case 'k':
      return { kind: 'step', by: -1 };
    default:
      return undefined;
  }
}
