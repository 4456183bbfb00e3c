import { expect, it } from 'vitest';
import { ProtocolChoice } from '../../../../shared/wire/ProtocolChoice.ts';

const MINUTE = 60_000;

it('falls back after two connections that brought no answer, and no sooner', () => {
  const choice = new ProtocolChoice(5);
  expect(choice.next(0)).toBe(5);
  choice.unanswered(5, 0);
  expect(choice.next(1)).toBe(5);
  choice.unanswered(5, 1);
  expect(choice.next(2)).toBe(4);
});

it('does not add up closings between which the broker answered', () => {
  const choice = new ProtocolChoice(5);
  choice.unanswered(5, 0);
  choice.worked(5);
  choice.unanswered(5, 1);
  expect(choice.next(2)).toBe(5);
});

it('tries both in turns while none works, and stays with the one that did', () => {
  const choice = new ProtocolChoice(5);
  const tried = Array.from({ length: 8 }, (_, atMs) => {
    const version = choice.next(atMs);
    choice.unanswered(version, atMs);
    return version;
  });
  expect(tried).toEqual([5, 5, 4, 4, 5, 5, 4, 4]);
  choice.unsupported(5, 9);
  choice.worked(4);
  expect(choice.next(MINUTE)).toBe(4);
});

it('goes back to the preferred version when the broker may have learnt it, and returns after one failure', () => {
  const choice = new ProtocolChoice(5);
  choice.unsupported(5, 0);
  choice.worked(4);
  expect(choice.next(9 * MINUTE)).toBe(4);
  expect(choice.next(10 * MINUTE)).toBe(5);
  choice.unanswered(5, 10 * MINUTE);
  expect(choice.next(10 * MINUTE)).toBe(4);
  choice.worked(4);
  expect(choice.next(20 * MINUTE)).toBe(5);
  choice.worked(5);
  expect(choice.next(40 * MINUTE)).toBe(5);
});

it('takes closings of several connections in one version for one change', () => {
  const choice = new ProtocolChoice(5);
  for (let connection = 0; connection < 4; connection++) choice.unanswered(5, 0);
  expect(choice.next(1)).toBe(4);
});
