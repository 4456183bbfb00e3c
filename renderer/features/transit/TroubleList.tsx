import type { ReactNode } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { Subject } from '../../../shared/alarms/alarm.ts';
import type { TroubledTrip } from '../../../shared/transit/transitBoard.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { Blank } from '../../ui/Blank.tsx';
import { subjectOf, troubleLabels } from './troubleRows.ts';
import styles from './TransitView.module.css';

type Props = {
  trips: readonly TroubledTrip[];
  /** Called when the cursor comes to a trip. */
  onChoose: (subject: Subject) => void;
  /** Called with Enter and by a double click. */
  onShow: (subject: Subject) => void;
};

/** The list is worked by the arrow keys; Enter shows the vehicle or route on the map. */
export function TroubleList({ trips, onChoose, onShow }: Props): ReactNode {
  const time = useLocalTime();
  const withId = (id: unknown): TroubledTrip | undefined => trips.find((trip) => trip.id === id);
  if (trips.length === 0)
    return <Blank title="No trip is in trouble.">Late, early, bunched and missing trips appear here.</Blank>;
  return (
    <ListBox
      aria-label="Trips in trouble"
      className={styles['list'] ?? ''}
      items={trips}
      selectionMode="single"
      selectionBehavior="replace"
      onSelectionChange={(keys) => {
        const trip = keys === 'all' ? undefined : withId([...keys][0]);
        if (trip !== undefined) onChoose(subjectOf(trip));
      }}
      onAction={(key) => {
        const trip = withId(key);
        if (trip !== undefined) onShow(subjectOf(trip));
      }}
    >
      {(trip) => (
        <ListBoxItem
          id={trip.id}
          textValue={`Route ${trip.routeName}, ${troubleLabels[trip.trouble]}: ${trip.what}`}
          className={styles['row'] ?? ''}
        >
          <span className={styles['trouble']}>{troubleLabels[trip.trouble]}</span>
          <span className={styles['trip']}>
            <b>Route {trip.routeName}</b>
            {trip.departsMs !== undefined && ` ${time.clock(trip.departsMs)}`}
            {trip.headsign !== undefined && ` to ${trip.headsign}`}
            {trip.vehicleLabel !== undefined && `, vehicle ${trip.vehicleLabel}`}
          </span>
          <span className={styles['what']}>{trip.what}</span>
          <span className={styles['follows']}>Then: {trip.follows}.</span>
        </ListBoxItem>
      )}
    </ListBox>
  );
}
