import { useState } from 'react';
import type { ReactNode } from 'react';
import { useStream } from '../../client/hooks.ts';
import { Panel } from '../../ui/Panel.tsx';
import { ProposalCard } from './ProposalCard.tsx';
import styles from './ProposalPanel.module.css';

/**
 * Shows the alarms that Beacon takes for one event, until a person has answered. Draws nothing if nothing is proposed.
 */
export function ProposalPanel(): ReactNode {
  const proposals = useStream('proposals') ?? [];
  const [isFolded, setFolded] = useState(false);
  const [openId, setOpenId] = useState<string>();
  if (proposals.length === 0) return null;
  const shownId = proposals.some(({ id }) => id === openId) || openId === '' ? openId : proposals[0]?.id;
  return (
    <Panel title="Belongs together?" aside={String(proposals.length)} isFolded={isFolded} onFold={setFolded}>
      <div className={styles['list']}>
        {proposals.map((proposal) => (
          <ProposalCard
            key={proposal.id}
            proposal={proposal}
            isOpen={proposal.id === shownId}
            onToggle={() => setOpenId(proposal.id === shownId ? '' : proposal.id)}
          />
        ))}
      </div>
    </Panel>
  );
}
