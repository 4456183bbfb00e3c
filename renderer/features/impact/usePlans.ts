import { useState } from 'react';
import type { RequestInput, RequestName, RequestOutput } from '../../../shared/contract/contract.ts';
import type { Plan } from '../../../shared/impact/plan.ts';
import type { Answer } from '../../client/useAnswer.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import { useCommand } from '../../client/useCommand.ts';

const REFRESH_MS = 10_000;

/** The plans of the county, and commands after which they are read again. */
export function usePlans(): {
  plans: Answer<{ plans: Plan[] }>;
  reload: () => void;
  run: <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<RequestOutput<N> | undefined>;
} {
  const [version, setVersion] = useState(0);
  const plans = useAnswer('impact.plans', {}, REFRESH_MS, version);
  const command = useCommand();
  const reload = (): void => setVersion((before) => before + 1);
  return {
    plans,
    reload,
    run: async (name, input) => {
      const done = await command(name, input);
      reload();
      return done;
    },
  };
}
