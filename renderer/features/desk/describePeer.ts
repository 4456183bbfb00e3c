import { refusalText } from '../../../shared/base/topicRefusal.ts';
import type { DeskPeer, DeskState } from '../../../shared/desk/deskState.ts';

const states: Record<DeskPeer['state'], string> = {
  self: 'This workstation',
  live: 'Connected',
  gone: 'Not heard',
  unheard: 'Not heard since the start here',
  revoked: 'Put out',
};
const reasons: Record<DeskState['refused'][number]['reason'], string> = {
  stranger: 'Does not belong to the desk',
  revoked: 'Was put out',
  unsigned: 'The signature is not its own',
  broken: 'Does not follow from what is here',
  role: 'The person may not do that',
  code: 'Wrong or used code',
  unreadable: 'Cannot be read',
  file: 'A file that is not what the log names',
  repeated: 'An old message that was sent again',
};

/** What a workstation is doing, in words. */
export const stateOf = ({ state }: DeskPeer): string => states[state];

/** Why something was refused, in words. */
export const reasonOf = ({ reason }: DeskState['refused'][number]): string => reasons[reason];

/** How far a clock is off, in words; undefined where it does not matter. */
export function clockOf({ clockOffMs, isClockWrong }: DeskPeer): string | undefined {
  if (!isClockWrong) return undefined;
  if (clockOffMs === undefined || Math.abs(clockOffMs) < 60_000) return 'Wrote an event dated ahead';
  const minutes = Math.round(Math.abs(clockOffMs) / 60_000);
  return `${String(minutes)} min ${clockOffMs > 0 ? 'ahead' : 'behind'}`;
}

/** The state of the desk as a whole, in words. */
export function situationOf({ isConnected, missing, refusedTopics, workstations, hasTwin }: DeskState): string {
  const leader = workstations.find((each) => each.isLeader);
  if (refusedTopics.length > 0)
    return `${refusedTopics.map(refusalText).join(' ')} The desk is not shared as it should be.`;
  if (!isConnected)
    return 'Cut off from the broker: work goes on here and is shared afterwards. What Beacon does by itself waits.';
  if (hasTwin)
    return 'Another machine runs under the identity of this workstation, as after a restoration beside the old machine. Stop one of the two, or give this one an identity of its own.';
  if (missing > 0) return `${String(missing)} entries of others are still on their way.`;
  return leader === undefined
    ? 'Nobody leads yet: what Beacon does by itself waits.'
    : `${leader.name} does what Beacon does by itself.`;
}
