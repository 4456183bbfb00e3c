import type { ReactNode } from 'react';
import { useLive, useNow, useStream } from '../../client/hooks.ts';
import { indexAlarms } from './alarmIndex.ts';
import { flowClass } from './flowClass.ts';
import { isLate } from './layers/vehicleLayers.ts';
import styles from './MapSummary.module.css';

const EVERY_MS = 5000;

/** Describes the map in a sentence, for people who do not see it. */
export function MapSummary({ id }: { id: string }): ReactNode {
  const { tables } = useLive();
  const alarms = useStream('alarms');
  useNow(EVERY_MS);
  const late = tables.vehicles.rows.filter((row) => isLate(tables.vehicles.state(row))).length;
  const slow = tables.links.columns.speedRatio.reduce(
    (sum, ratio, row) => sum + (tables.links.isKnown(row) && flowClass(ratio) >= 2 ? 1 : 0),
    0,
  );
  const placed = alarms === undefined ? 0 : indexAlarms(alarms).placed.length;
  return (
    <p id={id} className={styles['summary']} data-testid="map-summary">
      {`${counted(tables.vehicles.rows.length, 'vehicle')}, ${late} of them late. ${counted(slow, 'slow road link')}. ${counted(placed, 'alarm')} on the map. Arrow keys move it, plus and minus zoom, 0 shows the whole county, Enter selects what is in the middle.`}
    </p>
  );
}

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
