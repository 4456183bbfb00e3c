import { expect, it } from 'vitest';
import { fillTemplate, unknownPlaceholders } from '../../../../shared/incidents/fillTemplate.ts';

const facts = {
  id: 'I-1',
  title: 'Crash',
  place: '{title}',
  type: 'Crash',
  priority: '2',
  county: 'Alder',
  time: '14:05',
};

it('fills in what is known, once, and leaves the rest to be seen', () => {
  expect(fillTemplate('{id}: {place} {toString} {}', facts)).toBe('I-1: {title} {toString} {}');
  expect(unknownPlaceholders('{id} {toString} {where}')).toEqual(['toString', 'where']);
});
