import { Route } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Diversions } from '../../../shared/dispatch/diversion.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { useClient, useCountyData } from '../../client/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { describeDiversion, joinDiversions } from './diversionWords.ts';
import lines from './lines.module.css';

type Props = {
  incident: Incident;
  /** Receives the words and the links of what is proposed. */
  onPropose: (proposal: { text: string; linkIds: string[] }) => void;
};

/** Asks for the ways round what the incident has closed, fills in the form, and says what each costs. */
export function ProposeDiversion({ incident, onPropose }: Props): ReactNode {
  const client = useClient();
  const units = useCountyData().profile?.displayUnits ?? 'us';
  const [answer, setAnswer] = useState<Diversions | { fault: string }>();
  if ((incident.closures ?? []).length === 0) return null;
  const propose = async (): Promise<void> => {
    try {
      const found = await client.request('dispatch.diversions', { incidentId: incident.id });
      setAnswer(found);
      if (found.diversions.length > 0) onPropose(joinDiversions(found.diversions));
    } catch (error) {
      setAnswer({ fault: error instanceof Error ? error.message : String(error) });
    }
  };
  const said =
    answer === undefined
      ? []
      : 'fault' in answer
        ? [answer.fault]
        : [...answer.diversions.map((each) => describeDiversion(each, units)), ...answer.refusals];
  return (
    <div role="group" aria-label="Proposed diversion">
      <Button tone="quiet" onPress={() => void propose()}>
        <Route size={14} aria-hidden /> Propose
      </Button>
      <div role="status">
        {said.map((sentence) => (
          <p key={sentence} className={lines['none']}>
            {sentence}
          </p>
        ))}
      </div>
    </div>
  );
}
