import { describe, expect, it } from 'vitest';
import { effectFates, fateName, resolution } from '../../../../../renderer/features/incidents/effectFates.ts';
import { closureGroups, readRoutes, untilWords } from '../../../../../renderer/features/incidents/effectWords.ts';
import {
  linkWords,
  readLinks,
  toggled,
  twinsOf,
  writeLinks,
} from '../../../../../renderer/features/incidents/linkChoice.ts';
import { localTime } from '../../../../../renderer/ui/formatTime.ts';

const path: [number, number][] = [
  [-93, 44],
  [-92.99, 44],
];
const links = [
  { id: 'a', name: 'Mill Road', path },
  { id: 'b', name: 'Mill Road', path: path.toReversed() },
];

describe('links of a form', () => {
  it('are added and removed by a click, with the direction in their words', () => {
    expect(toggled(toggled([], 'a'), 'b')).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
    expect([linkWords(links, 'a'), linkWords(links, 'b'), linkWords(links, 'x')]).toEqual([
      'Mill Road, E',
      'Mill Road, W',
      'x',
    ]);
  });

  it('have a twin in the other direction', () => {
    expect([twinsOf(links, ['a']), twinsOf(links, ['a', 'b']), twinsOf(links, [])]).toEqual([['b'], [], []]);
  });

  it('are kept as the text of a draft', () => {
    expect(readLinks(writeLinks(['a, b', 'c']))).toEqual(['a, b', 'c']);
    expect([readLinks(''), readLinks('{'), readLinks('7'), writeLinks([])]).toEqual([[], [], [], '']);
  });
});

describe('effects in words', () => {
  it('are one closure where links of a road were closed together', () => {
    const closure = (linkId: string, name: string, lanes?: string) => ({
      linkId,
      name,
      by: 'Ann',
      atMs: 1,
      ...(lanes !== undefined && { lanes }),
    });
    const groups = closureGroups([
      closure('a', 'Mill Road'),
      closure('b', 'Mill Road'),
      closure('c', 'Mill Road', 'left'),
    ]);
    expect(groups.map(({ linkIds }) => linkIds)).toEqual([['a', 'b'], ['c']]);
  });

  it('end by the county’s clock, with the day where it is another one, and say when that is over', () => {
    const time = localTime('America/Chicago');
    const nowMs = Date.UTC(2026, 10, 24, 0, 5);
    expect(untilWords(undefined, nowMs, time)).toBe('until further notice');
    expect(untilWords(nowMs + 7_200_000, nowMs, time)).toBe('until 20:05');
    expect(untilWords(nowMs + 86_400_000, nowMs, time)).toBe('until Tue 24 Nov 18:05');
    expect(untilWords(nowMs - 60_000, nowMs, time)).toBe('was to end 18:04: end or extend it');
  });

  it('know routes by number or id, and name those that there are not', () => {
    const routes = [
      { id: 'R4', shortName: '4' },
      { id: 'R5', shortName: '5' },
    ];
    expect(readRoutes(' 4, R5,4', routes)).toEqual({ routeIds: ['R4', 'R5'] });
    expect(readRoutes('', routes)).toEqual({ routeIds: [] });
    expect(readRoutes('4, banana', routes)).toEqual({ unknown: ['banana'] });
  });
});

describe('what becomes of open effects', () => {
  const open = [
    { kind: 'closure' as const, id: 'a', text: 'Mill Road closed' },
    { kind: 'publicMessage' as const, id: 'only', text: 'Avoid it' },
  ];

  it('is sent with the outcome, each with its decision', () => {
    const values = { outcome: ' Towed ', [fateName(open[1]!)]: 'keep' };
    expect(resolution(open, values)).toEqual({
      outcome: 'Towed',
      effects: [
        { kind: 'closure', id: 'a', fate: 'end' },
        { kind: 'publicMessage', id: 'only', fate: 'keep' },
      ],
    });
  });

  it('waits for the incident that takes over, and for an outcome', () => {
    const values = { outcome: 'Towed', [fateName(open[0]!)]: 'handOn' };
    expect(resolution(open, values)).toBeUndefined();
    expect(resolution(open, { ...values, handOnTo: 'I-2' })).toMatchObject({ handOnTo: 'I-2' });
    expect(resolution([], { outcome: '  ' })).toBeUndefined();
  });

  it('is to stay as it is for a message to the public alone', () => {
    const kinds = ['unit', 'closure', 'diversion', 'alert', 'outage', 'publicMessage'] as const;
    expect(kinds.filter((kind) => effectFates(kind).some(({ id }) => id === 'keep'))).toEqual(['publicMessage']);
  });
});
