import type { TopicRefusal } from '../../../shared/base/topicRefusal.ts';
import type { ContractPort } from '../../../shared/contract/contract.ts';
import type { PortalLine } from '../../../shared/public/publicContract.ts';

/** A line for the log; the message never holds a secret. */
export type Log = (level: 'info' | 'warn' | 'error', message: string, details?: Record<string, unknown>) => void;

/** Credentials and certificates for the broker; PEM text, not paths. */
export type MqttCredentials = { username?: string; password?: string; ca?: string; cert?: string; key?: string };

/** Backups that Beacon makes by itself, each in a new folder of `folder`; the newest `keep` of them stay. */
export type BackupOptions = { folder: string; keep: number; /** Encrypts what is secret. */ passphrase?: string };

export type EngineOptions = {
  /** mqtt, mqtts, ws or wss URL. */
  brokerUrl: string;
  mqtt?: MqttCredentials;
  /** Holds telemetry.db, record.db and ledger.db; one engine at a time. */
  dataDir: string;
  countyDir: string;
  /** The most bytes that the telemetry cache may hold before the oldest samples are deleted; 4 GB by default. */
  mostCacheBytes?: number | undefined;
  /** How many years hourly and daily values are kept; ten by default. */
  ledgerYears?: number | undefined;
  backups?: BackupOptions | undefined;
  /** The files of the certificates by which this workstation is reached, by what they are for. */
  certFiles?: Readonly<Record<string, string>>;
  /** `broker`: follow the clock topic of an accelerated county. */
  clock: 'wall' | 'broker';
  /** The county is simulated: people may sign in with passwords that the sign-in page shows. */
  isDemonstration?: boolean;
  /** The built store worker, out/main/storeWorker.js. */
  storeWorkerPath: string;
  version: string;
  /** Where the citizens' portal connects; absent where none runs here. */
  portal?: PortalLine | undefined;
};

/** How a screen came to the engine. */
export type ScreenOrigin = {
  /** The screen is on this machine: only there the first administrator can be made. */
  isLocal: boolean;
  /** The network address it came from; absent for windows of the workstation's own application. */
  address?: string;
  /** A wall display that the shell of this workstation opened: it signs in with the workstation's token. */
  isWall?: boolean;
};

export type Health = {
  ok: boolean;
  broker: string;
  /** Why the broker is not connected, and what to do. */
  reason?: string;
  store: string;
  refusedTopics?: TopicRefusal[];
  /** Ids of the feeds that were never heard although the county has devices for them. */
  awaitedFeeds?: string[];
  /** What an administrator should change although everything works. */
  warnings?: string[];
  nowMs: number;
};

/** The core of the product, without a screen. Carriers connect screens to it. */
export type Engine = {
  /** True when the telemetry cache was created at this start: the county may deliver its history. */
  isStoreNew: boolean;
  connect: (port: ContractPort, origin: ScreenOrigin) => void;
  /**
   * Called when the engine has to be stopped and started again with the same options, because it joined another desk.
   */
  onRestart: (listener: () => void) => void;
  health: () => Health;
  /** Prometheus text format. */
  metrics: () => Promise<string>;
  /** Stops intake, commits the values in hand, closes the files. */
  stop: () => Promise<void>;
};
