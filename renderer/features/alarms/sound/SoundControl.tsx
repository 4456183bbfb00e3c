import { Volume2, VolumeX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Header, MenuItem, MenuSection } from 'react-aria-components';
import { useClient, useNow } from '../../../client/hooks.ts';
import { useLocalTime } from '../../../client/useLocalTime.ts';
import fields from '../../../ui/fields.module.css';
import { ToolbarButton } from '../../../ui/ToolbarButton.tsx';
import { ToolbarMenu } from '../../../ui/ToolbarMenu.tsx';
import { useReadable } from '../../../ui/useReadable.ts';
import type { SounderState } from './AlarmSounder.ts';
import { muteEnd, muteMinutes } from './mute.ts';
import styles from './SoundControl.module.css';
import { useAlarmSound } from './useAlarmSound.ts';

const priorities = [1, 2, 3, 4] as const;
const option = fields['option'] ?? '';

/** Why no sound can be heard now; undefined while the sound is on. */
function silenceOf(state: SounderState, mutedUntil: string | undefined): string | undefined {
  if (state === 'none') return 'No sound on this machine';
  if (state === 'locked') return 'No sound: press any key';
  return mutedUntil === undefined ? undefined : `Muted until ${mutedUntil}`;
}

/** Shows whether alarms can be heard, and offers a mute that always ends by itself. */
export function SoundControl(): ReactNode {
  const client = useClient();
  const time = useLocalTime();
  const { sounder, mutedUntilMs, mute } = useAlarmSound();
  const state = useReadable(sounder.state);
  // Redrawn every second, so that the end of the mute shows.
  useNow(1000);
  const silence = silenceOf(state, mutedUntilMs === undefined ? undefined : time.short(mutedUntilMs));
  const Icon = silence === undefined ? Volume2 : VolumeX;
  const muteFor = (minutes: (typeof muteMinutes)[number]): void => {
    const nowMs = client.nowMs();
    if (nowMs !== undefined) mute(muteEnd(minutes, nowMs));
  };
  return (
    <ToolbarMenu
      label="Sound of alarms"
      button={
        <ToolbarButton
          className={styles['button']}
          aria-label={`Sound of alarms: ${silence ?? 'on'}`}
          data-testid="sound"
          data-state={mutedUntilMs === undefined ? state : 'muted'}
        >
          <Icon size={16} aria-hidden />
          {silence !== undefined && <span>{silence}</span>}
        </ToolbarButton>
      }
    >
      <MenuSection>
        <Header className={styles['header'] ?? ''}>No sound for</Header>
        {muteMinutes.map((minutes) => (
          <MenuItem key={minutes} id={`mute:${minutes}`} className={option} onAction={() => muteFor(minutes)}>
            {minutes} minutes
          </MenuItem>
        ))}
        {mutedUntilMs !== undefined && (
          <MenuItem id="unmute" className={option} onAction={() => mute(undefined)}>
            Sound on now
          </MenuItem>
        )}
      </MenuSection>
      <MenuSection>
        <Header className={styles['header'] ?? ''}>Hear</Header>
        {priorities.map((priority) => (
          <MenuItem key={priority} id={`hear:${priority}`} className={option} onAction={() => sounder.play(priority)}>
            Priority {priority}
          </MenuItem>
        ))}
      </MenuSection>
    </ToolbarMenu>
  );
}
