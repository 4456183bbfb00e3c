import type { StreamMessage } from '../../../shared/contract/contract.ts';
import type { Condition } from '../domains/kit/Condition.ts';
import { isAwaited } from './isAwaited.ts';

type Vitals = StreamMessage<'vitals'>;

/** A source may start later than Beacon. */
const AWAITED_AFTER_MS = 300_000;

const base = { domain: 'system', place: 'Control room', onDelayMs: 0, offDelayMs: 5000 } as const;

function brokerLost({ broker }: Vitals): Condition {
  return {
    ...base,
    rule: 'system.broker',
    priority: 2,
    subject: { kind: 'system', id: 'broker' },
    title: broker.state === 'refused' ? 'The broker refuses the connection' : 'Connection to the broker lost',
    cause: broker.reason ?? 'The broker does not answer.',
    consequence: 'No live data arrives; the picture is frozen at its last values.',
    action: 'Check the broker and the network. Beacon tries again by itself; messages of QoS 1 wait at the broker.',
    evidence: [{ label: 'Broker', text: broker.url }],
    onDelayMs: 3000,
  };
}

function storeFailed({ store }: Vitals): Condition {
  return {
    ...base,
    rule: 'system.store',
    priority: 2,
    subject: { kind: 'system', id: 'store' },
    title: 'The store does not take data',
    cause: store.reason ?? 'The data folder cannot be written.',
    consequence: 'Live values are shown but not kept; messages of QoS 1 wait at the broker.',
    action: 'Free space on the disk or mend the data folder. Beacon tries again by itself.',
    evidence: [{ label: 'Rows waiting', text: String(store.queue) }],
  };
}

function diskShort({ disk }: Vitals): Condition {
  const isFull = disk.state === 'full';
  return {
    ...base,
    rule: 'system.disk',
    priority: isFull ? 2 : 3,
    subject: { kind: 'system', id: 'disk' },
    title: isFull ? 'The disk is full' : 'The disk is nearly full',
    cause: 'The disk that holds the data folder has too little room.',
    consequence: isFull
      ? 'Live values are shown but not kept; messages of QoS 1 wait at the broker. The record of operators goes on in its reserve.'
      : 'When it is full, live values will be shown but not kept.',
    action: 'Free space on the disk. Beacon goes on by itself.',
    evidence: [{ label: 'Free', text: `${Math.round(disk.freeBytes / 1024 ** 2)} MB` }],
  };
}

function feedQuiet(feed: Vitals['feeds'][number]): Condition {
  return {
    ...base,
    rule: 'system.feedQuiet',
    priority: 3,
    subject: { kind: 'feed', id: feed.id },
    title: `No data from ${feed.name}`,
    cause: 'The source has fallen silent, or something between it and the broker has.',
    consequence: 'What this feed shows is old.',
    action: 'Ask the operator of the source; look at the other feeds of the same place.',
    evidence: [{ label: 'Messages so far', text: String(feed.received) }],
    onDelayMs: 5000,
    offDelayMs: 30_000,
  };
}

function feedAwaited(feed: Vitals['feeds'][number]): Condition {
  return {
    ...feedQuiet(feed),
    title: `Nothing was ever heard from ${feed.name}`,
    cause: 'The county has devices that publish there, and no message has come since the start.',
    consequence: 'What this feed should show is missing.',
    action:
      'Check that its source publishes to this broker, to the topics in docs/topics.md, and that Beacon may read them.',
    onDelayMs: AWAITED_AFTER_MS,
  };
}

/**
 * The conditions of Beacon's own operation. While the broker is disconnected, the silence of its feeds is not reported.
 */
export function systemConditions(vitals: Vitals): Condition[] {
  const isConnected = vitals.broker.state === 'connected';
  const isBrokerNews = vitals.broker.state === 'lost' || vitals.broker.state === 'refused';
  return [
    ...(isBrokerNews ? [brokerLost(vitals)] : []),
    ...(vitals.disk.state === 'ok' ? [] : [diskShort(vitals)]),
    // A full disk is one event and one alarm.
    ...(vitals.store.state === 'failed' && vitals.disk.state !== 'full' ? [storeFailed(vitals)] : []),
    ...(isConnected ? vitals.feeds.filter(({ state }) => state === 'quiet').map(feedQuiet) : []),
    ...(isConnected ? vitals.feeds.filter(isAwaited).map(feedAwaited) : []),
  ];
}
