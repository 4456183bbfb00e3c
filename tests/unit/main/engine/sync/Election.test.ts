import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Election } from '../../../../../main/engine/sync/Election.ts';
import type { Standing } from '../../../../../main/engine/sync/peerMessages.ts';

const STEP_MS = 100;
const BEAT_EVERY_STEPS = 10;
const ids = ['a.1', 'b.1', 'c.1', 'd.1'];

type Said = { id: string; beat: number; standing: Standing; term: number };
/** A workstation's line to the broker: what is under way up and down, in order, while it is not held up. */
type Station = {
  id: string;
  election: Election;
  beat: number;
  up: Said[];
  down: Said[];
  isConnected: boolean;
  isRunning: boolean;
  heldUpUntil: number;
  heldDownUntil: number;
  backAt: number;
};

type Trouble = { step: number; station: number; kind: 'holdUp' | 'holdDown' | 'cut' | 'kill'; steps: number };
const trouble: fc.Arbitrary<Trouble> = fc.record({
  step: fc.nat(500),
  station: fc.nat(ids.length - 1),
  kind: fc.constantFrom('holdUp', 'holdDown', 'cut', 'kill'),
  steps: fc.integer({ min: 1, max: 150 }),
});

/**
 * Workstations at one broker that takes beats one after the other and shows them to all in that order, in steps of 100
 * ms.
 */
class Room {
  readonly stations: Station[] = ids.map((id) => ({
    id,
    election: new Election(id),
    beat: 0,
    up: [],
    down: [],
    isConnected: false,
    isRunning: true,
    heldUpUntil: 0,
    heldDownUntil: 0,
    backAt: 0,
  }));
  #step = 0;

  get atMs(): number {
    return this.#step * STEP_MS;
  }

  leading(): string[] {
    return this.stations
      .filter(({ isRunning, election }) => isRunning && election.isLeading(this.atMs))
      .map(({ id }) => id);
  }

  disturb({ station: index, kind, steps }: Trouble): void {
    const station = this.stations[index]!;
    if (kind === 'holdUp') station.heldUpUntil = this.#step + steps;
    else if (kind === 'holdDown') station.heldDownUntil = this.#step + steps;
    else this.#cut(station, steps, kind === 'kill');
  }

  step(): void {
    this.#step++;
    for (const station of this.stations) {
      if (!station.isConnected && this.#step >= station.backAt) this.#comeBack(station);
      if (!station.isRunning) continue;
      const isChanged = station.election.tick(this.atMs, true, false);
      if (station.isConnected && (isChanged || this.#step % BEAT_EVERY_STEPS === station.beat % 3)) this.#say(station);
    }
    for (const station of this.stations)
      if (this.#step >= station.heldUpUntil) for (const said of station.up.splice(0)) this.#spread(said);
    for (const station of this.stations)
      if (this.#step >= station.heldDownUntil) for (const said of station.down.splice(0)) this.#hear(station, said);
  }

  #spread(said: Said): void {
    for (const station of this.stations) if (station.isConnected) station.down.push(said);
  }

  #say(station: Station): void {
    const { election, id } = station;
    election.sent(++station.beat, this.atMs);
    station.up.push({ id, beat: station.beat, standing: election.standing, term: election.term });
  }

  #hear({ id, election }: Station, said: Said): void {
    if (said.id === id) election.echoed(said.beat, this.atMs);
    else election.hear(said.id, said.standing, said.term, this.atMs);
  }

  #cut(station: Station, steps: number, isKilled: boolean): void {
    Object.assign(station, { up: [], down: [], isConnected: false, isRunning: !isKilled, backAt: this.#step + steps });
    if (isKilled) station.election = new Election(station.id);
    else station.election.lost();
  }

  #comeBack(station: Station): void {
    station.isConnected = station.isRunning = true;
    station.election.connected(this.atMs);
  }
}

const run = (room: Room, steps: number): void => {
  for (let step = 0; step < steps; step++) room.step();
};

describe('Election', () => {
  it('never has two leaders, whatever is held up, cut off or killed, and has the smallest one again when all is well', () => {
    fc.assert(
      fc.property(fc.array(trouble, { maxLength: 14 }), (troubles) => {
        const room = new Room();
        let most = 0;
        for (let step = 0; step < 500; step++) {
          for (const each of troubles) if (each.step === step) room.disturb(each);
          room.step();
          most = Math.max(most, room.leading().length);
        }
        expect(most).toBeLessThanOrEqual(1);
        run(room, 450);
        expect(room.leading()).toEqual(['a.1']);
      }),
      { numRuns: 1000 },
    );
  });

  it('replaces a leader that dies within ten seconds', () => {
    const room = new Room();
    run(room, 200);
    expect(room.leading()).toEqual(['a.1']);
    room.disturb({ step: 0, station: 0, kind: 'kill', steps: 10_000 });
    run(room, 100);
    expect(room.leading()).toEqual(['b.1']);
    expect(room.stations[2]!.election.leader(room.atMs)).toBe('b.1');
  });

  it('lets nobody lead who is cut off, and takes a higher term afterwards', () => {
    const room = new Room();
    run(room, 200);
    const term = room.stations[0]!.election.term;
    for (const station of ids.keys()) room.disturb({ step: 0, station, kind: 'cut', steps: 100 });
    run(room, 90);
    expect(room.leading()).toEqual([]);
    run(room, 200);
    expect(room.leading()).toEqual(['a.1']);
    expect(room.stations[0]!.election.term).toBeGreaterThan(term);
  });

  it('claims only while its own beats come back, so that a claim is made with knowledge of what others said', () => {
    const election = new Election('b.1');
    election.connected(0);
    election.hear('a.1', 'ready', 0, 6000);
    election.sent(1, 6000);
    election.echoed(1, 6100);
    election.tick(6200, true, false);
    election.tick(12_000, true, false);
    expect(election.standing).toBe('ready');
    election.sent(2, 12_000);
    election.echoed(2, 12_100);
    election.tick(12_200, true, false);
    expect(election.standing).toBe('claims');
  });

  it('leads without a broker where the desk has one workstation, and gives that up when it no longer has', () => {
    const election = new Election('a.1');
    election.tick(0, true, true);
    expect(election.isLeading(0)).toBe(true);
    election.tick(100, true, false);
    election.tick(200, true, false);
    expect(election.isLeading(200)).toBe(false);
  });
});
