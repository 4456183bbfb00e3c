import type { ReactNode } from 'react';
import { may } from '../../../shared/people/permissions.ts';
import { useConnection, useStream } from '../../client/hooks.ts';
import { Blank } from '../../ui/Blank.tsx';
import { ModalDialog } from '../../ui/ModalDialog.tsx';

/** A person as the search has found one: the name, and the role in words. */
export type FoundPerson = { id: string; name: string; role: string };

type Props = { person: FoundPerson; onClose: () => void };

/** What a person answers for now: the operating positions and open incidents, each with a way there. */
export function PersonDialog({ person, onClose }: Props): ReactNode {
  const { person: self } = useConnection();
  const held = (useStream('positions') ?? []).filter(({ holder }) => holder?.id === person.id);
  const incidents = [...(useStream('incidents')?.values() ?? [])].filter(
    ({ assignee, status }) => assignee === person.name && status !== 'resolved',
  );
  const isAdministrator = self !== undefined && may(self.role, 'people.administer');
  return (
    <ModalDialog title={`${person.name}, ${person.role}`} width={440} onClose={onClose}>
      {held.length === 0 && incidents.length === 0 && (
        <Blank title="Holds no operating position and no open incident." />
      )}
      {held.length > 0 && <p>Holds the {held.map(({ name }) => `position ${name}`).join(', ')}.</p>}
      {incidents.length > 0 && (
        <ul aria-label="Open incidents">
          {incidents.map(({ id, title }) => (
            <li key={id}>
              <a href={`#/incidents/${encodeURIComponent(id)}`} onClick={onClose}>
                {id} {title}
              </a>
            </li>
          ))}
        </ul>
      )}
      {isAdministrator && (
        <p>
          <a href="#/administration" onClick={onClose}>
            Go to the accounts
          </a>
        </p>
      )}
    </ModalDialog>
  );
}
