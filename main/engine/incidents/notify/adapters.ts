import { createHmac } from 'node:crypto';
import { createTransport } from 'nodemailer';
import type { SmtpSettings, WebhookSettings } from './settings.ts';

/**
 * A notification to send. `key` is the same for each attempt, so that a receiver who gets it twice can see that it is
 * one.
 */
export type Telling = { key: string; incidentId: string; to: string; subject: string; text: string; atMs: number };

/**
 * The outcome of an attempt. `isFinal`: trying again would not help. `isUncertain`: the notification was handed over
 * and no answer came; it may have arrived, and must not be sent again automatically.
 */
export type TellingOutcome =
  { isSent: true; answer: string } | { isSent: false; reason: string; isFinal: boolean; isUncertain: boolean };

const TIMEOUT_MS = 20_000;

type SmtpError = { code?: string; responseCode?: number; message: string };

/**
 * Sends a mail by SMTP; never rejects. The connection is verified first: the library does not report how far it had got
 * when a connection broke, so only a break before anything was handed over is known for sure.
 */
export async function sendMail(
  settings: SmtpSettings,
  { key, incidentId, to, subject, text, atMs }: Telling,
): Promise<TellingOutcome> {
  const { host, port, security, user, password, from } = settings;
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  let isHandedOver = false;
  try {
    await transport.verify();
    isHandedOver = true;
    const domain = from.slice(from.indexOf('@') + 1);
    const { response } = await transport.sendMail({
      from,
      to,
      subject,
      text,
      date: new Date(atMs),
      messageId: `<${key}@${domain}>`,
      headers: { 'X-Beacon-Incident': incidentId, 'Auto-Submitted': 'auto-generated' },
    });
    return { isSent: true, answer: response.slice(0, 200) };
  } catch (error) {
    return mailFailure(error as SmtpError, isHandedOver);
  } finally {
    transport.close();
  }
}

/**
 * It is certain that nothing arrived where nothing was handed over, the server itself refused, or the address is
 * invalid.
 */
function mailFailure({ code, responseCode, message }: SmtpError, isHandedOver: boolean): TellingOutcome {
  const isSure = !isHandedOver || responseCode !== undefined || code === 'EENVELOPE';
  const isFinal = responseCode === undefined ? code === 'EAUTH' || code === 'EENVELOPE' : responseCode >= 500;
  return { isSent: false, reason: message.slice(0, 300), isFinal: isSure && isFinal, isUncertain: !isSure };
}

/** Errors of the connection before anything was handed over. */
const beforeSending = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
];

/** Posts JSON to a webhook; never rejects. */
export async function postWebhook(
  { url, headers, secret }: WebhookSettings,
  { key, incidentId, to, subject, text, atMs }: Telling,
): Promise<TellingOutcome> {
  const body = JSON.stringify({ key, incidentId, to, subject, text, at: atMs });
  const signature =
    secret === undefined
      ? {}
      : { 'X-Beacon-Signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` };
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { ...headers, 'Content-Type': 'application/json', 'Idempotency-Key': key, ...signature },
    });
    await response.body?.cancel();
    const answer = `HTTP ${response.status}`;
    if (response.ok) return { isSent: true, answer };
    const isForNow = response.status === 408 || response.status === 429 || response.status >= 500;
    return { isSent: false, reason: answer, isFinal: !isForNow, isUncertain: false };
  } catch (error) {
    return webhookFailure(error);
  }
}

function webhookFailure(error: unknown): TellingOutcome {
  const cause = error instanceof Error ? (error.cause as { code?: string } | undefined) : undefined;
  const name = error instanceof Error ? error.name : '';
  if (name === 'TimeoutError')
    return { isSent: false, reason: 'No answer within 20 s.', isFinal: false, isUncertain: true };
  const isUncertain = !beforeSending.includes(cause?.code ?? '');
  return {
    isSent: false,
    reason: cause?.code ?? (error instanceof Error ? error.message : 'The request failed.'),
    isFinal: false,
    isUncertain,
  };
}
