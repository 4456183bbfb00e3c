import { describe, expect, it } from 'vitest';
import { indexNetwork } from '../../../../../renderer/features/map/CountyIndex.ts';
import type { Link } from '../../../../../renderer/features/map/CountyIndex.ts';
import { closureWords, roadEffects } from '../../../../../renderer/features/map/roadEffects.ts';
import type { Incident } from '../../../../../shared/incidents/incident.ts';

const link = (id: string, ...path: [number, number][]): Link => ({
  id,
  name: 'Mill Road',
  roadClass: 'arterial',
  freeFlowMps: 25,
  lanes: 2,
  path,
});
const network = indexNetwork({
  links: [
    link('a', [0, 0], [1, 0]),
    link('b', [1, 0], [2, 0]),
    link('b-back', [2, 0], [1, 0]),
    link('far', [9, 0], [9, 1]),
  ],
  detectors: [],
});
type Closure = NonNullable<Incident['closures']>[number];
const closure = (linkId: string, more: Partial<Closure> = {}): Closure => ({
  linkId,
  name: 'Mill Road',
  by: 'Ann',
  atMs: 100,
  ...more,
});
const incident = (parts: Partial<Incident>): Incident =>
  ({ id: 'I-1', status: 'verified', ...parts }) as Partial<Incident> as Incident;
const closed = (incidents: Incident[], nowMs = 1000): string[] =>
  roadEffects(incidents, network, nowMs).closed.map(
    (each) => `${each.link.id}${each.isStart ? ' start' : ''}${each.isEnd ? ' end' : ''}`,
  );

describe('closed roads on the map', () => {
  it('are marked at both ends of the run, in the direction of travel', () => {
    expect(closed([incident({ closures: [closure('a'), closure('b')] })])).toEqual(['a start', 'b end']);
    expect(closed([incident({ closures: [closure('b'), closure('b-back')] })])).toEqual([
      'b start end',
      'b-back start end',
    ]);
    expect(closed([incident({ closures: [closure('a'), closure('b', { lanes: 'left lane' })] })])).toEqual([
      'a start end',
      'b start end',
    ]);
  });

  it('are those of open incidents that hold at the time of the picture', () => {
    const closures = [closure('a', { untilMs: 500 }), closure('far', { atMs: 700 })];
    expect([closed([incident({ closures })], 400), closed([incident({ closures })], 800)]).toEqual([
      ['a start end'],
      ['far start end'],
    ]);
    expect(closed([incident({ closures: [closure('a')], status: 'resolved' })])).toEqual([]);
    expect(closed([incident({ closures: [closure('a')], mergedInto: 'I-2' })])).toEqual([]);
    expect(closed([incident({ closures: [closure('not of this county')] })])).toEqual([]);
  });

  it('say what is closed and until when', () => {
    const at = (ms: number): string => `${ms}`;
    expect(closureWords({ lanes: undefined, untilMs: undefined }, at)).toBe('closed');
    expect(closureWords({ lanes: 'left lane', untilMs: 5 }, at)).toBe('closed: left lane, until 5');
  });
});

it('draws a diversion along all of its links', () => {
  const diversion = { id: 'd', text: 'By Oak Street', linkIds: ['b', 'far'], by: 'Ann', atMs: 1 };
  const { diverted } = roadEffects([incident({ diversions: [diversion] })], network, 1000);
  expect(diverted.map((each) => [each.link.id, each.isStart])).toEqual([
    ['b', true],
    ['far', false],
  ]);
});
