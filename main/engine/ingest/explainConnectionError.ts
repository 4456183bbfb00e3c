/** What a failed connection leaves behind: a code of Node, OpenSSL or MQTT, and for names what the certificate has. */
export type ConnectionError = Error & { code?: number | string; reason?: string; host?: string };

/** MQTT 3.1.1 return codes and MQTT 5 reason codes for a bad user name or password, not authorised, and banned. */
const REFUSED = new Set([4, 5, 134, 135, 138]);

/** Whether the broker refused who connects. */
export const isRefusal = ({ code }: ConnectionError): boolean => typeof code === 'number' && REFUSED.has(code);

/** A broker's address without user name and password, as it may be shown. */
export function withoutSecrets(url: string): string {
  const parsed = new URL(url);
  parsed.username = '';
  parsed.password = '';
  return parsed.toString().replace(/\/$/, '');
}

const isTls = (url: string): boolean => /^(mqtts|wss):/.test(url);
/** The address with the other kind of transport. */
const otherScheme = (url: string): string => {
  const swaps: Record<string, string> = { 'mqtt:': 'mqtts:', 'mqtts:': 'mqtt:', 'ws:': 'wss:', 'wss:': 'ws:' };
  const { protocol } = new URL(url);
  return withoutSecrets(url).replace(protocol, swaps[protocol] ?? protocol);
};

/** By code: what is wrong at `place`, and what to do about it. */
const byCode: Readonly<Record<string, (place: string) => string>> = {
  ECONNREFUSED: (place) => `Nothing answers at ${place}. Check that the broker runs and the port is right.`,
  ENOTFOUND: (place) => `The broker's host name in ${place} cannot be found. Check the address and the network.`,
  EAI_AGAIN: (place) => `The broker's host name in ${place} cannot be found. Check the address and the network.`,
  EHOSTUNREACH: (place) => `There is no way to ${place}. Check the network and the address.`,
  ENETUNREACH: (place) => `There is no way to ${place}. Check the network and the address.`,
  ETIMEDOUT: (place) => `The broker at ${place} does not answer in time.`,
  CERT_HAS_EXPIRED: (place) =>
    `The certificate of ${place} has expired. Have it renewed at the broker; if it is still valid, check the clock of this machine.`,
  CERT_NOT_YET_VALID: (place) =>
    `The certificate of ${place} is not valid yet. Check the clock of this machine and the certificate's dates.`,
  CERT_REVOKED: (place) => `The certificate of ${place} was revoked. Have a new one issued for the broker.`,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: (place) =>
    `${place} asks for a certificate of this machine. Give it with --cert FILE and --key FILE.`,
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: (place) =>
    `${place} and this machine agree on no way of TLS, or it asks for a certificate of this machine. Give one with --cert FILE and --key FILE, or check the broker's TLS settings.`,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: (place) =>
    `${place} does not trust the certificate in --cert FILE. Have it issued by an authority that the broker knows.`,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: (place) =>
    `${place} does not accept the certificate in --cert FILE. Have it issued by an authority that the broker knows.`,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: (place) =>
    `${place} says that the certificate in --cert FILE has expired. Have it renewed.`,
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: (place) =>
    `${place} speaks no version of TLS that this machine accepts. Let the broker offer TLS 1.2 or 1.3.`,
  ERR_SSL_UNSUPPORTED_PROTOCOL: (place) =>
    `${place} speaks no version of TLS that this machine accepts. Let the broker offer TLS 1.2 or 1.3.`,
};

const UNTRUSTED =
  /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_.*|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE|INVALID_CA|ERR_OSSL_.*)$/;

function untrusted(place: string, code: string, hasCa: boolean): string {
  return hasCa
    ? `The certificate of ${place} is not trusted (${code}): the authority in --ca FILE did not issue it. Give the certificate of the authority that did with --ca FILE.`
    : `The certificate of ${place} is not trusted (${code}). Give its authority with --ca FILE.`;
}

function misnamed(place: string, { reason = '' }: ConnectionError): string {
  // Node's sentence ends in a list of names, each with its kind or, for addresses, without one.
  const [, list = ''] = /(?:list|altnames): (.*)$/.exec(reason) ?? [];
  const names = list.split(', ').flatMap((name) => name.replace(/^(?:DNS|IP Address):/, '') || []);
  const has = names.length > 0 ? ` It is for ${names.join(', ')}.` : '';
  return `The certificate of ${place} is for another host name.${has} Use a name of the certificate in the address.`;
}

/** Whether a TLS connection failed because the other side does not speak TLS. */
const isNoTls = ({ code, message }: ConnectionError): boolean =>
  code === 'ERR_SSL_WRONG_VERSION_NUMBER' ||
  code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG' ||
  /wrong version number|packet length too long|before secure TLS connection/i.test(message);

/**
 * Whether a connection that stood brought no answer to its first packet: the broker may not know this version of MQTT.
 * `error` is undefined where the connection ended in order.
 */
export const isUnanswered = (error: ConnectionError | undefined): boolean =>
  error === undefined ||
  ((error.code === undefined || error.code === 'ECONNRESET' || error.code === 'EPIPE') && !isNoTls(error));

/** Whether the other side closed an unanswered connection, or answered with something that is not MQTT. */
export const wasClosed = (error: ConnectionError): boolean =>
  isUnanswered(error) && !/connack timeout/i.test(error.message);

/** Why a connection ended that the broker closed before it had answered. `speaksTls`: that port expects TLS. */
export function explainUnanswered(url: string, speaksTls: boolean): string {
  const place = withoutSecrets(url);
  if (speaksTls && !isTls(url)) return `${place} expects TLS. Use ${otherScheme(url)}.`;
  const expected = /^wss?:/.test(url)
    ? 'a broker takes MQTT over WebSocket at this port and path'
    : 'an MQTT broker listens at this port';
  return `${place} closed the connection without an answer. Check that ${expected}.`;
}

/** The cause of a failed connection as a sentence that also says what to do. `hasCa`: an authority was given. */
export function explainConnectionError(error: ConnectionError, url: string, hasCa = false): string {
  const place = withoutSecrets(url);
  const { code, message } = error;
  if (isRefusal(error)) return `The broker at ${place} refused the user name or password. Check the credentials.`;
  if (typeof code === 'string') {
    const known = byCode[code];
    if (known !== undefined) return known(place);
    if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return misnamed(place, error);
    if (UNTRUSTED.test(code)) return untrusted(place, code, hasCa);
  }
  if (isTls(url) && isNoTls(error))
    return `${place} does not speak TLS at this port. Use ${otherScheme(url)}, or the port at which the broker speaks TLS (usually 8883).`;
  if (/connack timeout/i.test(message)) return `The broker at ${place} does not answer in time.`;
  return `The connection to ${place} failed: ${message === '' ? String(code) : message}.`;
}

/** The reason code of MQTT 5 for a session that another client of the same name took over. */
export const TAKEN_OVER = 0x8e;

/** What a contest over the client id looks like, and what to do about it. `said`: what the broker said of it. */
export const explainContest = (clientId: string, said: string | undefined, pauseMs: number): string =>
  `${
    said ??
    `The broker ends each connection soon after it accepted it, as it does when another client uses the name ${clientId}.`
  } Find the other client of the name ${clientId} and give it another name; a copied data folder has the same one. Beacon tries again in ${String(Math.max(1, Math.round(pauseMs / 1000)))} s.`;
