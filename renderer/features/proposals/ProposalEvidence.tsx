import type { ReactNode } from 'react';
import { Button as AriaButton, CheckboxButton, CheckboxField } from 'react-aria-components';
import type { Proposal } from '../../../shared/proposals/proposal.ts';
import { useStream } from '../../client/hooks.ts';
import { PriorityMark } from '../../client/PriorityMark.tsx';
import { useShow } from '../../client/useShow.ts';
import { CheckMark } from '../../ui/CheckMark.tsx';
import styles from './ProposalEvidence.module.css';

type Props = { proposal: Proposal; leftOut: ReadonlySet<string>; onTurn: (alarmId: string, isIn: boolean) => void };

/** Lists the alarms and why each one belongs to the event; those that do not belong can be left out. */
export function ProposalEvidence({ proposal, leftOut, onTurn }: Props): ReactNode {
  const alarms = useStream('alarms');
  const show = useShow();
  const reasons = new Map(proposal.ties.map((tie) => [tie.id, tie]));
  const inIncidents = proposal.ties.filter(({ id }) => !proposal.alarms.some((alarm) => alarm.id === id));
  return (
    <ul className={styles['evidence']} aria-label="Evidence">
      {inIncidents.map(({ id, toTitle, sentence }) => (
        <li key={id} className={styles['item']}>
          <p className={styles['reason']}>
            <b>{id}</b> belongs to {toTitle}. {sentence}
          </p>
        </li>
      ))}
      {proposal.alarms.map(({ id, title, priority }) => (
        <li key={id} className={styles['item']} data-out={leftOut.has(id)}>
          <CheckboxField
            aria-label={`${title} belongs to it`}
            isSelected={!leftOut.has(id)}
            onChange={(isIn) => onTurn(id, isIn)}
          >
            <CheckboxButton className={styles['check'] ?? ''}>
              <CheckMark />
            </CheckboxButton>
          </CheckboxField>
          <PriorityMark priority={priority} isHollow />
          <div className={styles['words']}>
            <AriaButton
              className={styles['title'] ?? ''}
              onPress={() => {
                const alarm = alarms?.get(id);
                if (alarm !== undefined) show(alarm.subject, alarm);
              }}
            >
              <span title={title}>{title}</span>
            </AriaButton>
            <p className={styles['reason']}>{reasons.get(id)?.sentence ?? 'Explains the others.'}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
