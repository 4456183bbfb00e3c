import { describe, expect, it } from 'vitest';
import { valueFault } from '../../../../../main/engine/ingest/boundNames.ts';
import type { Value } from '../../../../../shared/base/values.ts';
import { topicFault } from '../../../../../shared/wire/names.ts';

const seen = { atMs: 1, quality: 'good' } as const;
/** Each kind of value, with one of its names given. */
const named: Readonly<Record<string, (name: string) => Value>> = {
  'a sample': (deviceId) => ({ ...seen, kind: 'sample', deviceId, quantity: 'powerKw', value: 1 }),
  'a vehicle': (vehicleId) => ({ ...seen, kind: 'vehicle', vehicleId, mode: 'bus' }),
  'the route of a vehicle': (routeId) => ({ ...seen, kind: 'vehicle', vehicleId: '1', mode: 'bus', routeId }),
  'the label of a vehicle': (label) => ({ ...seen, kind: 'vehicle', vehicleId: '1', mode: 'bus', label }),
  'a trip': (tripId) => ({ ...seen, kind: 'tripReport', tripId, tripKind: 'scheduled', stops: [] }),
  'a meter': (deviceId) => ({ ...seen, kind: 'flags', deviceId, flags: [], isState: true }),
  'a word of a meter': (flag) => ({ ...seen, kind: 'flags', deviceId: '1', flags: ['leak', flag], isState: true }),
  'a unit': (unitId) => ({ ...seen, kind: 'unit', unitId, status: 'available' }),
  'a report': (reportId) => ({ ...seen, kind: 'report', reportId, category: 'gas', text: 'Two\nlines' }),
  'a notice': (noticeId) => ({
    ...seen,
    kind: 'notice',
    noticeId,
    source: 's',
    title: 't',
    text: 'x\ty',
    severity: 'info',
  }),
};

describe.each(Object.entries(named))('the name of %s', (_, of) => {
  it.each(['M-1', 'HSL:2024', 'Straße 7 λ', '水-12', 'x'.repeat(200), '字'.repeat(66)])('may be %s', (name) => {
    expect(valueFault(of(name))).toBeUndefined();
  });

  it.each([
    'x'.repeat(201),
    '字'.repeat(67),
    'x'.repeat(60_000),
    'a\nb',
    'a\u0000b',
    'a\u001B[2Jb',
    'a\u0085b',
    'a\u2028b',
    'n\u202Egpj.bat',
    'a\uD800b',
  ])('may not be %j', (name) => {
    const fault = valueFault(of(name));
    expect(fault).toMatch(/is longer than|has control characters/);
    expect(fault?.length).toBeLessThan(300);
    expect(fault).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u2028\u202E]/);
  });
});

it('texts may have lines, but no end', () => {
  const report = (text: string): Value => ({ ...seen, kind: 'report', reportId: '1', category: 'gas', text });
  expect(valueFault(report('Smell of gas.\n\nAt the school.'))).toBeUndefined();
  expect(valueFault(report('x'.repeat(40_000)))).toMatch(/longer/);
});

it('a topic is refused by its levels and its length', () => {
  expect(topicFault('beacon/v1/meter/E-1/event')).toBeUndefined();
  expect(topicFault('/hfp/v2/journey/ongoing/vp/bus/0018/00002/1/2/Itäkeskus(M)/17:43/1/5/60;24/19/73/44')).toBe(
    undefined,
  );
  for (const topic of [`beacon/v1/meter/${'x'.repeat(201)}`, 'beacon/v1/meter/a\u0007b', 'a/'.repeat(2000)])
    expect(topicFault(topic)).toMatch(/is longer than|has control characters/);
});
