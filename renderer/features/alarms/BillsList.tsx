import type { ReactNode } from 'react';
import { billFaults } from '../../../shared/utilities/bills.ts';
import type { WrongBill, WrongBills } from '../../../shared/utilities/bills.ts';
import { DAY_MS } from '../../../shared/base/durations.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import { Blank } from '../../ui/Blank.tsx';
import { formatNumber } from '../../ui/formatNumber.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './SideLists.module.css';

const REFRESH_MS = 300_000;
const LAST = -1;

const money = (cents: number): string => formatNumber(cents / 100, 2);
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
const units = { water: 'm³', electricity: 'kWh' } as const;

/** The bills of the last period that would be wrong, the largest amount at stake first. */
export function BillsList(): ReactNode {
  const answer = useAnswer('bills.wrong', {}, REFRESH_MS);
  if (answer.state === 'loading') return <Skeleton rows={12} />;
  if (answer.state === 'failed') return <Blank title="The bills cannot be judged.">{answer.message}</Blank>;
  const { found } = answer.value;
  if (found === undefined)
    return <Blank title="This county bills nobody.">Its folder has no accounts.csv or no tariffs.json.</Blank>;
  if (found.wrongCount === 0)
    return <Blank title="No bill looks wrong.">{`${formatNumber(found.bills, 0)} bills were computed.`}</Blank>;
  return <Table found={found} />;
}

function Table({ found }: { found: WrongBills }): ReactNode {
  const { wrong, wrongCount, bills, currency, stakeCents } = found;
  return (
    <div className={styles['scroll']} data-testid="bills-list">
      <p className={styles['more']}>
        {formatNumber(wrongCount, 0)} of {formatNumber(bills, 0)} bills would be wrong; {money(stakeCents)} {currency}{' '}
        are at stake.
      </p>
      <table className={styles['table']} aria-label="Bills that would be wrong">
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Meter</th>
            <th scope="col">Period</th>
            <th scope="col">Reason</th>
            <th scope="col">Evidence</th>
            {['Use', 'Expected', `Bill (${currency})`, `At stake (${currency})`].map((label) => (
              <th key={label} scope="col" className={styles['number']}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {wrong.map((bill) => (
            <Row key={`${bill.accountId} ${bill.meterId}`} bill={bill} />
          ))}
        </tbody>
      </table>
      {wrongCount > wrong.length && (
        <p className={styles['more']}>and {formatNumber(wrongCount - wrong.length, 0)} more with less at stake</p>
      )}
    </div>
  );
}

function Row({ bill }: { bill: WrongBill }): ReactNode {
  const { accountId, meterId, address, commodity, fromDay, toDay, faults, evidence } = bill;
  const reason = faults.map((fault) => billFaults[fault]).join(' ');
  const use = (value: number): string => `${formatNumber(value, 1)} ${units[commodity]}`;
  return (
    <tr>
      <td>{accountId === '' ? '–' : accountId}</td>
      <td title={address}>{meterId}</td>
      <td>
        {dateOf(fromDay)} – {dateOf(toDay + LAST)}
      </td>
      <td title={reason}>{reason}</td>
      <td title={evidence}>{evidence}</td>
      <td className={styles['number']}>{use(bill.use)}</td>
      <td className={styles['number']}>{use(bill.expected)}</td>
      <td className={styles['number']}>{money(bill.totalCents)}</td>
      <td className={styles['number']}>{money(bill.stakeCents)}</td>
    </tr>
  );
}
