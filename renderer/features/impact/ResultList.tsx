import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Plan } from '../../../shared/impact/plan.ts';
import { Blank } from '../../ui/Blank.tsx';
import { Button } from '../../ui/Button.tsx';
import styles from '../../ui/PageSection.module.css';
import { PageSection } from '../../ui/PageSection.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { EvaluationDetail } from './EvaluationDetail.tsx';
import { change, findingWords, moneyOf } from './impactWords.ts';
import { usePlans } from './usePlans.ts';

/** What came of every plan, also of those that came to nothing. */
export function ResultList(): ReactNode {
  const { plans } = usePlans();
  const [chosen, setChosen] = useState<string>();
  if (plans.state === 'loading') return <Skeleton rows={8} />;
  if (plans.state === 'failed') return <Blank title="The results cannot be shown.">{plans.message}</Blank>;
  const all = plans.value.plans;
  const evaluated = all.filter(({ evaluations }) => evaluations.length > 0);
  const seen = evaluated.filter(
    ({ evaluations, exploratoryBecause }) =>
      evaluations.at(-1)?.finding.isSeen === true && exploratoryBecause === undefined,
  );
  return (
    <>
      <PageSection title="Results since the beginning">
        <p className={styles['hint']}>
          {all.length} plans were written, {all.filter(({ registered }) => registered !== undefined).length} registered,{' '}
          {evaluated.length} evaluated; {seen.length} of them show an effect that was looked for beforehand.
        </p>
        {evaluated.length > 0 && (
          <table className={styles['table']} aria-label="Results">
            <thead>
              <tr>
                <th>Question</th>
                <th>Result</th>
                <th>Plain comparison</th>
                <th>Worth per year</th>
                <th>Report</th>
              </tr>
            </thead>
            <tbody>
              {evaluated.map((plan) => (
                <ResultRow key={plan.id} plan={plan} onChoose={setChosen} />
              ))}
            </tbody>
          </table>
        )}
      </PageSection>
      {chosen !== undefined && <EvaluationDetail hash={chosen} />}
    </>
  );
}

function ResultRow({ plan, onChoose }: { plan: Plan; onChoose: (hash: string) => void }): ReactNode {
  const last = plan.evaluations.at(-1);
  if (last === undefined) return null;
  const { finding, reportHash, toDay } = last;
  const { naiveShare, moneyPerYear, currency = '' } = finding;
  return (
    <tr>
      <th scope="row">
        {plan.plan.question}
        <small>
          {plan.id}, until {toDay}
        </small>
        {plan.exploratoryBecause !== undefined && <small>Exploratory: {plan.exploratoryBecause}</small>}
      </th>
      <td>{findingWords(finding)}</td>
      <td>{naiveShare === undefined ? 'none' : change(naiveShare)}</td>
      <td>{moneyPerYear === undefined ? 'not valued' : moneyOf(moneyPerYear, currency)}</td>
      <td>
        <Button onPress={() => onChoose(reportHash)}>Show {reportHash.slice(0, 8)}</Button>
      </td>
    </tr>
  );
}
