import { useEffect, useState } from 'react';
import { useClient } from '../../live/hooks.ts';
import type { Client } from '../../live/client.ts';
import type { Onsets } from './alarmLoad.ts';
import { addOnsets } from './alarmLoad.ts';

const withPresent = (known: Onsets, client: Client): Onsets => addOnsets(known, client.stream('alarms').get()?.values() ?? [], client.nowMs() ?? 0);

/** The onsets of the last hour as far as this screen has seen them: alarms that came and went before it was opened are not in it. */
export function useAlarmOnsets(): Onsets {
  const client = useClient();
  const [onsets, setOnsets] = useState<Onsets>(() => withPresent(new Map(), client));
  useEffect(() => client.stream('alarms').subscribe(() => setOnsets((known) => withPresent(known, client))), [client]);
  return onsets;
}
