import type { Alarm } from '../../shared/alarms/alarm.ts';

/** An active alarm for a queue on the one link of `smallCounty`, raised a minute ago. */
export const queueAlarm = (nowMs: number): Alarm =>
  ({
    id: 'q',
    rule: 'traffic.queue',
    domain: 'traffic',
    priority: 2,
    state: 'active',
    subject: { kind: 'link', id: 'L1' },
    title: 'Queue on Main Street',
    place: 'Main Street',
    lon: -93.49,
    lat: 44.5,
    cause: '',
    consequence: '',
    action: '',
    evidence: [],
    raisedAtMs: nowMs - 60_000,
    changedAtMs: nowMs,
  }) as unknown as Alarm;
