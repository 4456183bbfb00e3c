import type { TopicRefusal } from '../../../shared/base/topicRefusal.ts';
import type { AcknowledgingPeers } from './Liveness.ts';
import type { Log, MqttCredentials } from '../base/engine.ts';
import type { FileShelves } from '../base/FileShelf.ts';
import type { EventLog } from '../log/EventLog.ts';
import type { Workstation } from '../log/workstation.ts';
import type { StoreNotice } from '../store/store.ts';
import type { PieceSeal } from './FileExchange.ts';
import type { RenewableKeys } from './KeyRenewal.ts';
import type { Membership } from './Membership.ts';

/** The keys that the desk shares, as far as joining and files need them. */
type KeyHolder = PieceSeal & RenewableKeys & { wrapFor: (publicKey: string) => string };

export type ReplicationOptions = {
  log: EventLog;
  membership: Membership;
  workstation: Workstation;
  keys: KeyHolder;
  /** Where files are kept that the log names. */
  shelves: FileShelves;
  broker: { url: string; credentials: MqttCredentials };
  acknowledging: AcknowledgingPeers;
  /** Called with each topic of the desk that the broker begins to refuse. */
  onRefusal: (refusal: TopicRefusal) => void;
  nowMs: () => number;
  monotonicMs: () => number;
  onNotice: (notice: StoreNotice) => void;
  /** What the engine is called at the broker. */
  engineId: string;
  /** An engine that has run for longer has that name, too: this data folder is a copy of one that is in use. */
  onCopied: () => void;
  say: Log;
};
