import type { Refusal } from '../feed.ts';
import { isTime } from './jsonMessage.ts';

/** What the gateway publishes: `rtlamr/status`, `rtlamr/<meter>/state` and `rtlamr/<meter>/attributes`. */
type GatewayTopic = { meter: string; form: 'status' | 'state' | 'attributes' };

const METER_TOPIC = /^rtlamr\/(\d{1,10})\/(state|attributes)$/;
const READING = /^(\d{1,15})(?:\.(\d{1,6}))?$/;
const MOST_BYTES = 65_536;

/** What one of the gateway's topics says; undefined for a topic of rtlamr itself. */
export function gatewayTopic(topic: string): GatewayTopic | undefined {
  if (topic === 'rtlamr/status') return { meter: '', form: 'status' };
  const [, meter, form] = METER_TOPIC.exec(topic) ?? [];
  if (meter === undefined) return undefined;
  return { meter: String(Number(meter)), form: form === 'state' ? 'state' : 'attributes' };
}

const refusal = (reason: Refusal['reason'], detail: string): { refusal: Refusal } => ({ refusal: { reason, detail } });

/** The payload as the gateway meant it: an object, or the bare reading, whose zeros in front JSON does not allow. */
function parse(text: string): unknown {
  if (READING.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads a state. The gateway puts a point into the counter as its user wishes (`75871.17`), so the digits without the
 * point are the count. A JSON number has lost its last zeros, and is taken only where it is whole.
 */
export function readState(
  payload: Uint8Array,
  receivedAtMs: number,
): { count: number; atMs: number } | { refusal: Refusal } {
  if (payload.length > MOST_BYTES) return refusal('tooLarge', `${String(payload.length)} bytes`);
  const state = parse(new TextDecoder().decode(payload).trim());
  const parts: { reading?: unknown; lastseen?: unknown } =
    typeof state === 'object' && state !== null ? state : { reading: state };
  const reading = Number.isSafeInteger(parts.reading) ? String(parts.reading) : parts.reading;
  const [, whole, digits = ''] = typeof reading === 'string' ? (READING.exec(reading.trim()) ?? []) : [];
  if (whole === undefined) return refusal('badShape', 'reading: not the digits of a counter, as "0827187" or "758.17"');
  const atMs = typeof parts.lastseen === 'string' ? Date.parse(parts.lastseen) : receivedAtMs;
  return isTime(atMs)
    ? { count: Number(whole + digits), atMs }
    : refusal('badTime', `lastseen ${String(parts.lastseen)}`);
}
