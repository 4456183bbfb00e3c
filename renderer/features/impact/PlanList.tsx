import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { createLocalDays } from '../../../shared/base/localDays.ts';
import { textOfDay } from '../../../shared/impact/dayText.ts';
import { measures } from '../../../shared/impact/measures.ts';
import type { Plan } from '../../../shared/impact/plan.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useCountyData, usePictureNow } from '../../client/hooks.ts';
import { draftKey, useFormOpen } from '../../client/useDraft.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { Blank } from '../../ui/Blank.tsx';
import styles from '../../ui/PageSection.module.css';
import { PageSection } from '../../ui/PageSection.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { change, findingWords, stateOf } from './impactWords.ts';
import { PlanDialog } from './PlanDialog.tsx';
import { usePlans } from './usePlans.ts';

const DAY_MS = 86_400_000;

/** Plans from idea to result; the person who wrote one cannot register it. */
export function PlanList(): ReactNode {
  const { plans, reload, run } = usePlans();
  const [isWriting, setWriting] = useFormOpen(draftKey('plan.write'));
  const [busy, setBusy] = useState('');
  const nowMs = usePictureNow(DAY_MS / 24);
  const time = useLocalTime();
  const timeZone = useCountyData().profile?.timeZone ?? 'UTC';
  const days = useMemo(() => createLocalDays(timeZone), [timeZone]);
  if (plans.state === 'loading') return <Skeleton rows={8} />;
  if (plans.state === 'failed') return <Blank title="The plans cannot be shown.">{plans.message}</Blank>;
  const act = async (name: 'plan.register' | 'plan.evaluate', planId: string): Promise<void> => {
    setBusy(planId);
    await run(name, { planId });
    setBusy('');
  };
  const today = nowMs === undefined ? '' : textOfDay(days.dayOf(nowMs));
  return (
    <PageSection
      title="Plans"
      action={
        <CommandButton command="plan.write" tone="strong" onPress={() => setWriting(true)}>
          Write a plan
        </CommandButton>
      }
    >
      <p className={styles['hint']}>
        A plan is fixed before the change. Once data after the start have been looked at through its measure, whatever
        is made then is exploratory.
      </p>
      {plans.value.plans.length === 0 ? (
        <p className={styles['hint']}>There is no plan yet.</p>
      ) : (
        <table className={styles['table']} aria-label="Plans">
          <tbody>
            {plans.value.plans.map((plan) => (
              <PlanRow
                key={plan.id}
                plan={plan}
                today={today}
                written={`${plan.written.by.name}, ${time.dateTime(plan.written.atMs)}`}
                isBusy={busy === plan.id}
                onAct={(name) => void act(name, plan.id)}
              />
            ))}
          </tbody>
        </table>
      )}
      {isWriting && (
        <PlanDialog
          onClose={() => {
            setWriting(false);
            reload();
          }}
        />
      )}
    </PageSection>
  );
}

function PlanRow({
  plan: found,
  today,
  written,
  isBusy,
  onAct,
}: {
  plan: Plan;
  today: string;
  written: string;
  isBusy: boolean;
  onAct: (name: 'plan.register' | 'plan.evaluate') => void;
}): ReactNode {
  const { id, plan, registered, evaluations, exploratoryBecause } = found;
  const last = evaluations.at(-1);
  const smallest = registered?.smallestEffect;
  return (
    <tr>
      <th scope="row">
        {plan.question}
        <small>
          {id}: {measures.find((measure) => measure.id === plan.measureId)?.name ?? plan.measureId}
          {plan.place === '' ? ', whole county' : `, ${plan.place}`}
        </small>
        <small>Written by {written}</small>
      </th>
      <td>
        {stateOf(found, today)}
        {registered !== undefined && <small>Registered by {registered.by.name}</small>}
        {smallest !== undefined && <small>Smallest effect that would be seen: {change(smallest)}</small>}
        {exploratoryBecause !== undefined && <small>Exploratory: {exploratoryBecause}</small>}
      </td>
      <td>
        {plan.baselineFrom} to {plan.lastDay}
        <small>
          start {plan.startDay}, judged from {plan.afterDay}
        </small>
      </td>
      <td>{last === undefined ? '' : findingWords(last.finding)}</td>
      <td className={styles['actions']}>
        {registered === undefined && (
          <CommandButton command="plan.register" isDisabled={isBusy} onPress={() => onAct('plan.register')}>
            Register
          </CommandButton>
        )}
        {today > plan.startDay && (
          <CommandButton command="plan.evaluate" isDisabled={isBusy} onPress={() => onAct('plan.evaluate')}>
            Evaluate
          </CommandButton>
        )}
      </td>
    </tr>
  );
}
