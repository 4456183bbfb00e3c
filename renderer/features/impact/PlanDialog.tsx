import { useState } from 'react';
import type { ReactNode } from 'react';
import { measures } from '../../../shared/impact/measures.ts';
import { planTextSchema } from '../../../shared/impact/plan.ts';
import type { PlanText } from '../../../shared/impact/plan.ts';
import { planFault } from '../../../shared/impact/planFault.ts';
import { CommandDialog } from '../../client/CommandDialog.tsx';
import { DraftInput } from '../../client/DraftInput.tsx';
import { useClient } from '../../client/hooks.ts';
import { draftKey, useDraft } from '../../client/useDraft.ts';
import { SelectInput } from '../../ui/SelectInput.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';

const kept = measures.filter(({ ledger }) => ledger !== undefined);
const measureOptions = kept.map(({ id, name, unit }) => ({ id, label: name, detail: unit }));
const methodOptions = [
  { id: 'interruptedSeries', label: 'Interrupted time series', detail: 'one place without a like one' },
  { id: 'differenceInDifferences', label: 'Difference in differences', detail: 'beside places without the change' },
] as const;

const empty = {
  ...{ question: '', place: '', comparison: '', baselineFrom: '', startDay: '', afterDay: '', lastDay: '' },
  ...{ sensorDays: '', cost: '', mayMove: '' },
};

const listOf = (text: string): string[] => text.split(/[\s,]+/).filter((part) => part !== '');

/** Asks how a change will be judged. Nothing of it can be changed after another person has registered it. */
export function PlanDialog({ onClose }: { onClose: () => void }): ReactNode {
  const client = useClient();
  const draft = useDraft(draftKey('plan.write'), empty);
  const [measureId, setMeasureId] = useState(kept[0]?.id ?? '');
  const [method, setMethod] = useState<PlanText['method']>('interruptedSeries');
  const attempt = useAttempt();
  const { values } = draft;
  const read = planTextSchema.safeParse({
    ...values,
    ...{ measureId, method, comparison: listOf(values.comparison), sensorDays: listOf(values.sensorDays) },
    cost: values.cost.trim() === '' ? undefined : Number(values.cost),
    measureVersion: kept.find(({ id }) => id === measureId)?.version,
  });
  const days = [values.baselineFrom, values.startDay, values.afterDay, values.lastDay];
  const isMissing = values.question.trim() === '' || days.includes('');
  const wrong = isMissing
    ? undefined
    : read.success
      ? planFault(read.data)
      : 'A day is written as 2026-11-30, and a cost as a number.';
  const send = async (): Promise<void> => {
    if (!read.success || !(await attempt.run(() => client.request('plan.write', { plan: read.data })))) return;
    draft.end();
    onClose();
  };
  return (
    <CommandDialog
      title="Write a plan"
      width={560}
      command="plan.write"
      submit="Write the plan"
      attempt={attempt}
      isMissing={isMissing}
      wrong={wrong}
      onSubmit={send}
      onClose={onClose}
    >
      <DraftInput label="Question" draft={draft} name="question" maxLength={500} autoFocus />
      <SelectInput label="Measure" options={measureOptions} value={measureId} onChange={setMeasureId} />
      <DraftInput
        label="Place: a link, route, zone or feeder; empty for the whole county"
        draft={draft}
        name="place"
        maxLength={200}
      />
      <SelectInput label="Method" options={methodOptions} value={method} onChange={setMethod} />
      {method === 'differenceInDifferences' && (
        <DraftInput label="Places to compare with, with blanks between" draft={draft} name="comparison" isMultiline />
      )}
      <DraftInput label="Baseline from (day)" draft={draft} name="baselineFrom" maxLength={10} />
      <DraftInput label="Start of the change (day)" draft={draft} name="startDay" maxLength={10} />
      <DraftInput label="First day after the change-over" draft={draft} name="afterDay" maxLength={10} />
      <DraftInput label="Last day" draft={draft} name="lastDay" maxLength={10} />
      <DraftInput label="Days of other sensors, with blanks between" draft={draft} name="sensorDays" />
      <DraftInput label="Cost of the change, once" draft={draft} name="cost" maxLength={20} />
      <DraftInput label="What else may move it" draft={draft} name="mayMove" isMultiline maxLength={2000} />
    </CommandDialog>
  );
}
