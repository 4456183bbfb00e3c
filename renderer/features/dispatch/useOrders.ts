import { useCallback, useState } from 'react';
import type { Proposal } from '../../../shared/dispatch/recommendation.ts';
import { useStream } from '../../client/hooks.ts';
import { useCommand } from '../../client/useCommand.ts';
import { useTell } from '../../ui/Toasts.tsx';

/** The order that was given last at this workstation. */
export type GivenOrder = { incidentId: string; unitId: string; name: string; atMs: number };

type Orders = {
  last: GivenOrder | undefined;
  /** Orders a unit to an incident; a unit that works for another incident is taken from it. */
  send: (
    incidentId: string,
    proposal: Pick<Proposal, 'unitId' | 'name' | 'divertFrom'>,
    nowMs: number,
  ) => Promise<void>;
  standDown: (incidentId: string, unitId: string, name: string) => Promise<void>;
};

/** Gives orders to units, and remembers the last one so that it can be cancelled. */
export function useOrders(): Orders {
  const run = useCommand();
  const tell = useTell();
  const broker = useStream('vitals')?.broker.state;
  const isCut = broker !== undefined && broker !== 'connected';
  const [last, setLast] = useState<GivenOrder>();
  const send = useCallback<Orders['send']>(
    async (incidentId, { unitId, name, divertFrom }, nowMs) => {
      if (
        (await run('incident.orderUnit', {
          incidentId,
          unitId,
          order: 'go',
          ...(divertFrom !== undefined && { divertFrom }),
        })) === undefined
      )
        return;
      setLast({ incidentId, unitId, name, atMs: nowMs });
      tell(
        `${name} is ordered to ${incidentId}${isCut ? ', and the order waits for the broker' : ''}.${divertFrom === undefined ? '' : ` It was taken from ${divertFrom}.`} U takes it back.`,
      );
    },
    [run, tell, isCut],
  );
  const standDown = useCallback<Orders['standDown']>(
    async (incidentId, unitId, name) => {
      if ((await run('incident.orderUnit', { incidentId, unitId, order: 'standDown' })) === undefined) return;
      setLast((before) => (before?.unitId === unitId && before.incidentId === incidentId ? undefined : before));
      tell(`${name} is stood down from ${incidentId}${isCut ? ', and the order waits for the broker' : ''}.`);
    },
    [run, tell, isCut],
  );
  return { last, send, standDown };
}
