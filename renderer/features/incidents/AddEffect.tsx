import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { useCountyData, useLive, useSelection } from '../../client/hooks.ts';
import { draftKey } from '../../client/useDraft.ts';
import { useTypedTime } from '../../client/useTypedTime.ts';
import { readRoutes } from './effectWords.ts';
import type { ClosureGroup } from './effectWords.ts';
import { InlineForm } from './InlineForm.tsx';
import { readLinks, writeLinks } from './linkChoice.ts';
import { LinkPicker } from './LinkPicker.tsx';
import { ProposeDiversion } from './ProposeDiversion.tsx';
import { ifGiven, useAsk } from './useAsk.ts';

/** An effect on the county that can be added to an incident. */
export type Adding = 'closure' | 'diversion' | 'alert' | 'outage';
type Existing<F extends 'diversions' | 'alerts'> = NonNullable<Incident[F]>[number];
type FormProps = { incident: Incident; onClose: () => void };

/** The keys of the forms in which effects are added. */
export const addingKeys = ({ id }: Incident): Record<Adding, string> => ({
  closure: draftKey('incident.closeRoads', id),
  diversion: draftKey('incident.setDiversion', id),
  alert: draftKey('incident.setAlert', id),
  outage: draftKey('incident.stateOutage', id),
});

/** The keys of the forms in which effects are changed. */
export const changingKeys = {
  closure: ({ id }: Incident, { linkIds }: Pick<ClosureGroup, 'linkIds'>): string =>
    draftKey('incident.closeRoads', id, ...linkIds),
  diversion: ({ id }: Incident, diversion: Pick<Existing<'diversions'>, 'id'>): string =>
    draftKey('incident.setDiversion', id, diversion.id),
  alert: ({ id }: Incident, alert: Pick<Existing<'alerts'>, 'id'>): string =>
    draftKey('incident.setAlert', id, alert.id),
};

const untilField = (value: string) =>
  ({
    name: 'until',
    label: 'Until (empty: until further notice)',
    placeholder: '18:05, or 2 h',
    isOptional: true,
    maxLength: 40,
    value,
  }) as const;
const linksField = (linkIds: readonly string[]) =>
  ({
    name: 'links',
    label: 'Roads',
    isOptional: true,
    value: writeLinks(linkIds),
    chosenWords: (value: string) => `${readLinks(value).length} roads`,
  }) as const;

type Until = {
  /** Why the text is no end, where it is none. */
  faultOf: (typed: string | undefined) => string | undefined;
  /** The part of a command that says until when. */
  part: (typed: string | undefined) => { untilMs?: number };
  write: (untilMs: number | undefined) => string;
};

function useUntil(): Until {
  const typed = useTypedTime();
  return {
    faultOf: (text = '') => {
      const read = typed.until(text);
      return read !== undefined && 'fault' in read ? read.fault : undefined;
    },
    part: (text = '') => {
      const read = typed.until(text);
      return read !== undefined && 'atMs' in read ? { untilMs: read.atMs } : {};
    },
    write: (untilMs) => {
      const text = untilMs === undefined ? '' : typed.write(untilMs);
      const read = typed.until(text);
      // An end that has passed would be read as that time of tomorrow.
      return read !== undefined && 'atMs' in read && Math.abs(read.atMs - (untilMs ?? 0)) < 1000 ? text : '';
    },
  };
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

/**
 * The links to begin with: the one that was selected on the map when the form was opened, or else the one that the
 * incident is about. They are chosen and not shown as present values, so that a later selection is no change of them.
 */
function useFirstLinks(formKey: string, incident: Incident | undefined): void {
  const { drafts } = useLive();
  const { selected } = useSelection();
  const isBegun = useRef(false);
  useEffect(() => {
    if (isBegun.current || incident === undefined) return;
    isBegun.current = true;
    const about = selected.get()?.kind === 'link' ? selected.get() : incident.subject;
    if (about?.kind !== 'link' || drafts.get(formKey) !== undefined) return;
    const empty = { lanes: '', until: '', links: '' };
    drafts.set(formKey, { values: { ...empty, links: writeLinks([about.id]) }, base: empty });
  }, [drafts, selected, formKey, incident]);
}

/** Closes roads, or changes lanes and end of what is closed already. */
export function ClosureForm({ incident, existing, onClose }: FormProps & { existing?: ClosureGroup }): ReactNode {
  const ask = useAsk();
  const until = useUntil();
  const formKey = existing === undefined ? addingKeys(incident).closure : changingKeys.closure(incident, existing);
  useFirstLinks(formKey, existing === undefined ? incident : undefined);
  return (
    <InlineForm
      command="incident.closeRoads"
      formKey={formKey}
      fields={[
        {
          name: 'lanes',
          label: 'Lanes (empty: the whole road)',
          isOptional: true,
          maxLength: 200,
          value: existing?.lanes ?? '',
        },
        untilField(until.write(existing?.untilMs)),
        linksField(existing?.linkIds ?? []),
      ]}
      submit={existing === undefined ? 'Close the road' : 'Change the closure'}
      faultOf={({ links: chosen, until: typed }) =>
        readLinks(chosen).length === 0 ? 'Choose a road on the map first.' : until.faultOf(typed)
      }
      onSend={({ lanes, until: typed, links: chosen }) =>
        ask('incident.closeRoads', {
          incidentId: incident.id,
          linkIds: readLinks(chosen),
          ...ifGiven('lanes', lanes),
          ...until.part(typed),
        })
      }
      onClose={onClose}
    >
      {(draft) =>
        existing === undefined && (
          <LinkPicker
            label="Closed roads"
            linkIds={readLinks(draft.values['links'])}
            onChange={(linkIds) => draft.set('links', writeLinks(linkIds))}
          />
        )
      }
    </InlineForm>
  );
}

/** Sets a diversion with the roads that it uses, or changes one. */
export function DiversionForm({
  incident,
  existing,
  onClose,
}: FormProps & { existing?: Existing<'diversions'> }): ReactNode {
  const ask = useAsk();
  const until = useUntil();
  return (
    <InlineForm
      command="incident.setDiversion"
      formKey={existing === undefined ? addingKeys(incident).diversion : changingKeys.diversion(incident, existing)}
      fields={[
        { name: 'text', label: 'Diversion by', value: existing?.text ?? '' },
        untilField(until.write(existing?.untilMs)),
        linksField(existing?.linkIds ?? []),
      ]}
      submit={existing === undefined ? 'Set the diversion' : 'Change the diversion'}
      faultOf={({ until: typed }) => until.faultOf(typed)}
      onSend={({ text = '', until: typed, links }) =>
        ask('incident.setDiversion', {
          incidentId: incident.id,
          ...ifGiven('replaces', existing?.id),
          text,
          linkIds: readLinks(links),
          ...until.part(typed),
        })
      }
      onClose={onClose}
    >
      {(draft) => (
        <>
          <ProposeDiversion
            incident={incident}
            onPropose={({ text, linkIds }) => {
              draft.set('text', text);
              draft.set('links', writeLinks(linkIds));
            }}
          />
          <LinkPicker
            label="Roads of the diversion"
            linkIds={readLinks(draft.values['links'])}
            onChange={(linkIds) => draft.set('links', writeLinks(linkIds))}
          />
        </>
      )}
    </InlineForm>
  );
}

/** Sets a service alert for passengers, or changes one. */
export function AlertForm({ incident, existing, onClose }: FormProps & { existing?: Existing<'alerts'> }): ReactNode {
  const ask = useAsk();
  const until = useUntil();
  const routes = useCountyData().transit?.routes ?? [];
  const nameOf = (id: string): string => routes.find((route) => route.id === id)?.shortName ?? id;
  return (
    <InlineForm
      command="incident.setAlert"
      formKey={existing === undefined ? addingKeys(incident).alert : changingKeys.alert(incident, existing)}
      fields={[
        { name: 'text', label: 'What passengers are told', value: existing?.text ?? '' },
        {
          name: 'routes',
          label: 'Routes, with commas (empty: all)',
          isOptional: true,
          value: existing?.routeIds.map(nameOf).join(', ') ?? '',
        },
        untilField(until.write(existing?.untilMs)),
      ]}
      submit={existing === undefined ? 'Set the service alert' : 'Change the service alert'}
      faultOf={({ routes: typed = '', until: end }) => {
        const read = readRoutes(typed, routes);
        return 'unknown' in read ? `The county has no route ${read.unknown.join(', ')}.` : until.faultOf(end);
      }}
      onSend={({ text = '', routes: typed = '', until: end }) => {
        const read = readRoutes(typed, routes);
        if ('unknown' in read) return Promise.resolve(false);
        const about = { incidentId: incident.id, ...ifGiven('replaces', existing?.id) };
        return ask('incident.setAlert', { ...about, text, routeIds: read.routeIds, ...until.part(end) });
      }}
      onClose={onClose}
    />
  );
}

function OutageForm({ incident, onClose }: FormProps): ReactNode {
  const ask = useAsk();
  return (
    <InlineForm
      command="incident.stateOutage"
      formKey={addingKeys(incident).outage}
      fields={[{ name: 'customers', label: 'Customers without service', maxLength: 8 }]}
      submit="State"
      faultOf={({ customers = '' }) => (/^\d+$/.test(customers) ? undefined : 'Write a whole number, 0 or more.')}
      onSend={({ customers }) => ask('incident.stateOutage', { incidentId: incident.id, customers: Number(customers) })}
      onClose={onClose}
    />
  );
}
