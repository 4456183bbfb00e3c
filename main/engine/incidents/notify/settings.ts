import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { z } from 'zod';

/**
 * `notifications.json` in the data folder: how people outside the control room are notified. It holds secrets, so only
 * the engine reads it, and nothing of it but the names of webhooks is ever logged or sent to a screen.
 */
const smtpSchema = z
  .strictObject({
    host: z.string().min(1),
    port: z.number().int().min(1).max(65_535),
    /**
     * `tls`: from the first byte. `starttls`: refused where the server does not offer it. `none`: only to a server on
     * this machine.
     */
    security: z.enum(['tls', 'starttls', 'none']),
    user: z.string().optional(),
    password: z.string().optional(),
    from: z.email(),
  })
  .refine(
    ({ security, host }) => security !== 'none' || ['127.0.0.1', '::1', 'localhost'].includes(host),
    'Without TLS only a server on this machine can be used.',
  );
export type SmtpSettings = z.infer<typeof smtpSchema>;

const webhookSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  /** Headers such as `Authorization`. */
  headers: z.record(z.string(), z.string()).default({}),
  /** Signs the body: `X-Beacon-Signature: sha256=` and the HMAC. */
  secret: z.string().min(16).optional(),
});
export type WebhookSettings = z.infer<typeof webhookSchema>;

/** The content of `notifications.json`. */
export const settingsSchema = z.strictObject({
  smtp: smtpSchema.optional(),
  webhooks: z.record(z.string().min(1).max(200), webhookSchema).default({}),
});
export type NotificationSettings = z.infer<typeof settingsSchema>;

const nothing: NotificationSettings = { webhooks: {} };

/**
 * The settings as they are in their file, which is read again when it changes. A file with a fault counts as no
 * settings, and `fault` reports what is wrong.
 */
export class NotificationSettingsFile {
  readonly #file: string;
  #stamp = '';
  settings = nothing;
  fault: string | undefined;
  /** The settings as text, equal for files that say the same; undefined where there is no file, or it has a fault. */
  content: string | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  async refresh(): Promise<void> {
    const found = await stat(this.#file).catch(() => undefined);
    const stamp = found === undefined ? 'none' : `${found.mtimeMs}:${found.size}`;
    if (stamp === this.#stamp) return;
    // What was read is taken over at once: settings that are only away while the file is read would count as deleted.
    const { settings = nothing, fault } = found === undefined ? {} : await this.#read();
    this.#stamp = stamp;
    this.settings = settings;
    this.fault = fault;
    this.content = settings === nothing ? undefined : JSON.stringify(settings);
  }

  async #read(): Promise<{ settings?: NotificationSettings; fault?: string }> {
    try {
      const checked = settingsSchema.safeParse(JSON.parse(await readFile(this.#file, 'utf8')));
      if (checked.success) return { settings: checked.data };
      return { fault: checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') };
    } catch {
      // A parser's message may repeat a piece of the text, and the text holds secrets.
      return { fault: 'The file is not JSON.' };
    }
  }

  /** Replaces the file by settings that `content` gave at some workstation. */
  async write(content: string): Promise<void> {
    const text = JSON.stringify(JSON.parse(content), null, 2);
    await writeFile(`${this.#file}.new`, `${text}\n`, { mode: 0o600 });
    await rename(`${this.#file}.new`, this.#file);
    await this.refresh();
  }
}

/** A text in which no secret of the settings can be read. */
export function withoutSecrets(text: string, { smtp, webhooks }: NotificationSettings): string {
  const secrets = [
    smtp?.password,
    ...Object.values(webhooks).flatMap(({ url, headers, secret }) => [url, secret, ...Object.values(headers)]),
  ];
  return secrets
    .filter((secret) => secret !== undefined && secret !== '')
    .reduce<string>((clean, secret) => clean.replaceAll(secret ?? '', '•••'), text);
}
