import { describeCount, describeQuantity } from '../../../../shared/base/display.ts';
import type { CountyProfile } from '../../../../shared/county/county.ts';
import type { ReportFigure, ReportSum } from '../../../../shared/shifts/shiftReport.ts';
import { drawTable } from './drawTable.ts';
import { percent } from './percent.ts';
import type { Sheet } from './Sheet.ts';

type Values = {
  figures: readonly Pick<ReportFigure, 'label' | 'unit' | 'digits' | 'mean' | 'min' | 'max' | 'present'>[];
  sums: readonly Pick<ReportSum, 'label' | 'unit' | 'digits' | 'total' | 'present'>[];
};

/** Groups digits: "412345 kWh" becomes "412,345 kWh". */
const grouped = (text: string): string => text.replace(/^-?\d{5,}/, (digits) => describeCount(Number(digits)));

/** Draws the figures and sums of a shift or a longer period, each with the share of its data that was present. */
export function drawFigureTable(
  sheet: Sheet,
  { figures, sums }: Values,
  units: CountyProfile['displayUnits'],
  { summary, sumHead }: { summary: string; sumHead: string },
): void {
  const text = (value: number | null, { unit, digits }: { unit: string; digits: number }): string =>
    value === null ? '–' : grouped(describeQuantity(value, unit, digits, units));
  const number = { align: 'right', isTabular: true, share: 2 } as const;
  drawTable(sheet, {
    summary,
    columns: [
      { head: 'Figure', share: 4 },
      ...['Mean', 'Lowest', 'Highest', sumHead, 'Data present'].map((head) => ({ head, ...number })),
    ],
    rows: [
      ...figures.map((figure) => [
        figure.label,
        text(figure.mean, figure),
        text(figure.min, figure),
        text(figure.max, figure),
        '',
        percent(figure.present),
      ]),
      ...sums.map((sum) => [sum.label, '', '', '', text(sum.total, sum), percent(sum.present)]),
    ],
  });
}
