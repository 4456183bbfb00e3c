import { useState } from 'react';
import type { ReactNode } from 'react';
import { describeMany } from '../../../shared/base/display.ts';
import { allowedActions } from '../../../shared/incidents/allowedActions.ts';
import type { IncidentAction } from '../../../shared/incidents/allowedActions.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useSelection } from '../../client/hooks.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { useReadable } from '../../ui/useReadable.ts';
import { AddEffect } from './AddEffect.tsx';
import type { Adding } from './AddEffect.tsx';
import lines from './lines.module.css';
import { Section } from './Section.tsx';
import { useAsk } from './useAsk.ts';

type EffectButton = { command: `incident.${IncidentAction}`; label: string; onPress: () => void };

/** What the incident does to the county: closed roads, diversions, service alerts, customers without service. */
export function Effects({ incident }: { incident: Incident }): ReactNode {
  const [adding, setAdding] = useState<Adding>();
  const { closures = [], diversions = [], alerts = [], outage } = incident;
  const isNone = closures.length + diversions.length + alerts.length === 0 && outage === undefined;
  return (
    <Section title="Closures, diversions, service">
      {isNone && adding === undefined && <p className={lines['none']}>None so far.</p>}
      <ul className={lines['lines']} aria-label="Closures, diversions, service">
        <EffectRows incident={incident} />
      </ul>
      {adding === undefined ? (
        <AddButtons incident={incident} onAdd={setAdding} />
      ) : (
        <AddEffect incident={incident} adding={adding} onClose={() => setAdding(undefined)} />
      )}
    </Section>
  );
}

function EffectRows({ incident }: { incident: Incident }): ReactNode {
  const ask = useAsk();
  const time = useLocalTime();
  const { id: incidentId, closures = [], diversions = [], alerts = [], outage } = incident;
  const allowed = allowedActions(incident);
  const until = (untilMs: number | undefined): string =>
    untilMs === undefined ? 'until further notice' : `until ${time.short(untilMs)}`;
  const button = (action: IncidentAction, label: string, onPress: () => void): EffectButton | undefined =>
    allowed.includes(action) ? { command: `incident.${action}`, label, onPress } : undefined;
  return (
    <>
      {closures.map(({ linkId, name, lanes, untilMs, by }) => (
        <EffectRow
          key={linkId}
          kind="Closed"
          text={`${name}${lanes === undefined ? '' : `, ${lanes}`}`}
          detail={`${until(untilMs)}, ${by}`}
          button={button('openRoad', 'Open', () => void ask('incident.openRoad', { incidentId, linkId }))}
        />
      ))}
      {diversions.map(({ id, text, untilMs, by }) => (
        <EffectRow
          key={id}
          kind="Diversion"
          text={text}
          detail={`${until(untilMs)}, ${by}`}
          button={button(
            'endDiversion',
            'End',
            () => void ask('incident.endDiversion', { incidentId, diversionId: id }),
          )}
        />
      ))}
      {alerts.map(({ id, text, routeIds, untilMs, by }) => (
        <EffectRow
          key={id}
          kind={routeIds.length === 0 ? 'All routes' : `Route ${routeIds.join(', ')}`}
          text={text}
          detail={`${until(untilMs)}, ${by}`}
          button={button('endAlert', 'End', () => void ask('incident.endAlert', { incidentId, alertId: id }))}
        />
      ))}
      {outage !== undefined && (
        <EffectRow
          kind="Without service"
          text={describeMany(outage.customers, 'customer')}
          detail={`${time.short(outage.atMs)}, ${outage.by}`}
          button={undefined}
        />
      )}
    </>
  );
}

function EffectRow({
  kind,
  text,
  detail,
  button,
}: {
  kind: string;
  text: string;
  detail: string;
  button: EffectButton | undefined;
}): ReactNode {
  return (
    <li>
      <p>
        <b>{kind}</b> {text}
        <span>{detail}</span>
      </p>
      {button !== undefined && (
        <CommandButton
          command={button.command}
          tone="quiet"
          aria-label={`${button.label} ${text}`}
          onPress={button.onPress}
        >
          {button.label}
        </CommandButton>
      )}
    </li>
  );
}

function AddButtons({ incident, onAdd }: { incident: Incident; onAdd: (adding: Adding) => void }): ReactNode {
  const allowed = allowedActions(incident);
  const selected = useReadable(useSelection().selected);
  const hasRoad = selected?.kind === 'link' || incident.subject?.kind === 'link';
  return (
    <div className={lines['actions']}>
      {allowed.includes('closeRoad') && (
        <CommandButton command="incident.closeRoad" tone="quiet" isDisabled={!hasRoad} onPress={() => onAdd('closure')}>
          {hasRoad ? 'Close the road …' : 'Close a road: choose it on the map'}
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
