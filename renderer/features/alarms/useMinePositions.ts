import { useMemo } from 'react';
import { may } from '../../../shared/people/permissions.ts';
import type { ScreenPerson } from '../../../shared/people/person.ts';
import { useConnection, useStream } from '../../client/hooks.ts';
import type { StreamState } from '../../client/mergeStream.ts';

/** The positions that a person answers for: those held, and for supervisors also those that nobody holds. */
export function minePositions(
  positions: StreamState['positions'],
  person: ScreenPerson | undefined,
): ReadonlySet<string> {
  if (person === undefined) return new Set();
  const isSupervisor = may(person.role, 'position.relieve');
  return new Set(
    positions
      .filter(({ holder, isFallen }) => (isFallen ? isSupervisor : holder?.id === person.id))
      .map(({ id }) => id),
  );
}

const none: StreamState['positions'] = [];

/** The positions that the person at this screen answers for. */
export function useMinePositions(): ReadonlySet<string> {
  const { person } = useConnection();
  const positions = useStream('positions') ?? none;
  return useMemo(() => minePositions(positions, person), [positions, person]);
}
