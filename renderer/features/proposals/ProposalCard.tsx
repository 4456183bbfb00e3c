import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Proposal } from '../../../shared/proposals/proposal.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useNow, useSelection } from '../../client/hooks.ts';
import { PriorityMark } from '../../client/PriorityMark.tsx';
import { draftKey, useFormOpen } from '../../client/useDraft.ts';
import { useCommand } from '../../client/useCommand.ts';
import { formatAge } from '../../ui/formatTime.ts';
import styles from './ProposalCard.module.css';
import { ProposalEvidence } from './ProposalEvidence.tsx';
import { acceptLabel, proposalLine } from './proposalWords.ts';
import { RefusalForm } from './RefusalForm.tsx';

type Props = { proposal: Proposal; isOpen: boolean; onToggle: () => void };

/** One proposal: what is proposed, why, and the three answers: yes, yes without some of the alarms, and no. */
export function ProposalCard({ proposal, isOpen, onToggle }: Props): ReactNode {
  const nowMs = useNow(1000);
  return (
    <section className={styles['card']} data-testid="proposal" aria-label={proposalLine(proposal)}>
      <AriaButton className={styles['head'] ?? ''} aria-expanded={isOpen} onPress={onToggle}>
        <PriorityMark priority={proposal.priority} isHollow />
        <span className={styles['words']}>
          <span className={styles['title']} title={proposal.title}>
            {proposal.title}
          </span>
          <span className={styles['line']}>{proposalLine(proposal)}</span>
        </span>
        <span className={styles['age']}>{nowMs === undefined ? '' : formatAge(nowMs - proposal.sinceMs)}</span>
        <ChevronRight size={14} aria-hidden />
      </AriaButton>
      {isOpen && <ProposalBody proposal={proposal} />}
    </section>
  );
}

function ProposalBody({ proposal }: { proposal: Proposal }): ReactNode {
  const run = useCommand();
  const selection = useSelection();
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const formKey = draftKey('proposal.refuse', proposal.id);
  const [isRefusing, setRefusing] = useFormOpen(formKey);
  const taken = proposal.alarms.map(({ id }) => id).filter((id) => !leftOut.has(id));
  const accept = async (): Promise<void> => {
    const answer = await run('proposal.accept', { proposalId: proposal.id, alarmIds: taken });
    if (answer !== undefined) selection.select({ kind: 'incident', id: answer.incidentId });
  };
  const turn = (id: string, isIn: boolean): void =>
    setLeftOut(new Set(isIn ? [...leftOut].filter((other) => other !== id) : [...leftOut, id]));
  return (
    <div className={styles['body']}>
      {proposal.refusedBefore !== undefined && (
        <p className={styles['before']}>
          {proposal.refusedBefore.by} said no before: {proposal.refusedBefore.reason}. Something new has joined since.
        </p>
      )}
      <ProposalEvidence proposal={proposal} leftOut={leftOut} onTurn={turn} />
      {isRefusing ? (
        <RefusalForm proposalId={proposal.id} formKey={formKey} onCancel={() => setRefusing(false)} />
      ) : (
        <div className={styles['buttons']}>
          <CommandButton
            command={proposal.action === 'merge' ? 'incident.merge' : 'proposal.accept'}
            tone="strong"
            isDisabled={taken.length === 0 && proposal.action !== 'merge'}
            onPress={() => void accept()}
          >
            {acceptLabel(proposal, taken.length)}
          </CommandButton>
          <CommandButton command="proposal.refuse" onPress={() => setRefusing(true)}>
            Not one event
          </CommandButton>
        </div>
      )}
    </div>
  );
}
