/** What a key asks of the dispatcher's page; undefined where it is none of its keys. */
export type DispatchAct =
  | { kind: 'arm' }
  | { kind: 'send'; index: number }
  | { kind: 'disarm'; isHeld: boolean }
  | { kind: 'undo' }
  | { kind: 'step'; by: 1 | -1 };

/**
 * A unit is sent by two keys, so that no single slip sends anybody: D, then the digit of the unit. Between the two
 * every other key calls it off; Escape does no more than that, while others then do what they do otherwise.
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
