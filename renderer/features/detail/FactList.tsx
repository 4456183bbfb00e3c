import type { ReactNode } from 'react';
import { isUsable, qualityOfCode } from '../../../shared/base/quality.ts';
import type { Detail } from '../../../shared/contract/historyRequests.ts';
import { usePictureNow } from '../../client/hooks.ts';
import { formatAge } from '../../ui/formatTime.ts';
import styles from './FactList.module.css';

/** Present values: right-aligned, with their age, and with their quality in words if it is not good. */
export function FactList({ facts }: { facts: Detail['facts'] }): ReactNode {
  const nowMs = usePictureNow(1000);
  return (
    <table className={styles['facts']} aria-label="Present values">
      <tbody>
        {facts.map((fact) => (
          <tr key={fact.label} data-usable={fact.quality === undefined || isUsable(qualityOfCode(fact.quality))}>
            <th scope="row">{fact.label}</th>
            <td>
              {fact.text}
              <FactNote fact={fact} />
            </td>
            <td className={styles['age']}>
              {fact.atMs === undefined || nowMs === undefined ? '' : formatAge(nowMs - fact.atMs)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FactNote({ fact }: { fact: Detail['facts'][number] }): ReactNode {
  const quality = fact.quality === undefined ? 'good' : qualityOfCode(fact.quality);
  const words = [quality === 'good' ? undefined : quality, fact.note].filter((word) => word !== undefined);
  return words.length === 0 ? null : <span className={styles['note']}>{words.join(': ')}</span>;
}
