import { Check, MapPin } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMemo } from 'react';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useNow, useStream } from '../../client/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { AlarmAge } from './AlarmAge.tsx';
import { AlarmMark } from './AlarmMark.tsx';
import { urgentWaiting } from './alarmOrder.ts';
import { placeLine } from './alarmRows.ts';
import { respondWords } from './alarmWords.ts';
import styles from './UrgentBanner.module.css';
import { useAlarmCommands } from './useAlarmCommands.ts';

type Props = { /** Shows an alarm on the map; absent where nothing can be pressed. */ onShow?: (alarm: Alarm) => void };

/**
 * The alarms of priority 1 or 2 that nobody has acknowledged: they stand on every page and on the wall until somebody
 * acknowledges them.
 */
export function UrgentBanner({ onShow }: Props): ReactNode {
  const alarms = useStream('alarms');
  const waiting = useMemo(() => urgentWaiting(alarms?.values() ?? []), [alarms]);
  const [worst] = waiting;
  if (worst === undefined) return null;
  return (
    <section
      className={styles['banner']}
      data-priority={worst.priority}
      data-testid="urgent-banner"
      aria-label="Urgent alarms that nobody has acknowledged"
    >
      <AlarmMark alarm={worst} />
      <div className={styles['words']}>
        <b>{worst.title}</b>
        <span>{placeLine([worst], worst)}</span>
      </div>
      <span className={styles['age']}>
        <AlarmAge raisedAtMs={worst.raisedAtMs} />
        <Respond alarm={worst} />
      </span>
      {waiting.length > 1 && <span className={styles['more']}>{moreWords(waiting.slice(1))}</span>}
      {onShow !== undefined && <Buttons alarm={worst} onShow={onShow} />}
    </section>
  );
}

function Respond({ alarm }: { alarm: Alarm }): ReactNode {
  const nowMs = useNow(1000);
  const words = nowMs === undefined ? undefined : respondWords(alarm, nowMs);
  return words === undefined
    ? null
    : ` · ${words.text} to respond`.replace(' over to respond', ' over the time to respond');
}

function Buttons({ alarm, onShow }: { alarm: Alarm; onShow: (alarm: Alarm) => void }): ReactNode {
  const commands = useAlarmCommands();
  return (
    <div className={styles['buttons']}>
      <Button tone="quiet" onPress={() => onShow(alarm)}>
        <MapPin size={16} aria-hidden />
        Show
      </Button>
      <CommandButton
        command="alarm.acknowledge"
        tone="strong"
        isDisabled={commands.isSent(alarm)}
        onPress={() => commands.acknowledge([alarm])}
      >
        <Check size={16} aria-hidden />
        Acknowledge
      </CommandButton>
    </div>
  );
}

/** The words for the other alarms: "and 3 more: 1 of priority 1". */
function moreWords(others: readonly Alarm[]): string {
  const first = others.filter(({ priority }) => priority === 1).length;
  return `and ${others.length} more${first > 0 ? `, ${first} of priority 1` : ''}`;
}
