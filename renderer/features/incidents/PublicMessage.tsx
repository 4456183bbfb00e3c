import { useState } from 'react';
import type { ReactNode } from 'react';
import { allowedActions } from '../../../shared/incidents/allowedActions.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { fillTemplate } from '../../../shared/incidents/fillTemplate.ts';
import { incidentTypeNames } from '../../../shared/incidents/incidentWords.ts';
import { useCountyData } from '../../live/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useLocalTime } from '../../ui/useLocalTime.ts';
import { useMay } from '../../ui/useMay.ts';
import lines from './lines.module.css';
import { Section } from './Section.tsx';
import { useAsk } from './useAsk.ts';

const stateWords = { draft: 'Draft', released: 'Released', withdrawn: 'Withdrawn' } as const;

/** What the public is told. */
export function PublicMessage({ incident }: { incident: Incident }): ReactNode {
  const ask = useAsk();
  const time = useLocalTime();
  const county = useCountyData().profile?.name ?? '';
  const message = incident.publicMessage;
  const proposed = fillTemplate(incident.playbook?.publicMessage ?? '', {
    id: incident.id,
    title: incident.title,
    place: incident.place === '' ? '[where]' : incident.place,
    type: incidentTypeNames[incident.type],
    priority: String(incident.priority),
    county,
    time: time.short(incident.openedAtMs),
  });
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
        <div className={lines['deeds']}>
          <Button
            command="incident.setPublicMessage"
            tone="quiet"
            isDisabled={text.trim() === ''}
            onPress={() => set('draft')}
          >
            Keep as draft
          </Button>
          <Button
            command="incident.setPublicMessage"
            tone="quiet"
            isDisabled={text.trim() === ''}
            onPress={() => set('released')}
          >
            Release
          </Button>
          {message?.state === 'released' && (
            <Button command="incident.setPublicMessage" tone="quiet" onPress={() => set('withdrawn')}>
              Withdraw
            </Button>
          )}
        </div>
      )}
    </Section>
  );
}
