import { expect, test } from 'vitest';
import { addressOf, parseAddress } from '../../../../renderer/pages/address.ts';

test('a page and what is on it come back from the address that was made of them', () => {
  expect(parseAddress(addressOf('alarms'))).toEqual({ page: 'alarms', path: '' });
  expect(parseAddress(addressOf('incidents', 'a/b c%'))).toEqual({ page: 'incidents', path: 'a/b c%' });
});

test('an address that names nothing, or cannot be read, is no error', () => {
  for (const hash of ['', '#', '#/']) expect(parseAddress(hash)).toEqual({ page: '', path: '' });
  expect(parseAddress('#/incidents/%E0%A4%A')).toEqual({ page: 'incidents', path: '' });
});

test('what the page keeps behind a question mark is no part of the path', () => {
  expect(parseAddress('#/situation?select=link:L/1')).toEqual({ page: 'situation', path: '' });
  expect(parseAddress('#/incidents/I-7?tab=log')).toEqual({ page: 'incidents', path: 'I-7' });
});
