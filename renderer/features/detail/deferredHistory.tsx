import { defer } from '../../client/defer.tsx';
import type { HistoryChart } from './HistoryChart.tsx';
import styles from './HistoryChart.module.css';

/** The chart library is half a megabyte that nobody needs before something is selected. */
export const deferredHistory = defer<Parameters<typeof HistoryChart>[0]>({
  name: 'The history',
  fetch: async () => (await import('./HistoryChart.tsx')).HistoryChart,
  placeholder: <div className={styles['chart']} />,
});
