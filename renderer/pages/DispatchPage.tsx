import type { ReactNode } from 'react';
import { DispatchView } from '../features/dispatch/DispatchView.tsx';
import { PlaceMenu } from '../features/incidents/PlaceMenu.tsx';
import { SituationMap } from '../features/map/SituationMap.tsx';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';
import { addressOf } from './address.ts';
import type { PageProps } from './Page.ts';

const choose = (incidentId: string): void => window.location.assign(addressOf('dispatch', incidentId));

/** Recommends which units to send where; the address names the incident that is worked on. */
export function DispatchPage({ openIncident, path }: PageProps): ReactNode {
  const map = (
    <ErrorBoundary name="The map">
      <SituationMap />
    </ErrorBoundary>
  );
  return (
    <>
      <DispatchView chosenId={path} onChoose={choose} map={map} />
      <PlaceMenu onOpenIncident={openIncident} />
    </>
  );
}
