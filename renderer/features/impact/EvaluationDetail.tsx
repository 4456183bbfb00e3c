import type { ReactNode } from 'react';
import type { Evaluation } from '../../../shared/impact/evaluation.ts';
import type { Finding } from '../../../shared/impact/plan.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import { Blank } from '../../ui/Blank.tsx';
import { Button } from '../../ui/Button.tsx';
import styles from '../../ui/PageSection.module.css';
import { PageSection } from '../../ui/PageSection.tsx';
import { saveText } from '../../ui/saveFile.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { EffectChart } from './EffectChart.tsx';
import { change, findingWords, moneyOf, roughly, whyNaive } from './impactWords.ts';

/** The report of an evaluation: what was found, why the plain comparison differs, and the hashes that freeze it. */
export function EvaluationDetail({ hash }: { hash: string }): ReactNode {
  const answer = useAnswer('impact.evaluation', { hash });
  if (answer.state === 'loading') return <Skeleton rows={6} />;
  if (answer.state === 'failed') return <Blank title="The report cannot be shown.">{answer.message}</Blank>;
  const report = answer.value;
  return (
    <PageSection
      title={`Report of ${report.planId}`}
      action={
        <Button
          onPress={() => saveText(`impact-${hash.slice(0, 12)}.json`, 'application/json', JSON.stringify(report))}
        >
          Save the report
        </Button>
      }
    >
      <EffectChart report={report} />
      <table className={styles['table']} aria-label="Report">
        <tbody>
          {rowsOf(report, hash).map(([head, words]) => (
            <tr key={head}>
              <th scope="row">{head}</th>
              <td>{words}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </PageSection>
  );
}

function worthWords(worth: Evaluation['worth']): string {
  if ('fault' in worth) return worth.fault;
  const { perYear, currency, priceYear, isCashable, isExample, paybackYears, netPresentValue } = worth;
  return [
    `${moneyOf(perYear, currency)} of ${priceYear}`,
    isCashable ? 'cashable' : 'not cashable',
    ...(isExample ? ['by example values'] : []),
    ...(paybackYears === undefined ? [] : [`paid after ${roughly(paybackYears)} years`]),
    ...(netPresentValue === undefined ? [] : [`net present value of ten years ${moneyOf(netPresentValue, currency)}`]),
  ].join(', ');
}

function rowsOf(report: Evaluation, hash: string): [string, string][] {
  const { plan, measure, result, naive, amount, worth, registration, exploratoryBecause, measureHash } = report;
  const finding: Finding = 'fault' in result ? { isSeen: false, fault: result.fault } : result;
  const naiveShare = 'share' in naive ? naive.share : undefined;
  const doubts = 'fault' in result ? [] : result.doubts;
  const imported = report.place.samples.filter(({ isImported }) => isImported === true).length;
  return [
    ['Question', plan.question],
    ['Measure', `${String(measure['name'])}, version ${String(measure['version'])}: ${String(measure['formula'])}`],
    ['Result', findingWords(finding)],
    ['Plain comparison', naiveShare === undefined ? 'none' : `${change(naiveShare)}. ${whyNaive(naiveShare, finding)}`],
    ...(amount === undefined
      ? []
      : ([['Amount', `${roughly(amount)} ${String(measure['unit'])}`]] as [string, string][])),
    ['Worth per year', worthWords(worth)],
    [
      'Rests on',
      `${report.place.samples.length} days up to ${report.toDay}, ${imported} of them from a file of before Beacon`,
    ],
    ['What else may have moved it', plan.mayMove === '' ? 'nothing was named' : plan.mayMove],
    ['Conditions', doubts.length === 0 ? 'all hold' : doubts.join(' ')],
    ['Standing', exploratoryBecause === undefined ? 'Fixed before the change' : `Exploratory: ${exploratoryBecause}`],
    ['Hash of the report', hash],
    ['Hash of the plan', registration?.planHash ?? 'none'],
    ['Hash of the definition', measureHash],
    ['Hash of the baseline', registration?.baselineHash ?? 'none'],
  ];
}
