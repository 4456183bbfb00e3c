import type { ReactNode } from 'react';
import { CheckboxButton, CheckboxField } from 'react-aria-components';
import { allowedActions } from '../../../shared/incidents/allowedActions.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { checkPhases } from '../../../shared/incidents/playbook.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { useMay } from '../../client/useMay.ts';
import { CheckMark } from '../../ui/CheckMark.tsx';
import styles from './CheckList.module.css';
import { Section } from './Section.tsx';
import { useAsk } from './useAsk.ts';

const phaseNames = { verify: 'Verify', respond: 'Respond', restore: 'Restore', close: 'Close' } as const;

/** The tasks of the playbook, with who has done each. */
export function CheckList({ incident }: { incident: Incident }): ReactNode {
  const items = incident.playbook?.checkList ?? [];
  if (items.length === 0) return null;
  const done = items.filter(({ id }) => incident.checks?.some(({ itemId }) => itemId === id)).length;
  return (
    <Section title="Check list" aside={`${done} of ${items.length}`}>
      {checkPhases.map((phase) => {
        const ofPhase = items.filter((item) => item.phase === phase);
        return ofPhase.length === 0 ? null : (
          <div key={phase} className={styles['phase']} role="group" aria-label={phaseNames[phase]}>
            <span>{phaseNames[phase]}</span>
            {ofPhase.map((item) => (
              <CheckItem key={item.id} incident={incident} id={item.id} text={item.text} />
            ))}
          </div>
        );
      })}
    </Section>
  );
}

function CheckItem({ incident, id, text }: { incident: Incident; id: string; text: string }): ReactNode {
  const ask = useAsk();
  const time = useLocalTime();
  const may = useMay('incident.check');
  const tick = incident.checks?.find(({ itemId }) => itemId === id);
  return (
    <CheckboxField
      isSelected={tick !== undefined}
      isDisabled={may.state !== 'allowed' || !allowedActions(incident).includes('check')}
      onChange={(isDone) => void ask('incident.check', { incidentId: incident.id, itemId: id, isDone })}
    >
      <CheckboxButton className={styles['item'] ?? ''}>
        <CheckMark />
        <span className={styles['text']}>{text}</span>
        <span className={styles['by']}>{tick === undefined ? '' : `${time.short(tick.atMs)} ${tick.by}`}</span>
      </CheckboxButton>
    </CheckboxField>
  );
}
