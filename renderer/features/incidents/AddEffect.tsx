import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { useCountyData, useSelection } from '../../client/hooks.ts';
import { useReadable } from '../../ui/useReadable.ts';
import { InlineForm } from './InlineForm.tsx';
import { ifGiven, useAsk } from './useAsk.ts';

/** An effect on the county that can be added to an incident. */
export type Adding = 'closure' | 'diversion' | 'alert' | 'outage';
type FormProps = { incident: Incident; onClose: () => void };

const HOUR_MS = 3_600_000;
const hoursField = { name: 'hours', label: 'For how many hours (empty: until further notice)', isOptional: true };

/** Returns the end of a number of hours, counted from the opening of the form; empty if no hours are given. */
function useUntil(): (hours: string | undefined) => { untilMs?: number } {
  const [openedAtMs] = useState(() => Date.now());
  return (hours) => (Number(hours) > 0 ? { untilMs: openedAtMs + Number(hours) * HOUR_MS } : {});
}

/** Asks for the details of one more effect of the incident. */
export function AddEffect({ adding, ...props }: FormProps & { adding: Adding }): ReactNode {
  switch (adding) {
    case 'closure':
      return <ClosureForm {...props} />;
    case 'diversion':
      return <DiversionForm {...props} />;
    case 'alert':
      return <AlertForm {...props} />;
    case 'outage':
      return <OutageForm {...props} />;
  }
}

/** Closes the road that is selected on the map, or else the one that the incident is about. */
function ClosureForm({ incident, onClose }: FormProps): ReactNode {
  const ask = useAsk();
  const until = useUntil();
  const { network } = useCountyData();
  const selected = useReadable(useSelection().selected);
  const linkId = selected?.kind === 'link' ? selected.id : (incident.subject?.id ?? '');
  return (
    <InlineForm
      fields={[
        {
          name: 'lanes',
          label: `Lanes of ${network?.links.find(({ id }) => id === linkId)?.name ?? linkId} (empty: the whole road)`,
          isOptional: true,
          maxLength: 200,
        },
        hoursField,
      ]}
      command="incident.closeRoad"
      submit="Close the road"
      onSend={({ lanes, hours }) =>
        ask('incident.closeRoad', { incidentId: incident.id, linkId, ...ifGiven('lanes', lanes), ...until(hours) })
      }
      onClose={onClose}
    />
  );
}

function DiversionForm({ incident, onClose }: FormProps): ReactNode {
  const ask = useAsk();
  const until = useUntil();
  return (
    <InlineForm
      fields={[{ name: 'text', label: 'Diversion by' }, hoursField]}
      command="incident.setDiversion"
      submit="Set the diversion"
      onSend={({ text = '', hours }) =>
        ask('incident.setDiversion', { incidentId: incident.id, text, linkIds: [], ...until(hours) })
      }
      onClose={onClose}
    />
  );
}

function AlertForm({ incident, onClose }: FormProps): ReactNode {
  const ask = useAsk();
  const until = useUntil();
  return (
    <InlineForm
      fields={[
        { name: 'text', label: 'What passengers are told' },
        { name: 'routes', label: 'Routes, with commas (empty: all)', isOptional: true },
        hoursField,
      ]}
      command="incident.setAlert"
      submit="Set the service alert"
      onSend={({ text = '', routes = '', hours }) =>
        ask('incident.setAlert', {
          incidentId: incident.id,
          text,
          routeIds: routes
            .split(',')
            .map((route) => route.trim())
            .filter((route) => route !== ''),
          ...until(hours),
        })
      }
      onClose={onClose}
    />
  );
}

function OutageForm({ incident, onClose }: FormProps): ReactNode {
  const ask = useAsk();
  return (
    <InlineForm
      fields={[{ name: 'customers', label: 'Customers without service' }]}
      command="incident.stateOutage"
      submit="State"
      onSend={({ customers }) => ask('incident.stateOutage', { incidentId: incident.id, customers: Number(customers) })}
      onClose={onClose}
    />
  );
}
