import type { ReactNode } from 'react';
import { describeDuration, formatDistance } from '../../../shared/base/display.ts';
import type { Proposal } from '../../../shared/dispatch/recommendation.ts';
import { unitKindNames } from '../../../shared/incidents/need.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useDisplayUnits } from '../../client/useDisplayUnits.ts';
import styles from './ProposalRow.module.css';

type Props = { proposal: Proposal; digit: number; isArmed: boolean; onSend: (proposal: Proposal) => void };

/** One unit that could go: when it would arrive, and the reasons for and against sending it. */
export function ProposalRow({ proposal, digit, isArmed, onSend }: Props): ReactNode {
  const units = useDisplayUnits();
  const { name, kind, etaS, distanceM, reasons, against, isFirst, divertFrom } = proposal;
  // The first reason is the time, which stands in large figures beside it.
  const [, ...why] = reasons;
  return (
    <li className={styles['proposal']} data-first={isFirst} data-testid="proposal-row">
      <kbd className={styles['digit']} data-armed={isArmed}>
        {digit}
      </kbd>
      <div className={styles['words']}>
        <p className={styles['name']}>
          <b>{name}</b> {unitKindNames[kind][0]}
        </p>
        <p className={styles['why']}>{why.join(' · ')}</p>
        {against.map((text) => (
          <p key={text} className={styles['against']}>
            {text}
          </p>
        ))}
      </div>
      <div className={styles['eta']}>
        <b>{describeDuration(etaS)}</b>
        <span>{formatDistance(distanceM, units)}</span>
      </div>
      <CommandButton
        command="incident.orderUnit"
        tone={isFirst ? 'strong' : 'plain'}
        onPress={() => onSend(proposal)}
        aria-label={`${divertFrom === undefined ? 'Send' : 'Divert'} ${name}`}
      >
        {divertFrom === undefined ? 'Send' : 'Divert'}
      </CommandButton>
    </li>
  );
}
