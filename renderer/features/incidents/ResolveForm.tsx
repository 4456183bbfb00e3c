import type { ReactNode } from 'react';
import { Form } from 'react-aria-components';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { openEffects } from '../../../shared/incidents/openEffects.ts';
import type { EffectFate, OpenEffect } from '../../../shared/incidents/openEffects.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { DraftInput } from '../../client/DraftInput.tsx';
import { useCountyData, useStream } from '../../client/hooks.ts';
import { useCommand } from '../../client/useCommand.ts';
import { useDraft } from '../../client/useDraft.ts';
import type { FormDraft } from '../../client/useDraft.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectInput } from '../../ui/SelectInput.tsx';
import { effectFates, fateName, resolution } from './effectFates.ts';
import styles from './IncidentActions.module.css';

type Props = { incident: Incident; formKey: string; onClose: () => void };

const outcomes = ['Handled', 'False alarm', 'Handed over', 'Nothing found'] as const;

/**
 * Asks for the outcome of an incident, and what becomes of everything that it has open: its units, closures,
 * diversions, alerts and its message to the public. Nothing that it has open ends unasked or stays unseen.
 */
export function ResolveForm({ incident, formKey, onClose }: Props): ReactNode {
  const run = useCommand();
  const open = openEffects(incident);
  const draft = useDraft<string>(formKey, {
    outcome: outcomes[0],
    handOnTo: '',
    ...Object.fromEntries(open.map((effect) => [fateName(effect), 'end'])),
  });
  const input = resolution(open, draft.values);
  const end = (): void => {
    draft.end();
    onClose();
  };
  const send = async (): Promise<void> => {
    if (input !== undefined && (await run('incident.resolve', { incidentId: incident.id, ...input })) !== undefined)
      end();
  };
  return (
    <Form
      className={styles['form'] ?? ''}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <DraftInput label="Outcome" draft={draft} name="outcome" maxLength={1000} autoFocus />
      <div className={styles['chips']}>
        {outcomes.map((outcome) => (
          <Button key={outcome} tone="quiet" onPress={() => draft.set('outcome', outcome)}>
            {outcome}
          </Button>
        ))}
      </div>
      {open.length > 0 && <OpenEffects incident={incident} open={open} draft={draft} />}
      <div className={styles['buttons']}>
        <CommandButton command="incident.resolve" type="submit" tone="strong" isDisabled={input === undefined}>
          Resolve
        </CommandButton>
        <Button onPress={end}>Cancel</Button>
      </div>
    </Form>
  );
}

type EffectsProps = { incident: Incident; open: readonly OpenEffect[]; draft: FormDraft<string> };

function OpenEffects({ incident, open, draft }: EffectsProps): ReactNode {
  const isHandedOn = open.some((effect) => draft.values[fateName(effect)] === 'handOn');
  const { units } = useCountyData();
  const wordsOf = ({ kind, id, text }: OpenEffect): string =>
    kind === 'unit' ? (units?.find((unit) => unit.id === id)?.name ?? id) : text;
  return (
    <fieldset className={styles['open']}>
      <legend>Still open: what becomes of it?</legend>
      <ul aria-label="Still open">
        {open.map((effect) => (
          <li key={fateName(effect)}>
            <span>{wordsOf(effect)}</span>
            <SelectInput<EffectFate>
              label={wordsOf(effect)}
              isLabelHidden
              options={effectFates(effect.kind)}
              value={(draft.values[fateName(effect)] ?? 'end') as EffectFate}
              onChange={(fate) => draft.set(fateName(effect), fate)}
            />
          </li>
        ))}
      </ul>
      {isHandedOn && <HandOnTo incident={incident} draft={draft} />}
    </fieldset>
  );
}

/** Chooses the open incident that takes over what is handed on. */
function HandOnTo({ incident, draft }: Pick<EffectsProps, 'incident' | 'draft'>): ReactNode {
  const incidents = useStream('incidents');
  const options = [...(incidents?.values() ?? [])]
    .filter(({ id, status, mergedInto }) => id !== incident.id && status !== 'resolved' && mergedInto === undefined)
    .map(({ id, title, place }) => ({ id, label: `${id} ${title}`, detail: place }));
  return (
    <SelectInput
      label="Handed on to"
      options={options}
      value={draft.values['handOnTo'] === '' ? null : (draft.values['handOnTo'] ?? null)}
      onChange={(id) => draft.set('handOnTo', id)}
      placeholder={options.length === 0 ? 'No other incident is open' : 'Choose …'}
    />
  );
}
