import { expect, it } from 'vitest';
import { SessionContest } from '../../../../../main/engine/ingest/SessionContest.ts';

const taken = { wasTakenOver: true, isUnexplained: false };
const silent = { wasTakenOver: false, isUnexplained: true };
const cut = { wasTakenOver: false, isUnexplained: false };

it('waits longer each time another client takes the session over, up to five minutes', () => {
  const contest = new SessionContest();
  const pauses = Array.from({ length: 10 }, () => contest.ended({ ...taken, stoodForMs: 3000 })?.pauseMs);
  expect(pauses).toEqual([2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000, 300_000, 300_000]);
});

it('begins again with short pauses after a connection that lasted', () => {
  const contest = new SessionContest();
  for (let n = 0; n < 5; n++) contest.ended({ ...taken, stoodForMs: 3000 });
  expect(contest.ended({ ...taken, stoodForMs: 3_600_000 })).toEqual({ how: 'certain', pauseMs: 2000 });
});

it('takes three short connections without a reason for a contest, and not single ones or a cut line', () => {
  const contest = new SessionContest();
  const found = Array.from({ length: 5 }, () => contest.ended({ ...silent, stoodForMs: 500 })?.how);
  expect(found).toEqual([undefined, undefined, 'likely', 'likely', 'likely']);
  expect(contest.ended({ ...cut, stoodForMs: 500 })).toBeUndefined();
  expect(contest.ended({ ...silent, stoodForMs: 500 })).toBeUndefined();
});
