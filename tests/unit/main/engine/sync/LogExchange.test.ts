import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryId, hasSeen, orderEntries } from '../../../../../shared/record/logEntry.ts';
import { SimulatedNetwork } from '../../../../support/SimulatedDesk.ts';
import type { SimulatedWorkstation } from '../../../../support/SimulatedDesk.ts';

/** What befalls a desk, by weight: `n` chooses a workstation, a message or a time. */
const kinds = [
  'write',
  'write',
  'write',
  'deliver',
  'deliver',
  'deliver',
  'lose',
  'double',
  'cut',
  'heal',
  'restart',
  'wipe',
  'tick',
  'skew',
] as const;
type Happening = { kind: (typeof kinds)[number] | 'backup' | 'restore'; n: number };
const happening = (more: readonly Happening['kind'][] = []): fc.Arbitrary<Happening> =>
  fc.record({ kind: fc.constantFrom(...kinds, ...more), n: fc.nat(10_000) });

type Log = SimulatedWorkstation['log'];
/** What each happening does; `n` is drawn at random. */
const actions: Record<
  Happening['kind'],
  (
    network: SimulatedNetwork,
    workstation: SimulatedWorkstation,
    n: number,
    index: number,
    backups: Map<string, Log>,
  ) => void
> = {
  write: (_, workstation, _n, index) => workstation.write(`${workstation.id} ${String(index)}`),
  deliver(network, _, n) {
    for (let count = 0; count < 4 && network.underWay.length > 0; count++) network.deliver(n + count * 7);
  },
  lose(network, _, n) {
    for (let count = 0; count < 3 && network.underWay.length > 0; count++) network.lose(n + count * 5);
  },
  double(network, _, n) {
    if (network.underWay.length > 0) network.deliver(n, true);
  },
  cut: (_, workstation) => workstation.cut(),
  heal(_, workstation) {
    if (workstation.isCut) workstation.heal();
  },
  restart: (_, workstation) => workstation.restart(),
  wipe(network) {
    network.retained.clear();
    for (const each of network.workstations) each.sendBeat();
  },
  tick: (network, _, n) => network.tick(200 + (n % 3000)),
  skew(_, workstation, n) {
    workstation.clockOffMs = (n % 7) * 30_000 - 90_000;
  },
  backup: (_, workstation, _n, _index, backups) => void backups.set(workstation.id, copyOf(workstation.log)),
  restore: (_, workstation, _n, _index, backups) => workstation.restart(backups.get(workstation.id) ?? workstation.log),
};

const copyOf = (log: Log): Log => structuredClone(new Map(log));

function live(count: number, happenings: readonly Happening[]): SimulatedNetwork {
  const network = new SimulatedNetwork(count);
  const backups = new Map<string, Log>();
  for (const [index, { kind, n }] of happenings.entries())
    actions[kind](network, network.workstations[n % count]!, n, index, backups);
  return network;
}

describe('LogExchange', () => {
  it('brings all workstations to the same log in the same order, with nothing lost, in 10,000 random histories', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4 }), fc.array(happening(), { maxLength: 30 }), (count, happenings) => {
        const network = live(count, happenings);
        expect(network.settle()).toBeLessThanOrEqual(12);
        const [first, ...others] = network.workstations.map((each) => orderEntries(each.entries()));
        expect(new Set(first!.map(({ event }) => (event.kind === 'system.noted' ? event.text : '')))).toEqual(
          network.written,
        );
        for (const other of others) expect(other.map(entryId)).toEqual(first!.map(entryId));
        for (const [place, entry] of first!.entries())
          expect(first!.slice(0, place).some((earlier) => hasSeen(earlier, entry))).toBe(false);
      }),
      { numRuns: 10_000 },
    );
  });

  it('loses nothing that a peer had when a data folder is put back to an earlier time, and goes on in a new epoch', () => {
    fc.assert(
      fc.property(
        fc.array(
          happening(['backup', 'restore', 'restore']).filter(({ kind }) => kind !== 'wipe' && kind !== 'lose'),
          { maxLength: 40 },
        ),
        (happenings) => {
          const network = live(3, happenings);
          expect(network.settle()).toBeLessThanOrEqual(12);
          const texts = network.workstations.map((each) =>
            each
              .entries()
              .map(({ event }) => (event.kind === 'system.noted' ? event.text : ''))
              .sort(),
          );
          for (const other of texts) expect(other).toEqual(texts[0]);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('fetches what it missed in blocks, a bounded number at a time', () => {
    const network = new SimulatedNetwork(3);
    const [first, second, third] = network.workstations;
    third!.cut();
    for (let index = 0; index < 4000; index++) first!.write(`entry ${String(index)}`);
    while (network.underWay.length > 0) network.deliver(0);
    network.tick();
    third!.heal();
    network.tick();
    let most = 0;
    while (network.underWay.length > 0) {
      most = Math.max(
        most,
        network.underWay.filter(({ message }) => message.kind === 'ask' || message.kind === 'give').length,
      );
      network.deliver(0);
    }
    expect(most).toBeLessThanOrEqual(6);
    expect(third!.entries()).toHaveLength(4000);
    expect(second!.entries()).toHaveLength(4000);
  });

  it('goes on in a new epoch where its data folder was copied and the other one runs', () => {
    const network = new SimulatedNetwork(2);
    const [original, copy] = network.workstations;
    original!.write('before');
    copy!.restart(original!.log);
    copy!.own = original!.own;
    const beat = {
      from: 'w0.1',
      name: 'w0',
      instance: 'w0-0',
      bornAtMs: 0,
      beat: 99,
      atMs: 0,
      heads: original!.exchange.heads(),
      term: 0,
      standing: 'ready' as const,
      acts: [],
    };
    original!.restart();
    const effects = original!.exchange.hear(beat, false, 1000);
    expect(effects).toContainEqual({ kind: 'renew', reason: 'copied' });
  });
});
