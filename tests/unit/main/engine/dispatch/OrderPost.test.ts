import { expect, it, vi } from 'vitest';
import { OrderPost } from '../../../../../main/engine/dispatch/OrderPost.ts';
import { orderText } from '../../../../../shared/dispatch/sentOrder.ts';
import type { UnitReport, UnitStatus } from '../../../../../shared/base/values.ts';

const NOW = Date.UTC(2026, 10, 23);
const go = { at: NOW, incident: 'I-1', order: 'go' } as const;
const report = (status: UnitStatus, incidentId: string): UnitReport => ({
  kind: 'unit',
  unitId: 'P1',
  status,
  incidentId,
  atMs: NOW + 1000,
  quality: 'good',
});

function post(): { orders: OrderPost; answers: PromiseWithResolvers<{ isHeard: boolean }>[]; states: () => string[] } {
  const answers: PromiseWithResolvers<{ isHeard: boolean }>[] = [];
  const publish = (): Promise<{ isHeard: boolean }> => {
    answers.push(Promise.withResolvers());
    return answers.at(-1)?.promise ?? Promise.reject(new Error('no answer'));
  };
  const orders = new OrderPost({ publish, log: () => undefined });
  return { orders, answers, states: () => orders.all().map(({ state }) => state) };
}

it('waits until the broker has the order, and then for the unit', async () => {
  const { orders, answers, states } = post();
  const changed = vi.fn();
  orders.onChange(changed);
  orders.send('P1', go);
  expect(states()).toEqual(['waiting']);
  answers[0]?.resolve({ isHeard: true });
  await vi.waitFor(() => expect(states()).toEqual(['sent']), 60_000);
  orders.noteValues([report('dispatched', 'I-2')]);
  expect(states()).toEqual(['sent']);
  orders.noteValues([report('dispatched', 'I-1')]);
  expect(states()).toEqual(['received']);
  expect(changed).toHaveBeenCalledTimes(3);
});

it('says what the broker said: refused, or taken for nobody', async () => {
  const { orders, answers, states } = post();
  orders.send('P1', go);
  orders.send('P2', go);
  answers[0]?.reject(new Error('Publish error: Not authorized'));
  answers[1]?.resolve({ isHeard: false });
  await vi.waitFor(() => expect(states().toSorted()).toEqual(['refused', 'unheard']), 60_000);
  expect(orders.all().map(orderText).toSorted()).toEqual([
    'order refused by the broker: not authorized',
    'order sent, but no device of the unit is subscribed',
  ]);
});

it('an answer to an earlier order says nothing about the newer one, nor one that is later than the unit', async () => {
  const { orders, answers, states } = post();
  orders.send('P1', go);
  orders.send('P1', { ...go, at: NOW + 500, order: 'standDown' });
  answers[0]?.reject(new Error('refused'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(orders.all()).toMatchObject([{ order: 'standDown', state: 'waiting' }]);
  orders.send('P1', go);
  orders.noteValues([report('accepted', 'I-1')]);
  answers[2]?.resolve({ isHeard: true });
  await new Promise((resolve) => setImmediate(resolve));
  expect(states()).toEqual(['received']);
});

it('forgets the oldest of many', () => {
  const { orders } = post();
  for (let unit = 0; unit < 300; unit++) orders.send(`U${unit}`, go);
  expect(orders.all()).toHaveLength(200);
  expect(orders.all().at(-1)?.unitId).toBe('U299');
});
