import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Disclosure, DisclosurePanel, Button as AriaButton, Heading } from 'react-aria-components';
import type { Proposal, Recommendation } from '../../../shared/dispatch/recommendation.ts';
import styles from './AdviceList.module.css';
import { ProposalRow } from './ProposalRow.tsx';

type Props = { advice: Recommendation; isArmed: boolean; onSend: (proposal: Proposal) => void };

/** Shows which units should go, why, what is missing, and why the others should not go. */
export function AdviceList({ advice, isArmed, onSend }: Props): ReactNode {
  const numbered = advice.proposals.map((proposal, index) => ({ proposal, digit: index + 1 }));
  const rows = (isFirst: boolean): ReactNode =>
    numbered
      .filter(({ proposal }) => proposal.isFirst === isFirst)
      .map(({ proposal, digit }) => (
        <ProposalRow key={proposal.unitId} proposal={proposal} digit={digit} isArmed={isArmed} onSend={onSend} />
      ));
  const [firsts, alternatives] = [rows(true), rows(false)];
  return (
    <div className={styles['advice']} data-armed={isArmed}>
      <NeedLine advice={advice} />
      {advice.notes.map((note) => (
        <p key={note} className={styles['note']}>
          {note}
        </p>
      ))}
      {advice.missing.map(({ name, count, text }) => (
        <p key={name} className={styles['missing']} role="alert">
          <TriangleAlert size={16} aria-hidden />
          <span>
            <b>
              Missing: {count > 1 ? `${count} × ` : ''}
              {name}.
            </b>{' '}
            {text}
          </span>
        </p>
      ))}
      {advice.proposals.some(({ isFirst }) => isFirst) && <ol aria-label="Recommended units">{firsts}</ol>}
      {advice.proposals.some(({ isFirst }) => !isFirst) && (
        <>
          <h4 className={styles['heading']}>In their place</h4>
          <ol aria-label="Units in their place">{alternatives}</ol>
        </>
      )}
      <Others advice={advice} />
    </div>
  );
}

function NeedLine({ advice: { needs, travelTimes } }: { advice: Recommendation }): ReactNode {
  return (
    <p className={styles['needs']}>
      {needs.length === 0
        ? 'Nothing says what is needed here.'
        : needs.map(({ name, count, when, unitIds }, index) => (
            <span key={`${name}${index}`} data-met={unitIds.length >= count}>
              {name} {unitIds.length}/{count}
              {when !== undefined && <i> {when}</i>}
            </span>
          ))}
      <em>
        {travelTimes === 'live'
          ? 'Times by measured speeds; free flow where nothing is measured'
          : 'Times by free flow'}
      </em>
    </p>
  );
}

function Others({ advice: { others } }: { advice: Recommendation }): ReactNode {
  if (others.length === 0) return null;
  return (
    <Disclosure className={styles['others'] ?? ''}>
      <Heading level={4}>
        <AriaButton slot="trigger" className={styles['trigger'] ?? ''}>
          Why not the other {others.length === 1 ? 'unit' : `${others.length} units`}
        </AriaButton>
      </Heading>
      <DisclosurePanel>
        <dl>
          {others.map(({ unitId, name, reason }) => (
            <div key={unitId}>
              <dt>{name}</dt>
              <dd>{reason}</dd>
            </div>
          ))}
        </dl>
      </DisclosurePanel>
    </Disclosure>
  );
}
