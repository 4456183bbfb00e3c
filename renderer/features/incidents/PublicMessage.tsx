import { useState } from 'react';
import type { ReactNode } from 'react';
import { allowedActions } from '../../../shared/incidents/allowedActions.ts';
import { fillTemplate } from '../../../shared/incidents/fillTemplate.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { incidentTypeNames } from '../../../shared/incidents/incidentWords.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useCountyData } from '../../client/hooks.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { useMay } from '../../client/useMay.ts';
import { TextInput } from '../../ui/TextInput.tsx';
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
  const [text, setText] = useState(message?.text ?? proposed);
  const set = (state: 'draft' | 'released' | 'withdrawn'): void =>
    void ask('incident.setPublicMessage', { incidentId: incident.id, text: text.trim(), state });
  const may = useMay('incident.setPublicMessage');
  const maySet = allowedActions(incident).includes('setPublicMessage');
  return (
    <Section
      title="Public message"
      aside={message === undefined ? 'none' : `${stateWords[message.state]}, ${time.short(message.atMs)} ${message.by}`}
    >
      <TextInput
        label="Public message"
        isLabelHidden
        isMultiline
        isReadOnly={!maySet || may.state !== 'allowed'}
        value={text}
        onChange={setText}
        maxLength={2000}
        placeholder="What the public is told"
      />
      {maySet && (
        <div className={lines['actions']}>
          <CommandButton
            command="incident.setPublicMessage"
            tone="quiet"
            isDisabled={text.trim() === ''}
            onPress={() => set('draft')}
          >
            Keep as draft
          </CommandButton>
          <CommandButton
            command="incident.setPublicMessage"
            tone="quiet"
            isDisabled={text.trim() === ''}
            onPress={() => set('released')}
          >
            Release
          </CommandButton>
          {message?.state === 'released' && (
            <CommandButton command="incident.setPublicMessage" tone="quiet" onPress={() => set('withdrawn')}>
              Withdraw
            </CommandButton>
          )}
        </div>
      )}
    </Section>
  );
}
