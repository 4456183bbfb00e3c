import type { Bench, Figures } from './bench.ts';
import { figuresOf, tryChanges } from './impact/tryChanges.ts';

export const impact: Bench = {
  what: 'simulated changes judged by the methods of evaluation, beside the plain comparison',
  options: { changes: 'how many changes are simulated (900; at least 300 say something)', seed: 'the first seed (1)' },
  run(options, say): Promise<Figures> {
    const count = options.number('changes', 900);
    const seed = options.number('seed', 1);
    const trials = tryChanges(count, seed);
    const overall = figuresOf(trials);
    const byMethod = Object.fromEntries(
      [...new Set(trials.map(({ method }) => method))].map((method) => [
        method,
        figuresOf(trials.filter((trial) => trial.method === method)),
      ]),
    );
    for (const [name, figures] of Object.entries({ overall, ...byMethod })) say(`${name}: ${JSON.stringify(figures)}`);
    return Promise.resolve({ ...overall, byMethod });
  },
};
