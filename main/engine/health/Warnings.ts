import { isIP } from 'node:net';
import type { MqttCredentials } from '../base/engine.ts';
import type { StoreNotice } from '../store/store.ts';
import type { Certificates } from './Certificates.ts';

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

type Sources = {
  brokerUrl: string;
  mqtt: MqttCredentials;
  settings: () => Webhooks;
  certificates: Pick<Certificates, 'warnings'>;
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
    const { brokerUrl, mqtt, settings, certificates } = this.#sources;
    const password = brokerWarning(brokerUrl, mqtt);
    return [...(password === undefined ? [] : [password]), ...certificates.warnings(), ...webhookWarnings(settings())];
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
