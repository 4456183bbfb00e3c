import type { ReactNode } from 'react';
import { allowedActions } from '../../../shared/incidents/allowedActions.ts';
import { fillTemplate } from '../../../shared/incidents/fillTemplate.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { incidentTypeNames } from '../../../shared/incidents/incidentWords.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { DraftInput } from '../../client/DraftInput.tsx';
import { useCountyData } from '../../client/hooks.ts';
import { draftKey, useDraft } from '../../client/useDraft.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { useMay } from '../../client/useMay.ts';
import lines from './lines.module.css';
import { Section } from './Section.tsx';
import { useAsk } from './useAsk.ts';

const stateWords = { draft: 'Draft', released: 'Released', withdrawn: 'Withdrawn' } as const;

/** The playbook's message with what is known of the incident filled in. */
function proposedText(incident: Incident, county: string, time: string): string {
  return fillTemplate(incident.playbook?.publicMessage ?? '', {
    id: incident.id,
    title: incident.title,
    place: incident.place === '' ? '[where]' : incident.place,
    type: incidentTypeNames[incident.type],
    priority: String(incident.priority),
    county,
    time,
  });
}

/** The message to the public. */
export function PublicMessage({ incident }: { incident: Incident }): ReactNode {
  const ask = useAsk();
  const time = useLocalTime();
  const county = useCountyData().profile?.name ?? '';
  const message = incident.publicMessage;
  const proposed = proposedText(incident, county, time.short(incident.openedAtMs));
  const draft = useDraft(draftKey('incident.setPublicMessage', incident.id), { text: message?.text ?? proposed });
  const { text } = draft.values;
  // What a colleague has written meanwhile is not overwritten before it was seen.
  const isBlocked = text.trim() === '' || draft.changed.length > 0;
  const set = async (state: 'draft' | 'released'): Promise<void> => {
    if (await ask('incident.setPublicMessage', { incidentId: incident.id, text: text.trim(), state })) draft.end();
  };
  const withdraw = (): void =>
    void ask('incident.setPublicMessage', {
      incidentId: incident.id,
      text: message?.text ?? text.trim(),
      state: 'withdrawn',
    });
  const may = useMay('incident.setPublicMessage');
  const maySet = allowedActions(incident).includes('setPublicMessage');
  return (
    <Section
      title="Public message"
      aside={message === undefined ? 'none' : `${stateWords[message.state]}, ${time.short(message.atMs)} ${message.by}`}
    >
      <DraftInput
        label="Public message"
        isLabelHidden
        isMultiline
        isReadOnly={!maySet || may.state !== 'allowed'}
        draft={draft}
        name="text"
        maxLength={2000}
        placeholder="What the public is told"
      />
      {maySet && (
        <MessageButtons
          isBlocked={isBlocked}
          state={message?.state}
          onSet={(state) => void set(state)}
          onWithdraw={withdraw}
        />
      )}
    </Section>
  );
}

type ButtonsProps = {
  isBlocked: boolean;
  state: NonNullable<Incident['publicMessage']>['state'] | undefined;
  onSet: (state: 'draft' | 'released') => void;
  onWithdraw: () => void;
};

function MessageButtons({ isBlocked, state, onSet, onWithdraw }: ButtonsProps): ReactNode {
  return (
    <div className={lines['actions']}>
      <CommandButton
        command="incident.setPublicMessage"
        tone="quiet"
        isDisabled={isBlocked}
        onPress={() => onSet('draft')}
      >
        Keep as draft
      </CommandButton>
      <CommandButton
        command="incident.setPublicMessage"
        tone="quiet"
        isDisabled={isBlocked}
        onPress={() => onSet('released')}
      >
        Release
      </CommandButton>
      {state === 'released' && (
        <CommandButton command="incident.setPublicMessage" tone="quiet" onPress={onWithdraw}>
          Withdraw
        </CommandButton>
      )}
    </div>
  );
}
