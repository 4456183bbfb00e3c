import type { RequestInput, RequestName } from '../../../shared/contract/contract.ts';
import { useCommand } from '../../client/useCommand.ts';

/** Sends a command and resolves to whether it was carried out. */
export function useAsk(): <N extends RequestName>(name: N, input: RequestInput<N>) => Promise<boolean> {
  const run = useCommand();
  return async (name, input) => (await run(name, input)) !== undefined;
}

/** A part of a command's input that is left out if nothing was typed. */
export const ifGiven = <K extends string>(name: K, text: string | undefined): { [P in K]?: string } =>
  text === undefined || text === '' ? {} : ({ [name]: text } as { [P in K]?: string });
