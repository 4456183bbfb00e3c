import { describe, expect, it } from 'vitest';
import { Liveness } from '../../../../../main/engine/sync/Liveness.ts';
import type { AcknowledgingPeers } from '../../../../../main/engine/sync/Liveness.ts';
import type { Beat } from '../../../../../main/engine/sync/peerMessages.ts';

const beatOf = (parts: Partial<Beat>): Beat => ({
  from: 'b.1',
  name: 'b',
  instance: 'theirs',
  bornAtMs: 1,
  beat: 1,
  atMs: 0,
  heads: {},
  term: 1,
  standing: 'leads',
  acts: [],
  ...parts,
});

/** One that has sent a beat a second for so long, each of which the broker showed after 100 ms. */
function beating(seconds: number, peers: AcknowledgingPeers = new Set<string>()): Liveness {
  const liveness = new Liveness('ours', peers);
  liveness.connected();
  for (let second = 1; second <= seconds; second++) {
    liveness.sent(second, second * 1000);
    liveness.shown(second, second * 1000 + 100);
  }
  return liveness;
}

describe('Liveness', () => {
  it('proves a beat by the own one that it acknowledges, and calls one stale that has heard none for long', () => {
    const liveness = beating(10);
    expect(liveness.judge(beatOf({ heard: { ours: 9 } }), false, 10_500)).toBe('proven');
    expect(liveness.judge(beatOf({ heard: { ours: 4 } }), false, 10_500)).toBe('proven');
    expect(liveness.judge(beatOf({ heard: { ours: 2 } }), false, 10_500)).toBe('stale');
    expect(liveness.judge(beatOf({ heard: {} }), false, 10_500)).toBe('stale');
    expect(beating(3).judge(beatOf({ heard: {} }), false, 3500)).toBe('unproven');
  });

  it('counts beats of this connection alone', () => {
    const liveness = beating(10);
    liveness.connected();
    expect(liveness.judge(beatOf({ heard: { ours: 10 } }), false, 20_000)).toBe('unproven');
    for (let beat = 11; beat <= 18; beat++) {
      liveness.sent(beat, beat * 1000 + 10_000);
      liveness.shown(beat, beat * 1000 + 10_100);
    }
    expect(liveness.judge(beatOf({ heard: { ours: 10 } }), false, 28_500)).toBe('stale');
    expect(liveness.judge(beatOf({ heard: { ours: 17 } }), false, 28_500)).toBe('proven');
  });

  it('believes an earlier version, which acknowledges nothing, until its workstation has acknowledged once', () => {
    const peers = new Set<string>();
    expect(beating(10, peers).judge(beatOf({}), false, 10_500)).toBe('unproven');
    beating(10, peers).judge(beatOf({ heard: { ours: 9 } }), false, 10_500);
    // Also after a restart.
    expect(beating(1, peers).judge(beatOf({}), false, 1500)).toBe('stale');
  });

  it('acknowledges what it hears, and keeps to those who answer however much is recorded', () => {
    const liveness = beating(10);
    liveness.judge(beatOf({ instance: 'live', bornAtMs: 5, beat: 7, heard: { ours: 10 } }), false, 10_500);
    for (let start = 0; start < 50; start++)
      liveness.judge(beatOf({ instance: `old ${String(start)}`, bornAtMs: 100 + start, heard: {} }), false, 10_500);
    liveness.judge(beatOf({ instance: 'live', bornAtMs: 5, beat: 6, heard: { ours: 10 } }), false, 10_600);
    expect(liveness.heard()).toMatchObject({ live: 7 });
    expect(Object.keys(liveness.heard()).length).toBeLessThanOrEqual(3);
  });

  it('acknowledges a beat that the broker had kept, and takes it for no sign of life', () => {
    const liveness = beating(10);
    expect(liveness.judge(beatOf({ beat: 3, heard: { ours: 9 } }), true, 10_500)).toBe('unproven');
    expect(liveness.heard()).toEqual({ theirs: 3 });
  });
});
