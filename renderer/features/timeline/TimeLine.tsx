import { Pause, Play } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useNow, usePictureNow, useReplay } from '../../client/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { SelectInput } from '../../ui/SelectInput.tsx';
import styles from './TimeLine.module.css';
import { TimeSlider } from './TimeSlider.tsx';
import { useTimeTravel } from './useTimeTravel.ts';

const speeds = [1, 10, 60, 600].map((speed) => ({ id: String(speed), label: `×${speed}` }));

/**
 * The last day at the foot of the screen: the time of the picture within it, and the controls to move back and forth.
 */
export function TimeLine(): ReactNode {
  const nowMs = useNow(1000);
  const pictureMs = usePictureNow(1000);
  const replay = useReplay();
  const travel = useTimeTravel();
  return (
    <section className={styles['line']} data-past={replay !== undefined} data-testid="time-line" aria-label="Time line">
      {replay === undefined ? (
        <span className={styles['live']}>
          <i aria-hidden />
          Live
        </span>
      ) : (
        <PlayControls speed={replay.speed} isOver={replay.state === 'failed'} />
      )}
      {nowMs === undefined || pictureMs === undefined ? (
        <span className={styles['track']} />
      ) : (
        <TimeSlider nowMs={nowMs} pictureMs={pictureMs} isPast={replay !== undefined} onGo={travel.goTo} />
      )}
      <Button
        tone={replay === undefined ? 'quiet' : 'strong'}
        isDisabled={replay === undefined}
        onPress={travel.goLive}
      >
        Back to live
        <kbd className={styles['key']}>L</kbd>
      </Button>
    </section>
  );
}

function PlayControls({ speed, isOver }: { speed: number; isOver: boolean }): ReactNode {
  const travel = useTimeTravel();
  const [wanted, setWanted] = useState(speed === 0 ? '10' : String(speed));
  const isPlaying = speed > 0;
  const choose = (next: string): void => {
    setWanted(next);
    if (isPlaying) travel.play(Number(next));
  };
  return (
    <div className={styles['controls']}>
      <IconButton
        label={isPlaying ? 'Pause' : 'Play'}
        isDisabled={isOver}
        onPress={() => travel.play(isPlaying ? 0 : Number(wanted))}
      >
        {isPlaying ? <Pause size={16} /> : <Play size={16} />}
      </IconButton>
      <SelectInput label="Speed" isLabelHidden options={speeds} value={wanted} onChange={choose} />
    </div>
  );
}
