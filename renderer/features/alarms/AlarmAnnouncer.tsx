import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { VisuallyHidden } from 'react-aria-components';
import { isUnacknowledged } from '../../../shared/alarms/alarmStates.ts';
import { useClient, useCountyData, useStream } from '../../client/hooks.ts';
import { viewOf } from './alarmViews.ts';

/**
 * Announces new alarms of priority 1 to screen readers, and shows in the window's title how many alarms are waiting.
 */
export function AlarmAnnouncer(): ReactNode {
  const client = useClient();
  const county = useCountyData().profile?.name;
  const alarms = useStream('alarms');
  const [spoken, setSpoken] = useState('');
  const waiting = [...(alarms?.values() ?? [])].filter(
    (alarm) => isUnacknowledged(alarm) && viewOf(alarm) === 'current',
  ).length;

  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}Beacon${county === undefined ? '' : ` · ${county}`}`;
  }, [waiting, county]);

  useEffect(() => {
    const stream = client.stream('alarms');
    let known = new Set(stream.get()?.keys());
    return stream.subscribe(() => {
      const present = stream.get();
      const fresh = [...(present?.values() ?? [])].filter(
        (alarm) => alarm.priority === 1 && alarm.state === 'active' && !known.has(alarm.id),
      );
      known = new Set(present?.keys());
      if (fresh.length > 0) setSpoken(fresh.map(({ title, place }) => `Priority 1: ${title}, ${place}`).join('. '));
    });
  }, [client]);

  return (
    <VisuallyHidden>
      <p role="status" aria-live="assertive">
        {spoken}
      </p>
    </VisuallyHidden>
  );
}
