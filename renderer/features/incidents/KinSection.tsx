import { useState } from 'react';
import type { ReactNode } from 'react';
import { allowedActions } from '../../../shared/incidents/allowedActions.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useStream } from '../../client/hooks.ts';
import { draftKey, useOpenForm } from '../../client/useDraft.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectInput } from '../../ui/SelectInput.tsx';
import { InlineForm } from './InlineForm.tsx';
import lines from './lines.module.css';
import { Section } from './Section.tsx';
import { SplitForm } from './SplitForm.tsx';
import { useAsk } from './useAsk.ts';

type Props = { incident: Incident; onShow: (incidentId: string) => void };

/** The relations of the incident to other incidents: primary and secondary, merged, split. */
export function KinSection({ incident, onShow }: Props): ReactNode {
  const keys = {
    primary: draftKey('incident.makeSecondary', incident.id),
    merge: draftKey('incident.merge', incident.id),
    unmerge: draftKey('incident.unmerge', incident.id),
    split: draftKey('incident.split', incident.id),
  };
  const [doing, setDoing] = useOpenForm(keys);
  const ask = useAsk();
  const close = (): void => setDoing(undefined);
  return (
    <Section title="Other incidents">
      <KinList incident={incident} onShow={onShow} />
      {doing === undefined && <KinButtons incident={incident} onBegin={setDoing} />}
      {(doing === 'primary' || doing === 'merge') && (
        <ChooseOther incident={incident} doing={doing} formKey={keys[doing]} onClose={close} />
      )}
      {doing === 'unmerge' && (
        <InlineForm
          command="incident.unmerge"
          formKey={keys.unmerge}
          fields={[{ name: 'reason', label: 'Why is it another one?' }]}
          submit="Undo the merger"
          onSend={({ reason = '' }) => ask('incident.unmerge', { incidentId: incident.id, reason })}
          onClose={close}
        />
      )}
      {doing === 'split' && <SplitForm incident={incident} onClose={close} onDone={onShow} />}
    </Section>
  );
}

type Doing = 'primary' | 'merge' | 'unmerge' | 'split';

function KinButtons({ incident, onBegin }: { incident: Incident; onBegin: (doing: Doing) => void }): ReactNode {
  const ask = useAsk();
  const allowed = allowedActions(incident);
  return (
    <div className={lines['actions']}>
      {allowed.includes('makeSecondary') && incident.primaryId === undefined && (
        <CommandButton command="incident.makeSecondary" tone="quiet" onPress={() => onBegin('primary')}>
          Is a consequence of …
        </CommandButton>
      )}
      {allowed.includes('makeIndependent') && incident.primaryId !== undefined && (
        <CommandButton
          command="incident.makeIndependent"
          tone="quiet"
          onPress={() => void ask('incident.makeIndependent', { incidentId: incident.id })}
        >
          Is no consequence
        </CommandButton>
      )}
      {allowed.includes('merge') && (
        <CommandButton command="incident.merge" tone="quiet" onPress={() => onBegin('merge')}>
          Is the same as …
        </CommandButton>
      )}
      {allowed.includes('unmerge') && (
        <CommandButton command="incident.unmerge" tone="quiet" onPress={() => onBegin('unmerge')}>
          Undo the merger …
        </CommandButton>
      )}
      {allowed.includes('split') && (
        <CommandButton command="incident.split" tone="quiet" onPress={() => onBegin('split')}>
          Split …
        </CommandButton>
      )}
    </div>
  );
}

function KinList({ incident, onShow }: Props): ReactNode {
  const { primaryId, secondaryIds = [], mergedInto, mergedFrom = [], splitFrom, splitInto = [] } = incident;
  const kin = [
    ...(primaryId === undefined ? [] : [['Consequence of', primaryId]]),
    ...secondaryIds.map((id) => ['Led to', id]),
    ...(mergedInto === undefined ? [] : [['Merged into', mergedInto]]),
    ...mergedFrom.map((id) => ['Includes', id]),
    ...(splitFrom === undefined ? [] : [['Split from', splitFrom]]),
    ...splitInto.map((id) => ['Split off', id]),
  ] as [string, string][];
  if (kin.length === 0) return <p className={lines['none']}>Stands for itself.</p>;
  return (
    <ul className={lines['lines']} aria-label="Other incidents">
      {kin.map(([words, id]) => (
        <li key={`${words} ${id}`}>
          <p>
            <b>{words}</b>
          </p>
          <Button tone="quiet" onPress={() => onShow(id)}>
            {id}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** Chooses one of the other open incidents, nearest in time first. */
function ChooseOther({
  incident,
  doing,
  formKey,
  onClose,
}: {
  incident: Incident;
  doing: 'primary' | 'merge';
  formKey: string;
  onClose: () => void;
}): ReactNode {
  const ask = useAsk();
  const incidents = useStream('incidents');
  const [chosen, setChosen] = useState<string | null>(null);
  const others = [...(incidents?.values() ?? [])]
    .filter(({ id, mergedInto, review }) => id !== incident.id && mergedInto === undefined && review === undefined)
    .sort((a, b) => Math.abs(a.openedAtMs - incident.openedAtMs) - Math.abs(b.openedAtMs - incident.openedAtMs));
  const options = others.slice(0, 50).map(({ id, title, place }) => ({ id, label: `${id} ${title}`, detail: place }));
  const send = ({ reason = '' }: Readonly<Record<string, string>>): Promise<boolean> => {
    if (chosen === null) return Promise.resolve(false);
    return doing === 'primary'
      ? ask('incident.makeSecondary', { incidentId: incident.id, primaryId: chosen })
      : ask('incident.merge', { incidentId: incident.id, intoId: chosen, reason });
  };
  return (
    <InlineForm
      command={doing === 'merge' ? 'incident.merge' : 'incident.makeSecondary'}
      formKey={formKey}
      fields={doing === 'merge' ? [{ name: 'reason', label: 'Why are they one?', value: 'Same event' }] : []}
      submit={doing === 'merge' ? 'Merge into it' : 'Link to it'}
      onSend={send}
      onClose={onClose}
    >
      <SelectInput
        label={doing === 'merge' ? 'The same as' : 'A consequence of'}
        options={options}
        value={chosen}
        onChange={setChosen}
        placeholder={options.length === 0 ? 'There is no other incident' : 'Choose …'}
      />
    </InlineForm>
  );
}
