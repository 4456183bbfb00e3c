import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useIncident } from '../client/useIncident.ts';
import { useShow } from '../client/useShow.ts';
import { CitizensView } from '../features/citizens/CitizensView.tsx';
import { IncidentRequests } from '../features/citizens/IncidentRequests.tsx';
import { emptyDraft } from '../features/incidents/draftIncident.ts';
import { IncidentsView } from '../features/incidents/IncidentsView.tsx';
import { IncidentWorkspace } from '../features/incidents/IncidentWorkspace.tsx';
import { PlaybooksView } from '../features/incidents/PlaybooksView.tsx';
import { SituationMap } from '../features/map/SituationMap.tsx';
import { Blank } from '../ui/Blank.tsx';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { addressOf } from './address.ts';
import type { PageProps } from './Page.ts';

const PLAYBOOKS = 'playbooks';
const CITIZENS = 'citizens';
const go = (path = ''): void => window.location.assign(addressOf('incidents', path));

/** The incident board; an incident, the playbooks or the requests of citizens may follow its name in the address. */
export function IncidentsPage({ openIncident, path }: PageProps): ReactNode {
  if (path === PLAYBOOKS) return <PlaybooksView onBack={() => go()} />;
  if (path === CITIZENS) return <CitizensView onBack={() => go()} />;
  if (path === '')
    return (
      <IncidentsView
        onOpen={go}
        onNew={() => openIncident(emptyDraft)}
        onPlaybooks={() => go(PLAYBOOKS)}
        onCitizens={() => go(CITIZENS)}
      />
    );
  return <OneIncident key={path} id={path} />;
}

function OneIncident({ id }: { id: string }): ReactNode {
  const answer = useIncident(id);
  const show = useShow();
  const incident = answer.state === 'done' ? answer.value : undefined;
  const isThere = incident !== undefined;
  const { lon, lat } = incident ?? {};
  // The map moves to the incident when the page is opened, and then stays where the dispatcher moves it.
  useEffect(() => {
    if (isThere) show({ kind: 'incident', id }, { lon, lat });
  }, [show, id, isThere, lon, lat]);
  if (answer.state === 'loading') return <Skeleton rows={8} />;
  if (incident === undefined)
    return <Blank title="This incident cannot be shown.">{answer.state === 'failed' && answer.message}</Blank>;
  const map = (
    <ErrorBoundary name="The map">
      <SituationMap />
    </ErrorBoundary>
  );
  return (
    <IncidentWorkspace
      incident={incident}
      map={map}
      requests={<IncidentRequests incident={incident} />}
      reviewHref={addressOf('review', id)}
      onBack={() => go()}
      onShow={go}
    />
  );
}
