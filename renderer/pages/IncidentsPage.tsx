import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { emptyDraft } from '../features/incidents/draftIncident.ts';
import { IncidentsView } from '../features/incidents/IncidentsView.tsx';
import { IncidentWorkspace } from '../features/incidents/IncidentWorkspace.tsx';
import { PlaybooksView } from '../features/incidents/PlaybooksView.tsx';
import { SituationMap } from '../features/map/SituationMap.tsx';
import { useStream } from '../live/hooks.ts';
import { Blank } from '../ui/Blank.tsx';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';
import { useShow } from '../ui/useShow.ts';
import { addressOf } from './address.ts';
import type { PageProps } from './Page.ts';

const PLAYBOOKS = 'playbooks';
const go = (path = ''): void => window.location.assign(addressOf('incidents', path));

/** The board; behind its name in the address an incident, or the playbooks. */
export function IncidentsPage({ openIncident, path }: PageProps): ReactNode {
  if (path === PLAYBOOKS) return <PlaybooksView onBack={() => go()} />;
  if (path === '') return <IncidentsView onOpen={go} onNew={() => openIncident(emptyDraft)} onPlaybooks={() => go(PLAYBOOKS)} />;
  return <OneIncident key={path} id={path} />;
}

function OneIncident({ id }: { id: string }): ReactNode {
  const incidents = useStream('incidents');
  const show = useShow();
  const incident = incidents?.get(id);
  const isThere = incident !== undefined;
  const { lon, lat } = incident ?? {};
  // The map goes there when the page is opened, and stays where the dispatcher then looks.
  useEffect(() => {
    if (isThere) show({ kind: 'incident', id }, { lon, lat });
  }, [show, id, isThere, lon, lat]);
  if (incidents === undefined) return null;
  if (incident === undefined) return <Blank title={`There is no incident ${id} here.`}>It may be older than what is kept at hand; the search finds it.</Blank>;
  const map = (
    <ErrorBoundary name="The map">
      <SituationMap />
    </ErrorBoundary>
  );
  return <IncidentWorkspace incident={incident} map={map} onBack={() => go()} onShow={go} />;
}
