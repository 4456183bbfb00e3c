/** Where a key works: on every page, in a list of alarms that has the focus, or on the page of dispatch. */
export type KeyScope = 'everywhere' | 'alarms' | 'dispatch';
/** Something that a single character does; `usual` is that character unless a person chose another one. */
export type KeyAction = { usual: string; scope: KeyScope; label: string };
/** What the help has to know of a page. */
export type HelpPage = { id: string; label: string; shortcut: string };

export const scopeLabels: Record<KeyScope, string> = {
  everywhere: 'On every page',
  alarms: 'In a list of alarms',
  dispatch: 'On the page Dispatch',
};

const actions: readonly KeyAction[] = [
  { usual: '?', scope: 'everywhere', label: 'Help and keys' },
  { usual: 'n', scope: 'everywhere', label: 'Open an incident' },
  { usual: 'l', scope: 'everywhere', label: 'Back to live' },
  { usual: 'a', scope: 'alarms', label: 'Acknowledge' },
  { usual: 's', scope: 'alarms', label: 'Shelve' },
  { usual: 'i', scope: 'alarms', label: 'Open an incident from it' },
  { usual: 'd', scope: 'dispatch', label: 'Send a unit: then its digit' },
  { usual: 'u', scope: 'dispatch', label: 'Take the last order back' },
  { usual: 'j', scope: 'dispatch', label: 'Next call' },
  { usual: 'k', scope: 'dispatch', label: 'Previous call' },
];

/** Every key that is a single character, with those of the pages. */
export const keyActions = (pages: readonly HelpPage[]): KeyAction[] => [
  ...actions.filter(({ scope }) => scope === 'everywhere'),
  ...pages.map(({ label, shortcut }): KeyAction => ({ usual: shortcut, scope: 'everywhere', label: `Go to ${label}` })),
  ...actions.filter(({ scope }) => scope !== 'everywhere'),
];

/** Keys that are no single characters; they cannot be changed and never act by accident. */
export const fixedKeys: readonly { keys: string; label: string }[] = [
  { keys: 'Ctrl K', label: 'Search, and every command' },
  { keys: 'Ctrl Shift L', label: 'Lock the screen' },
  { keys: 'Esc', label: 'Close, or deselect' },
  { keys: 'Arrows', label: 'Move in a list, or move the map' },
  { keys: '+ − 0', label: 'On the map: closer, further, the whole county' },
  { keys: 'Enter', label: 'In a list: show on the map. On the map: select what is in its middle' },
  { keys: 'Menu key', label: 'On the map: what can be done at its middle' },
];
