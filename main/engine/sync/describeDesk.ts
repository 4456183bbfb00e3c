import type { DeskPeer, DeskState } from '../../../shared/desk/deskState.ts';
import { epochOf, workstationOf } from '../../../shared/record/logEntry.ts';
import { GONE_MS } from './LogExchange.ts';
import type { Beat, BriefHead } from './peerMessages.ts';
import type { Member } from './foldTrust.ts';
import type { Membership } from './Membership.ts';

const CLOCK_WRONG_MS = 60_000;
/** Offsets are shown in whole tenths of a second, because what the network adds is not worth a change. */
const OFFSET_STEP_MS = 100;

type Peer = { beat: Beat; heardAtMs: number | undefined };
type DeskView = {
  membership: Membership;
  /** Monotonic. */
  nowMs: number;
  ownId: string;
  peers: ReadonlyMap<string, Peer>;
  heads: Readonly<Record<string, BriefHead>>;
  /** When each workstation was last heard, in UTC ms. */
  heardAtMs: ReadonlyMap<string, number>;
  clockOffMs: ReadonlyMap<string, number>;
  leader: string | undefined;
  /** `holder`: id of the workstation. */
  awaited: readonly { hash: string; holder: string; state: DeskState['awaited'][number]['state'] }[];
  rest: Pick<
    DeskState,
    'isConnected' | 'missing' | 'isLeading' | 'term' | 'refused' | 'refusedTopics' | 'hasTwin' | 'putOut'
  >;
};

/** Describes the desk for the screen. */
export function describeDesk(view: DeskView): DeskState {
  const workstations = [...view.membership.trust.values()]
    .map((member) => describePeer(member, view))
    .sort(
      (a, b) =>
        Number(b.state === 'self') - Number(a.state === 'self') ||
        (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1),
    );
  const awaited = view.awaited.map(({ hash, holder, state }) => ({ hash, at: view.membership.nameOf(holder), state }));
  return { deskId: view.membership.deskId, ...view.rest, workstations, awaited };
}

/** A workstation may have written several sequences: the one that was heard last represents it. */
function newestPeer(id: string, peers: ReadonlyMap<string, Peer>): Peer | undefined {
  const own = [...peers.values()].filter(({ beat }) => workstationOf(beat.from) === id);
  return own.sort((a, b) => (b.heardAtMs ?? 0) - (a.heardAtMs ?? 0) || epochOf(b.beat.from) - epochOf(a.beat.from))[0];
}

function describePeer(
  { id, name, upTo }: Member,
  { membership, nowMs, ownId, peers, heads, heardAtMs, clockOffMs, leader }: DeskView,
): DeskPeer {
  const peer = id === ownId ? undefined : newestPeer(id, peers);
  const isLive = peer?.heardAtMs !== undefined && peer.heardAtMs > nowMs - GONE_MS;
  const off = clockOffMs.get(id);
  const heard = heardAtMs.get(id);
  return {
    id,
    name,
    state:
      upTo !== undefined
        ? 'revoked'
        : id === ownId
          ? 'self'
          : isLive
            ? 'live'
            : heard === undefined
              ? 'unheard'
              : 'gone',
    ...(heard !== undefined && { heardAtMs: heard }),
    behind:
      peer === undefined
        ? 0
        : Object.entries(heads).reduce(
            (sum, [sequence, [seq]]) => sum + Math.max(0, seq - (peer.beat.heads[sequence]?.[0] ?? 0)),
            0,
          ),
    ...(off !== undefined && { clockOffMs: Math.round(off / OFFSET_STEP_MS) * OFFSET_STEP_MS }),
    isClockWrong: membership.isClockWrong(id) || (off !== undefined && Math.abs(off) > CLOCK_WRONG_MS),
    isLeader: leader !== undefined && workstationOf(leader) === id,
  };
}
