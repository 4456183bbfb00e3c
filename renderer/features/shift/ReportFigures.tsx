import type { ReactNode } from 'react';
import { describeQuantity } from '../../../shared/base/display.ts';
import type { ReportTime } from '../../../shared/shifts/reportTime.ts';
import type { ShiftReport } from '../../../shared/shifts/shiftReport.ts';
import { useDisplayUnits } from '../../client/useDisplayUnits.ts';
import { Sparkline } from '../../ui/Sparkline.tsx';
import { percent } from './percent.ts';
import { ReportSection } from './ReportSection.tsx';
import styles from './shift.module.css';

/** Traffic, transit and utilities over the shift, each with the share of its data that was present. */
export function ReportFigures({ report }: { report: ShiftReport; time: ReportTime }): ReactNode {
  const units = useDisplayUnits();
  const text = (value: number | null, { unit, digits }: { unit: string; digits: number }): string =>
    value === null ? '–' : describeQuantity(value, unit, digits, units);
  return (
    <ReportSection
      title="Traffic, transit, water and electricity"
      heads={['Figure', 'Course', 'Mean', 'Lowest', 'Highest', 'Sum', 'Data present']}
      numbers={[2, 3, 4, 5, 6]}
      empty="There are no figures."
    >
      {report.figures.map((figure) => (
        <tr key={figure.id}>
          <th scope="row">{figure.label}</th>
          <td className={styles['spark']}>
            <Sparkline values={figure.course} isAbnormal={false} />
          </td>
          <td>{text(figure.mean, figure)}</td>
          <td>{text(figure.min, figure)}</td>
          <td>{text(figure.max, figure)}</td>
          <td />
          <td>{percent(figure.present)}</td>
        </tr>
      ))}
      {report.sums.map((sum) => (
        <tr key={sum.label}>
          <th scope="row">{sum.label}</th>
          <td colSpan={4} />
          <td>{text(sum.total, sum)}</td>
          <td>{percent(sum.present)}</td>
        </tr>
      ))}
    </ReportSection>
  );
}
