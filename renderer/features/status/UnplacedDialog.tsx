import type { ReactNode } from 'react';
import type { RequestOutput } from '../../../shared/contract/contract.ts';
import { useNow } from '../../client/hooks.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import { Blank } from '../../ui/Blank.tsx';
import { formatNumber } from '../../ui/formatNumber.ts';
import { formatAge } from '../../ui/formatTime.ts';
import { AnswerDialog } from './AnswerDialog.tsx';
import styles from './tables.module.css';

/**
 * Lists devices and units that send data but have no place on the screen, and why: the county's files do not name them,
 * or do not say enough. The values of devices are kept all the same.
 */
export function UnplacedDialog({ onClose }: { onClose: () => void }): ReactNode {
  const answer = useAnswer('unplaced.list', {});
  return (
    <AnswerDialog title="Unplaced devices" width={860} answer={answer} onClose={onClose}>
      {({ devices }) => <Devices devices={devices} />}
    </AnswerDialog>
  );
}

function Devices({ devices }: { devices: RequestOutput<'unplaced.list'>['devices'] }): ReactNode {
  const nowMs = useNow(1000);
  if (devices.length === 0)
    return (
      <Blank title="Every device has its place.">
        A device or a unit that the county's files do not name, or give no place, would be listed here.
      </Blank>
    );
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">Device</th>
          <th scope="col">Feed</th>
          <th scope="col">Measures</th>
          <th scope="col">Why</th>
          <th scope="col">Age</th>
          <th scope="col">Values</th>
        </tr>
      </thead>
      <tbody>
        {devices.map((device) => (
          <tr key={device.id}>
            <td className={styles['code']}>{device.id}</td>
            <td>{device.feed}</td>
            <td>{device.media}</td>
            <td>{device.reason}</td>
            <td>{nowMs === undefined ? '–' : formatAge(nowMs - device.lastAtMs)}</td>
            <td>{formatNumber(device.values, 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
