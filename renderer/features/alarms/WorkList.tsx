import { MapPin } from 'lucide-react';
import type { ReactNode } from 'react';
import type { WorkItem } from '../../../shared/contract/historyRequests.ts';
import { useNow } from '../../client/hooks.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import { Blank } from '../../ui/Blank.tsx';
import { formatNumber } from '../../ui/formatNumber.ts';
import { formatAge } from '../../ui/formatTime.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './SideLists.module.css';

const REFRESH_MS = 30_000;

type Props = { onShow: (item: WorkItem) => void };

/** What is to be done at the county's devices and calls no operator: where, since when, why, and what. */
export function WorkList({ onShow }: Props): ReactNode {
  const answer = useAnswer('work.list', {}, REFRESH_MS);
  if (answer.state === 'loading') return <Skeleton rows={12} />;
  if (answer.state === 'failed') return <Blank title="The work list cannot be read.">{answer.message}</Blank>;
  const { items, total } = answer.value;
  if (total === 0)
    return <Blank title="No work is waiting.">Meters to visit and customers to be told appear here.</Blank>;
  return (
    <div className={styles['scroll']} data-testid="work-list">
      <table className={styles['table']} aria-label="Work list">
        <thead>
          <tr>
            <th scope="col">Place</th>
            <th scope="col">Device</th>
            <th scope="col">Reason</th>
            <th scope="col">Task</th>
            <th scope="col" className={styles['number']}>
              For
            </th>
            <th scope="col">Map</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row key={`${item.subject.kind} ${item.subject.id}`} item={item} onShow={onShow} />
          ))}
        </tbody>
      </table>
      {total > items.length && (
        <p className={styles['more']}>and {formatNumber(total - items.length, 0)} more of less weight</p>
      )}
    </div>
  );
}

function Row({ item, onShow }: { item: WorkItem } & Props): ReactNode {
  const nowMs = useNow(30_000);
  const { place, title, reason, task, sinceMs } = item;
  return (
    <tr>
      <td title={place}>{place}</td>
      <td>{title}</td>
      <td title={reason}>{reason}</td>
      <td>{task}</td>
      <td className={styles['number']}>
        {sinceMs === undefined || nowMs === undefined ? '–' : formatAge(nowMs - sinceMs)}
      </td>
      <td>
        <IconButton label={`Show ${title} on the map`} onPress={() => onShow(item)}>
          <MapPin size={16} />
        </IconButton>
      </td>
    </tr>
  );
}
