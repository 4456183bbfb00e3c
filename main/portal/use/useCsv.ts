import type { LocalDays } from '../../../shared/base/localDays.ts';
import type { CustomerAccount } from '../../../shared/public/publicContract.ts';
import { addUp } from './periods.ts';
import type { Step } from './periods.ts';

/** A cell as CSV has it. What a table program would take for a formula is written as text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const iso = (atMs: number): string => new Date(atMs).toISOString().replace('.000Z', 'Z');

/** The use of accounts as a table: a row per meter and period, with times in UTC. */
export function useCsv(accounts: readonly CustomerAccount[], step: Step, days: LocalDays): string {
  const rows = accounts.flatMap(({ id, meters }) =>
    meters.flatMap((meter) =>
      addUp(meter, step, days).map(({ startMs, endMs, use, quality }) =>
        [
          cell(id),
          cell(meter.id),
          meter.commodity,
          iso(startMs),
          iso(endMs),
          use.toFixed(3),
          meter.commodity === 'water' ? 'm3' : 'kWh',
          quality,
        ].join(','),
      ),
    ),
  );
  return ['account,meter,commodity,start,end,use,unit,quality', ...rows, ''].join('\r\n');
}
