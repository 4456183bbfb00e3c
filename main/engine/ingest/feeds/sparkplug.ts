import type { DeviceFlags, Sample, Value } from '../../../../shared/base/values.ts';
import type { Feed, Refusal, Reply } from '../feed.ts';
import type { Registry } from '../../registry/Registry.ts';
import { isTime } from './jsonMessage.ts';
import { protobufMessage } from './protobufMessage.ts';
import { SPARKPLUG_ID_PREFIX, SparkplugNode } from './SparkplugNode.ts';
import type { Declared, KnownMetric } from './SparkplugNode.ts';
import { flatMetrics, metricNumber, metricQuality } from './sparkplugMetric.ts';
import { sparkplugPayloadType } from './sparkplugSchema.ts';
import type { SparkplugMetric, SparkplugPayload } from './sparkplugSchema.ts';

type State = { nodes: Map<string, SparkplugNode>; declared: Declared };
type Message = {
  node: SparkplugNode;
  device: string;
  payload: SparkplugPayload;
  receivedAtMs: number;
  registry: Registry;
};
type Outcome = { values: Value[]; replies?: Reply[] } | { refusal: Refusal; replies?: Reply[] };

const MOST_BYTES = 262_144;
const MOST_NODES = 5000;
const messageTypes = ['NBIRTH', 'NDEATH', 'DBIRTH', 'DDEATH', 'NDATA', 'DDATA'] as const;
type MessageType = (typeof messageTypes)[number];
/** Message types of commands to nodes, including those that Beacon sends. */
const COMMANDS = new Set(['NCMD', 'DCMD']);
/** Metrics of the protocol itself. */
const OF_PROTOCOL = /^(bdSeq$|Node Control\/|Device Control\/|Node Info\/)/;

type Topic = { group: string; type: MessageType; node: string; device: string };

function parseTopic(topic: string): Topic | undefined {
  const [, group = '', word = '', node = '', device = '', ...rest] = topic.split('/');
  const type = messageTypes.find((each) => each === word);
  if (type === undefined || group === '' || node === '' || rest.length > 0 || type.startsWith('D') !== (device !== ''))
    return undefined;
  return { group, type, node, device };
}

function nodeOf(state: State, { group, node }: Topic): SparkplugNode {
  const key = `${group}/${node}`;
  const known = state.nodes.get(key);
  if (known !== undefined) return known;
  const fresh = new SparkplugNode(group, node, state.declared);
  const [oldest] = state.nodes;
  if (state.nodes.size >= MOST_NODES && oldest !== undefined) {
    oldest[1].forget();
    state.nodes.delete(oldest[0]);
  }
  state.nodes.set(key, fresh);
  return fresh;
}

const numberOf = (value: bigint | undefined): number | undefined => (value === undefined ? undefined : Number(value));
const timeOf = ({ payload, receivedAtMs }: Message, metric?: SparkplugMetric): number =>
  numberOf(metric?.timestamp ?? payload.timestamp) ?? receivedAtMs;

function toSample(known: KnownMetric, metric: SparkplugMetric, atMs: number, isGapped: boolean): Sample | undefined {
  const number = metricNumber(metric, metric.datatype ?? known.datatype);
  if (number === undefined) return undefined;
  const about = {
    kind: 'sample',
    deviceId: known.deviceId,
    quantity: known.quantity,
    value: known.toSi(number),
    atMs,
  } as const;
  const own = metricQuality(metric);
  if (own !== 'good')
    return { ...about, quality: own, reason: `The node calls the value ${own === 'stale' ? 'stale' : 'bad'}.` };
  if (known.isRaw)
    return {
      ...about,
      quality: 'suspect',
      reason: `Neither the county's register nor the metric says what ${known.name} measures.`,
    };
  if (isGapped && metric.name === undefined)
    return {
      ...about,
      quality: 'suspect',
      reason: 'Messages of the node were lost; it has not been born again since.',
    };
  return { ...about, quality: 'good' };
}

type Read = { samples: Sample[]; /** Metrics whose alias no birth declared. */ strange: number; badTimes: number };

function readMetrics(message: Message, isBirth: boolean): Read {
  const { node, device, payload, registry } = message;
  const read: Read = { samples: [], strange: 0, badTimes: 0 };
  const metrics = flatMetrics(payload.metrics ?? []);
  if (isBirth) node.claim(device, metrics, registry);
  for (const metric of metrics) {
    const { name } = metric;
    if (name !== undefined && OF_PROTOCOL.test(name)) continue;
    const found = isBirth ? undefined : node.find(device, metric);
    const known = found ?? (name === undefined ? undefined : node.learn(device, name, metric, registry));
    const atMs = timeOf(message, metric);
    if (known === undefined) read.strange++;
    else if (!isTime(atMs)) read.badTimes++;
    else {
      const sample = toSample(known, metric, atMs, node.isGapped);
      if (sample !== undefined) read.samples.push(sample);
    }
  }
  return read;
}

const presence = (deviceId: string, atMs: number, isAlive: boolean): DeviceFlags => ({
  kind: 'flags',
  deviceId,
  atMs,
  flags: isAlive ? [] : ['offline'],
  isState: true,
  media: 'Sparkplug',
  ...(isAlive ? { quality: 'good' } : { quality: 'stale', reason: 'The node reported its end.' }),
});

/** The values, or the reason for the refusal, and a rebirth request where the session is broken. */
function outcome(
  { node, payload, receivedAtMs }: Message,
  before: readonly Value[],
  { samples, strange, badTimes }: Read,
): Outcome {
  const replies = node.isGapped || strange > 0 ? node.askRebirth(receivedAtMs) : [];
  if (samples.length + before.length > 0 || strange + badTimes === 0)
    return { values: [...before, ...samples], replies };
  if (strange > 0)
    return {
      refusal: { reason: 'outOfSequence', detail: `${String(strange)} metrics by aliases that no birth told` },
      replies,
    };
  return {
    refusal: {
      reason: 'badTime',
      detail: `timestamp ${String(payload.timestamp)} is not epoch milliseconds of a plausible time`,
    },
    replies,
  };
}

function birth(message: Message, isOfNode: boolean): Outcome {
  const { node, device, payload, receivedAtMs } = message;
  const seq = numberOf(payload.seq);
  if (isOfNode) node.begin(bdSeqOf(payload), seq);
  else node.follow(seq);
  if (device !== '') node.addDevice(device, message.registry);
  const atMs = timeOf(message);
  return outcome(
    message,
    [presence(node.deviceId(device), isTime(atMs) ? atMs : receivedAtMs, true)],
    readMetrics(message, true),
  );
}

function data(message: Message): Outcome {
  message.node.follow(numberOf(message.payload.seq));
  return outcome(message, [], readMetrics(message, false));
}

const bdSeqOf = (payload: SparkplugPayload): bigint | undefined => {
  const metric = payload.metrics?.find(({ name }) => name === 'bdSeq');
  return metric?.longValue ?? (metric?.intValue === undefined ? undefined : BigInt(metric.intValue));
};

/**
 * A node's death message is its MQTT will, written when it connected: its time is the time of its receipt, and it
 * counts only where it is the will of the present session.
 */
function nodeDeath({ node, payload, receivedAtMs }: Message): Outcome {
  const bdSeq = bdSeqOf(payload);
  if (node.isAlive && node.bdSeq !== undefined && bdSeq !== undefined && bdSeq !== node.bdSeq) return { values: [] };
  node.isAlive = false;
  return { values: ['', ...node.devices].map((device) => presence(node.deviceId(device), receivedAtMs, false)) };
}

function deviceDeath(message: Message): Outcome {
  message.node.follow(numberOf(message.payload.seq));
  const atMs = timeOf(message);
  const replies = message.node.isGapped ? message.node.askRebirth(message.receivedAtMs) : [];
  return {
    values: [presence(message.node.deviceId(message.device), isTime(atMs) ? atMs : message.receivedAtMs, false)],
    replies,
  };
}

function take(type: MessageType, message: Message): Outcome {
  if (type === 'NBIRTH') return birth(message, true);
  if (type === 'NDEATH') return nodeDeath(message);
  const { node, receivedAtMs } = message;
  if (!node.isAlive)
    return {
      refusal: { reason: 'outOfSequence', detail: `${type} before the node's birth` },
      replies: node.askRebirth(receivedAtMs),
    };
  if (type === 'DBIRTH') return birth(message, false);
  return type === 'DDEATH' ? deviceDeath(message) : data(message);
}

/**
 * Sparkplug B 3.0. Births give metrics their names, types and aliases; data messages may carry aliases only, and only
 * what changed, so silence is healthy until a death. After a gap in the sequence, or data without a birth, the node is
 * asked for its births again.
 */
export const sparkplug: Feed<State, undefined, 'sparkplug'> = {
  id: 'sparkplug',
  name: 'Sparkplug B',
  filters: ['spBv1.0/#'],
  qos: 0,
  idPrefixes: [SPARKPLUG_ID_PREFIX],
  // Nodes report only changes, so silence is not a fault.
  quietAfterMs: Number.POSITIVE_INFINITY,
  initialState: () => ({ nodes: new Map(), declared: { count: 0 } }),
  step(state, topic, payload, receivedAtMs, registry) {
    const [, second = '', third = ''] = topic.split('/');
    if (second === 'STATE' || COMMANDS.has(third)) return { state, values: [] };
    const place = parseTopic(topic);
    if (place === undefined)
      return { state, refusal: { reason: 'badTopic', detail: 'not spBv1.0/<group>/<type>/<node>[/<device>]' } };
    const decoded = protobufMessage<SparkplugPayload>(sparkplugPayloadType, payload, {
      mostBytes: MOST_BYTES,
      longs: BigInt,
    });
    if ('refusal' in decoded) return { state, refusal: decoded.refusal };
    const message: Message = {
      node: nodeOf(state, place),
      device: place.device,
      payload: decoded.message,
      receivedAtMs,
      registry,
    };
    return { state, ...take(place.type, message) };
  },
};
