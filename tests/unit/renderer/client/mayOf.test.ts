import { describe, expect, it } from 'vitest';
import { mayOf } from '../../../../renderer/client/mayOf.ts';
import { requests } from '../../../../shared/contract/contract.ts';
import type { RequestName } from '../../../../shared/contract/contract.ts';
import { may } from '../../../../shared/people/permissions.ts';
import { roles } from '../../../../shared/people/person.ts';

const names = Object.keys(requests) as RequestName[];

describe('what a screen offers', () => {
  it('allows each role just what the contract lets it do', () => {
    for (const role of roles) {
      const offered = names.filter((name) => mayOf(name, role, false).state === 'allowed');
      expect(offered).toEqual(names.filter((name) => may(role, requests[name].needs)));
    }
  });

  it('says which role a command needs', () => {
    expect(mayOf('incident.orderUnit', 'operator', false)).toEqual({ state: 'refused', reason: 'Needs a dispatcher.' });
    expect(mayOf('shift.sign', 'dispatcher', false)).toEqual({ state: 'refused', reason: 'Needs a supervisor.' });
    expect(mayOf('people.create', 'supervisor', false)).toEqual({
      state: 'refused',
      reason: 'Needs an administrator.',
    });
  });

  it('hides from who only looks what can never be pressed, but not the own password', () => {
    expect(mayOf('alarm.acknowledge', 'viewer', false)).toEqual({ state: 'hidden', reason: 'Needs an operator.' });
    expect(mayOf('incident.open', undefined, false).state).toBe('hidden');
    expect(mayOf('people.changePassword', 'viewer', false)).toEqual({ state: 'allowed' });
  });

  it('refuses every command while the past is shown, and lets questions pass', () => {
    for (const name of names)
      expect(mayOf(name, 'administrator', true).state, name).toBe(requests[name].isCommand ? 'refused' : 'allowed');
    expect(mayOf('incident.note', 'operator', true)).toEqual({
      state: 'refused',
      reason: 'This screen shows the past. Go back to live to do this.',
    });
    // Going back to live would not help the one who may not do it there either.
    expect(mayOf('incident.merge', 'operator', true)).toEqual({ state: 'refused', reason: 'Needs a dispatcher.' });
  });
});
