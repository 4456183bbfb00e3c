import { isIP } from 'node:net';
import type { WallMs } from '../../../shared/base/clock.ts';
import type { MqttCredentials } from '../base/engine.ts';
import type { StoreNotice } from '../store/store.ts';

const DAY_MS = 86_400_000;
/** A certificate that ends sooner than this is named. */
const SOON_MS = 14 * DAY_MS;

/** The part of the notification settings that matters here. */
type Webhooks = { webhooks: Readonly<Record<string, { url: string }>> };

/** Whether a host of an address is this machine itself, which nobody else can listen to. */
export function isThisMachine(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** Warns where the password for the broker can be read on its way; the sentence has neither name nor password in it. */
export function brokerWarning(url: string, { username, password }: MqttCredentials): string | undefined {
  const { protocol, hostname, host } = new URL(url);
  const isPlain = protocol === 'mqtt:' || protocol === 'ws:';
  if (!isPlain || (username === undefined && password === undefined) || isThisMachine(hostname)) return undefined;
  return `The password for the broker at ${host} crosses the network in plain text. Use ${protocol === 'ws:' ? 'wss' : 'mqtts'}:// with --ca FILE.`;
}

/** Warns of webhooks that cross the network in plain text, by their names: an address may hold a secret. */
export const webhookWarnings = ({ webhooks }: Webhooks): string[] =>
  Object.entries(webhooks)
    .filter(([, { url }]) => new URL(url).protocol === 'http:' && !isThisMachine(new URL(url).hostname))
    .map(([name]) => `The webhook "${name}" crosses the network in plain text. Use an https address.`);

/** Warns of the broker's certificate before it ends. */
export function certificateWarning(endsMs: number | undefined, nowMs: number): string | undefined {
  if (endsMs === undefined || endsMs - nowMs > SOON_MS) return undefined;
  const day = new Date(endsMs).toISOString().slice(0, 10);
  return `The certificate of the broker ends on ${day}. Have it renewed before, or the connection will be lost.`;
}

type Sources = {
  brokerUrl: string;
  mqtt: MqttCredentials;
  settings: () => Webhooks;
  certificateEndsMs: () => number | undefined;
  wallMs: () => WallMs;
  onNotice: (notice: StoreNotice) => void;
};

/** What an administrator should change although everything works. Each is shown while it holds, and noted once. */
export class Warnings {
  readonly #sources: Sources;
  readonly #noted = new Set<string>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  now(): string[] {
    const { brokerUrl, mqtt, settings, certificateEndsMs, wallMs } = this.#sources;
    return [
      brokerWarning(brokerUrl, mqtt),
      certificateWarning(certificateEndsMs(), wallMs()),
      ...webhookWarnings(settings()),
    ].filter((text) => text !== undefined);
  }

  /** Notes those that are new. */
  tick(): void {
    for (const text of this.now()) {
      if (this.#noted.has(text)) continue;
      this.#noted.add(text);
      this.#sources.onNotice({ level: 'warning', text });
    }
  }
}
