import type { CountyMs, MonotonicMs } from '../../../shared/base/clock.ts';
import type { TopicRefusal } from '../../../shared/base/topicRefusal.ts';
import type { PutOut } from '../../../shared/desk/deskState.ts';
import type { ProtocolChoice } from '../../../shared/wire/ProtocolChoice.ts';
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
  /** Where the files that the log names are kept. */
  shelves: FileShelves;
  broker: { url: string; credentials: MqttCredentials; protocol: ProtocolChoice };
  acknowledging: AcknowledgingPeers;
  /** Called with each topic of the desk that the broker begins to refuse. */
  onRefusal: (refusal: TopicRefusal) => void;
  nowMs: () => CountyMs;
  monotonicMs: () => MonotonicMs;
  onNotice: (notice: StoreNotice) => void;
  /** The client id of the engine at the broker. */
  engineId: string;
  /**
   * Called when an engine that has run for longer uses the same client id: this data folder is a copy of one that is in
   * use.
   */
  onCopied: () => void;
  /** That this workstation was put out, as far as it was known before this start. */
  putOut?: PutOut | undefined;
  /** Called when it becomes known that this workstation was put out. */
  onPutOut: (putOut: PutOut) => void;
  say: Log;
};
