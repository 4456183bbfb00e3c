import { Volume2, VolumeX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { useClient, useNow } from '../../../client/hooks.ts';
import { useLocalTime } from '../../../client/useLocalTime.ts';
import fields from '../../../ui/fields.module.css';
import { useReadable } from '../../../ui/useReadable.ts';
import { muteEnd, muteMinutes } from './mute.ts';
import styles from './SoundControl.module.css';
import { useAlarmSound } from './useAlarmSound.ts';

const priorities = [1, 2, 3, 4] as const;

/** The sound of alarms: whether it can be heard, and a mute that always ends. */
export function SoundControl(): ReactNode {
  const client = useClient();
  const time = useLocalTime();
  const { sounder, mutedUntilMs, mute } = useAlarmSound();
  const state = useReadable(sounder.state);
  // Looked at again each second, so that the end of the mute shows.
  useNow(1000);
  const words =
    state === 'none'
      ? 'No sound on this machine'
      : state === 'locked'
        ? 'No sound: press any key'
        : mutedUntilMs === undefined
          ? undefined
          : `Muted until ${time.short(mutedUntilMs)}`;
  const Icon = words === undefined ? Volume2 : VolumeX;
  const muteFor = (minutes: (typeof muteMinutes)[number]): void => {
    const nowMs = client.nowMs();
    if (nowMs !== undefined) mute(muteEnd(minutes, nowMs));
  };
  return (
    <MenuTrigger>
      <Button
        className={styles['button'] ?? ''}
        aria-label={words === undefined ? 'Sound of alarms: on' : `Sound of alarms: ${words}`}
        data-testid="sound"
        data-state={mutedUntilMs === undefined ? state : 'muted'}
      >
        <Icon size={16} aria-hidden />
        {words}
      </Button>
      <Popover className={fields['popover'] ?? ''} placement="bottom end" offset={8}>
        <Menu aria-label="Sound of alarms" className={fields['list'] ?? ''}>
          <MenuSection>
            <Header className={styles['header'] ?? ''}>No sound for</Header>
            {muteMinutes.map((minutes) => (
              <MenuItem
                key={minutes}
                id={`mute:${minutes}`}
                className={fields['option'] ?? ''}
                onAction={() => muteFor(minutes)}
              >
                {minutes} minutes
              </MenuItem>
            ))}
            {mutedUntilMs !== undefined && (
              <MenuItem id="unmute" className={fields['option'] ?? ''} onAction={() => mute(undefined)}>
                Sound on now
              </MenuItem>
            )}
          </MenuSection>
          <MenuSection>
            <Header className={styles['header'] ?? ''}>Hear</Header>
            {priorities.map((priority) => (
              <MenuItem
                key={priority}
                id={`hear:${priority}`}
                className={fields['option'] ?? ''}
                onAction={() => sounder.play(priority)}
              >
                Priority {priority}
              </MenuItem>
            ))}
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
