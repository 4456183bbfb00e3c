import { expect, it } from 'vitest';
import { mayPublish, readUsers, userOf } from '../../../../main/broker/access.ts';

const users = { engine: 'e-secret', county: 'c-secret', devices: 'd-secret' };

it.each([
  ['beacon-1234', 'engine', 'e-secret', 'engine'],
  ['beacon-simulator-7', 'county', 'c-secret', 'county'],
  ['thermometer', 'devices', 'd-secret', 'devices'],
  ['W1-a', 'engine', 'e-secret', 'engine'],
  ['beacon-1234', 'devices', 'd-secret', undefined],
  ['beacon-1234', 'county', 'c-secret', undefined],
  ['beacon-simulator-7', 'devices', 'd-secret', undefined],
  ['thermometer', 'devices', 'e-secret', undefined],
  ['thermometer', 'devices', '', undefined],
  ['thermometer', 'toString', 'd-secret', undefined],
  ['thermometer', undefined, undefined, undefined],
])('a client %s that comes as %s with "%s" is %s', (id, name, password, user) => {
  expect(userOf(users, id, name, password === undefined ? undefined : Buffer.from(password))).toBe(user);
});

it('what the engine and the county say, nobody else says', () => {
  for (const topic of ['beacon/v1/desk/d/head/a/1', 'beacon/v1/dispatch/U1', 'beacon/v1/engine/beacon-1'])
    expect([mayPublish('engine', topic), mayPublish('county', topic), mayPublish('devices', topic)]).toEqual([
      true,
      false,
      false,
    ]);
  expect([mayPublish('county', 'beacon/v1/clock'), mayPublish('devices', 'beacon/v1/clock')]).toEqual([true, false]);
  expect(mayPublish('devices', 'beacon/v1/meter/E1')).toBe(true);
});

it('without passwords anybody may connect', () => {
  expect(readUsers({})).toBeUndefined();
  expect(readUsers({ BEACON_BROKER_USERS: JSON.stringify(users) })).toEqual(users);
  expect(() => readUsers({ BEACON_BROKER_USERS: '{"engine":"x"}' })).toThrow();
});
