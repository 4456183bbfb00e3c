import type { ReactNode } from 'react';
import { describeMany } from '../../../shared/base/display.ts';
import { allowedActions } from '../../../shared/incidents/allowedActions.ts';
import type { IncidentAction } from '../../../shared/incidents/allowedActions.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useCountyData, useNow } from '../../client/hooks.ts';
import { useFormOpen, useOpenForm } from '../../client/useDraft.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { AddEffect, addingKeys, AlertForm, changingKeys, ClosureForm, DiversionForm } from './AddEffect.tsx';
import type { Adding } from './AddEffect.tsx';
import { closureGroups, untilWords } from './effectWords.ts';
import type { ClosureGroup } from './effectWords.ts';
import lines from './lines.module.css';
import { linkWords } from './linkChoice.ts';
import { Section } from './Section.tsx';
import { useAsk } from './useAsk.ts';

type EffectAction = { command: `incident.${IncidentAction}`; label: string; onPress: () => void };

/** What the incident does to the county: closed roads, diversions, service alerts, customers without service. */
export function Effects({ incident }: { incident: Incident }): ReactNode {
  const [adding, setAdding] = useOpenForm<Adding>(addingKeys(incident));
  const { closures = [], diversions = [], alerts = [], outage } = incident;
  const isNone = closures.length + diversions.length + alerts.length === 0 && outage === undefined;
  return (
    <Section title="Closures, diversions, service">
      {isNone && adding === undefined && <p className={lines['none']}>None so far.</p>}
      <ul className={lines['lines']} aria-label="Closures, diversions, service">
        {closureGroups(closures).map((group) => (
          <ClosureRow key={group.linkIds.join(' ')} incident={incident} group={group} />
        ))}
        {diversions.map((diversion) => (
          <DiversionRow key={diversion.id} incident={incident} diversion={diversion} />
        ))}
        {alerts.map((alert) => (
          <AlertRow key={alert.id} incident={incident} alert={alert} />
        ))}
        {outage !== undefined && <OutageRow outage={outage} />}
      </ul>
      {adding === undefined ? (
        <AddButtons incident={incident} onAdd={setAdding} />
      ) : (
        <AddEffect incident={incident} adding={adding} onClose={() => setAdding(undefined)} />
      )}
    </Section>
  );
}

/** The actions of a row that are allowed now. */
const allowedActionsOf = (incident: Incident, actions: readonly EffectAction[]): EffectAction[] =>
  actions.filter(({ command }) => allowedActions(incident).includes(command.slice(9) as IncidentAction));

type RowProps = {
  kind: string;
  text: string;
  untilMs: number | undefined;
  by: string;
  actions: readonly EffectAction[];
  /** The form in which the effect is changed, while it is open. */
  form: ReactNode;
};

function EffectRow({ kind, text, untilMs, by, actions, form }: RowProps): ReactNode {
  const time = useLocalTime();
  const nowMs = useNow(1000) ?? 0;
  return (
    <li data-trouble={untilMs !== undefined && untilMs <= nowMs}>
      <p>
        <b>{kind}</b> {text}
        <span>
          {untilWords(untilMs, nowMs, time)}, {by}
        </span>
      </p>
      {form ?? (
        <div className={lines['actions']}>
          {actions.map(({ command, label, onPress }) => (
            <CommandButton key={label} command={command} tone="quiet" aria-label={`${label} ${text}`} onPress={onPress}>
              {label}
            </CommandButton>
          ))}
        </div>
      )}
    </li>
  );
}

function ClosureRow({ incident, group }: { incident: Incident; group: ClosureGroup }): ReactNode {
  const ask = useAsk();
  const [isChanging, setIsChanging] = useFormOpen(changingKeys.closure(incident, group));
  const links = useCountyData().network?.links ?? [];
  const { linkIds, name, lanes } = group;
  const [first = ''] = linkIds;
  const words = links.length === 0 ? name : linkWords(links, first);
  const open = async (): Promise<void> => {
    for (const linkId of linkIds) if (!(await ask('incident.openRoad', { incidentId: incident.id, linkId }))) return;
  };
  const actions: EffectAction[] = [
    { command: 'incident.closeRoads', label: 'Change …', onPress: () => setIsChanging(true) },
    { command: 'incident.openRoad', label: 'Open', onPress: () => void open() },
  ];
  return (
    <EffectRow
      kind="Closed"
      text={`${words}${linkIds.length > 1 ? ` and ${linkIds.length - 1} more` : ''}${lanes === undefined ? '' : `, ${lanes}`}`}
      untilMs={group.untilMs}
      by={group.by}
      actions={allowedActionsOf(incident, actions)}
      form={
        isChanging ? (
          <ClosureForm incident={incident} existing={group} onClose={() => setIsChanging(false)} />
        ) : undefined
      }
    />
  );
}

type Diversion = NonNullable<Incident['diversions']>[number];

function DiversionRow({ incident, diversion }: { incident: Incident; diversion: Diversion }): ReactNode {
  const ask = useAsk();
  const [isChanging, setIsChanging] = useFormOpen(changingKeys.diversion(incident, diversion));
  const { id, text, linkIds, untilMs, by } = diversion;
  const end = (): void => void ask('incident.endDiversion', { incidentId: incident.id, diversionId: id });
  const actions: EffectAction[] = [
    { command: 'incident.setDiversion', label: 'Change …', onPress: () => setIsChanging(true) },
    { command: 'incident.endDiversion', label: 'End', onPress: end },
  ];
  return (
    <EffectRow
      kind="Diversion"
      text={`${text}${linkIds.length === 0 ? ' (not on the map)' : ''}`}
      untilMs={untilMs}
      by={by}
      actions={allowedActionsOf(incident, actions)}
      form={
        isChanging ? (
          <DiversionForm incident={incident} existing={diversion} onClose={() => setIsChanging(false)} />
        ) : undefined
      }
    />
  );
}

type Alert = NonNullable<Incident['alerts']>[number];

function AlertRow({ incident, alert }: { incident: Incident; alert: Alert }): ReactNode {
  const ask = useAsk();
  const [isChanging, setIsChanging] = useFormOpen(changingKeys.alert(incident, alert));
  const routes = useCountyData().transit?.routes ?? [];
  const names = alert.routeIds.map((id) => routes.find((route) => route.id === id)?.shortName ?? id);
  const end = (): void => void ask('incident.endAlert', { incidentId: incident.id, alertId: alert.id });
  const actions: EffectAction[] = [
    { command: 'incident.setAlert', label: 'Change …', onPress: () => setIsChanging(true) },
    { command: 'incident.endAlert', label: 'End', onPress: end },
  ];
  return (
    <EffectRow
      kind={names.length === 0 ? 'All routes' : `Route ${names.join(', ')}`}
      text={alert.text}
      untilMs={alert.untilMs}
      by={alert.by}
      actions={allowedActionsOf(incident, actions)}
      form={
        isChanging ? <AlertForm incident={incident} existing={alert} onClose={() => setIsChanging(false)} /> : undefined
      }
    />
  );
}

function OutageRow({ outage }: { outage: NonNullable<Incident['outage']> }): ReactNode {
  const time = useLocalTime();
  return (
    <li>
      <p>
        <b>Without service</b> {describeMany(outage.customers, 'customer')}
        <span>
          {time.short(outage.atMs)}, {outage.by}
        </span>
      </p>
    </li>
  );
}

function AddButtons({ incident, onAdd }: { incident: Incident; onAdd: (adding: Adding) => void }): ReactNode {
  const allowed = allowedActions(incident);
  return (
    <div className={lines['actions']}>
      {allowed.includes('closeRoads') && (
        <CommandButton command="incident.closeRoads" tone="quiet" onPress={() => onAdd('closure')}>
          Close roads …
        </CommandButton>
      )}
      {allowed.includes('setDiversion') && (
        <CommandButton command="incident.setDiversion" tone="quiet" onPress={() => onAdd('diversion')}>
          Diversion …
        </CommandButton>
      )}
      {allowed.includes('setAlert') && (
        <CommandButton command="incident.setAlert" tone="quiet" onPress={() => onAdd('alert')}>
          Service alert …
        </CommandButton>
      )}
      {allowed.includes('stateOutage') && (
        <CommandButton command="incident.stateOutage" tone="quiet" onPress={() => onAdd('outage')}>
          Customers …
        </CommandButton>
      )}
    </div>
  );
}
