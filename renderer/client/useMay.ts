import { useCallback } from 'react';
import type { RequestName } from '../../shared/contract/contract.ts';
import type { ScreenRole } from '../../shared/people/person.ts';
import { useTell } from '../ui/Toasts.tsx';
import { usePart } from '../ui/useReadable.ts';
import type { Connection } from './client.ts';
import { useClient } from './hooks.ts';
import { mayOf } from './mayOf.ts';
import type { May } from './mayOf.ts';

const roleOf = ({ person }: Connection): ScreenRole | undefined => person?.role;
const isOfPast = (vitals: { replay?: unknown } | undefined): boolean => vitals?.replay !== undefined;

/** Whether the person at this screen may give a command now. */
export function useMay(command: RequestName): May {
  const client = useClient();
  const role = usePart(client.connection, roleOf);
  const isPast = usePart(client.stream('vitals'), isOfPast);
  return mayOf(command, role, isPast);
}

/**
 * For keyboard shortcuts, which cannot be greyed: returns true if the command may be given, and otherwise shows the
 * reason.
 */
export function useGuard(): (command: RequestName) => boolean {
  const client = useClient();
  const tell = useTell();
  return useCallback(
    (command) => {
      const may = mayOf(command, client.connection.get().person?.role, client.replay() !== undefined);
      if (may.state !== 'allowed') tell(may.reason);
      return may.state === 'allowed';
    },
    [client, tell],
  );
}
