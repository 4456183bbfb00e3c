import type { ReactNode } from 'react';
import { stakeKinds } from '../../../shared/impact/audit.ts';
import type { Audit, Stake } from '../../../shared/impact/audit.ts';
import { csv } from '../../../shared/shifts/csv.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import { Blank } from '../../ui/Blank.tsx';
import { Button } from '../../ui/Button.tsx';
import styles from '../../ui/PageSection.module.css';
import { PageSection } from '../../ui/PageSection.tsx';
import { saveText } from '../../ui/saveFile.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { moneyOf, roughly } from './impactWords.ts';

const MOST_ROWS = 50;
const percent = (share: number): string => `${Math.round(share * 100)} %`;

function auditCsv({ stakes, currency = '' }: Audit): string {
  const heads = [
    'rank',
    'kind',
    'place',
    'name',
    'per year',
    'low',
    'high',
    'unit',
    `worth ${currency}`,
    'worth low',
    'worth high',
    'chance of first ten',
    'weeks',
    'next step',
  ];
  return csv(
    heads,
    stakes.map(({ kind, place, name, perYear, low, high, money, firstTen, weeks }, at) => [
      ...[at + 1, stakeKinds[kind].label, place, name, perYear, low, high, stakeKinds[kind].unit],
      ...[money?.perYear, money?.low, money?.high, firstTen, weeks, stakeKinds[kind].nextStep],
    ]),
  );
}

/** Where to act first: places by what is lost there per year, how sure that is, and what cannot be judged. */
export function AuditTable(): ReactNode {
  const answer = useAnswer('impact.audit', {});
  if (answer.state === 'loading') return <Skeleton rows={10} />;
  if (answer.state === 'failed') return <Blank title="The audit cannot be made.">{answer.message}</Blank>;
  const audit = answer.value;
  const { stakes, unjudged, toDay, moneyFault, currency } = audit;
  return (
    <>
      <PageSection
        title={`Where to act first, as of ${toDay}`}
        action={
          <Button onPress={() => saveText(`audit-${toDay}.csv`, 'text/csv', auditCsv(audit))}>Save as CSV</Button>
        }
      >
        <p className={styles['hint']}>
          What is lost per year, with the range in which it lies in nine of ten cases. Small noisy places are drawn
          towards what is usual for their like.
          {moneyFault !== undefined && ` Without money: ${moneyFault}`}
        </p>
        {stakes.length === 0 ? (
          <p className={styles['hint']}>No place has eight weeks of hourly values yet.</p>
        ) : (
          <StakeTable stakes={stakes.slice(0, MOST_ROWS)} currency={currency ?? ''} />
        )}
      </PageSection>
      {unjudged.length > 0 && (
        <PageSection title={`Cannot be judged yet (${unjudged.length})`}>
          <table className={styles['table']} aria-label="Cannot be judged yet">
            <tbody>
              {together(unjudged).map(({ kind, reason, names }) => (
                <tr key={`${kind} ${reason}`}>
                  <th scope="row">{stakeKinds[kind].label}</th>
                  <td>{names.length === 1 ? names[0] : `${names.length} places`}</td>
                  <td>{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </PageSection>
      )}
    </>
  );
}

type Unjudged = { kind: Stake['kind']; reason: string; name: string };

/** Places that cannot be judged for the same reason are one row. */
function together(all: readonly Unjudged[]): { kind: Stake['kind']; reason: string; names: string[] }[] {
  const groups = Map.groupBy(all, ({ kind, reason }) => `${kind} ${reason}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ ...first, names: group.map(({ name }) => name) }];
  });
}

function StakeTable({ stakes, currency }: { stakes: readonly Stake[]; currency: string }): ReactNode {
  return (
    <table className={styles['table']} aria-label="Where to act first">
      <thead>
        <tr>
          <th>Place</th>
          <th>Lost per year</th>
          <th>Worth per year</th>
          <th>Among the first ten</th>
          <th>Rests on</th>
          <th>Next step</th>
        </tr>
      </thead>
      <tbody>
        {stakes.map(({ kind, place, name, perYear, low, high, money, firstTen, weeks, ownWeight }) => (
          <tr key={`${kind} ${place}`}>
            <th scope="row">
              {name}
              <small>
                {stakeKinds[kind].label}, {place}
              </small>
            </th>
            <td>
              {roughly(perYear)} {stakeKinds[kind].unit}
              <small>
                {roughly(low)} to {roughly(high)}
              </small>
            </td>
            <td>
              {money === undefined ? 'no price' : moneyOf(money.perYear, currency)}
              {money !== undefined && (
                <small>
                  {moneyOf(money.low, currency)} to {moneyOf(money.high, currency)}
                </small>
              )}
            </td>
            <td>{percent(firstTen)}</td>
            <td>
              {weeks} weeks
              <small>own data {percent(ownWeight)}</small>
            </td>
            <td>{stakeKinds[kind].nextStep}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
