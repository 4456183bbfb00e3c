import { expect, it } from 'vitest';
import { BackPressureNotifier } from '../../../../../main/engine/health/BackPressureNotifier.ts';

function teller(): { told: string[]; change: (isBehind: boolean, shed: number) => void; pass: () => void } {
  const told: string[] = [];
  let due: (() => void) | undefined;
  const teller = new BackPressureNotifier(
    ({ level, text }) => told.push(`${level}: ${text}`),
    (run) => {
      due = run;
      return () => (due = undefined);
    },
  );
  return { told, change: (isBehind, shed) => teller.change(isBehind, shed), pass: () => due?.() };
}

it('a surge that is over soon is not worth a word, unless something was dropped', () => {
  const { told, change } = teller();
  change(true, 0);
  change(false, 0);
  expect(told).toEqual([]);
  change(true, 0);
  change(false, 7);
  expect(told).toEqual([
    'info: The store has caught up with the broker: 7 messages of QoS 0 were dropped, none of QoS 1.',
  ]);
});

it('what lasts is told, and its end', () => {
  const { told, change, pass } = teller();
  change(true, 0);
  pass();
  change(false, 0);
  expect(told).toEqual([
    expect.stringMatching(/^warning: More comes than the store takes/),
    'info: The store has caught up with the broker: Beacon itself dropped none.',
  ]);
});
