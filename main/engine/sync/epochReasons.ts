import type { RenewReason } from './LogExchange.ts';

/** Explains in words why a workstation begins a new epoch. */
export const epochReasons: Record<RenewReason | 'unasked', string> = {
  restored: 'The data folder was put back to an earlier time: others have more of what was written here.',
  copied: 'Another workstation writes from a copy of this data folder.',
  unasked: 'Started without a connection to the others, so that it is not known whether the data folder is the newest.',
};

/** Says that something was written after the backup that was restored, and that nobody has it. */
export const lostText = (count: number): string =>
  `The data folder was put back to an earlier time: ${count === 1 ? 'one entry that was' : `${count} entries that were`} written here after that ${count === 1 ? 'is' : 'are'} at no workstation.`;
