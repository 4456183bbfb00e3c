import { CalendarClock, FileDown, ImageDown, Maximize2, ZoomIn } from 'lucide-react';
import type { ReactNode } from 'react';
import { ToggleButton } from 'react-aria-components';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './HistoryChart.module.css';

type Props = {
  isZoomed: boolean;
  onZoomIn: () => void;
  onWhole: () => void;
  /** Whether the same time of the week before is drawn; undefined where the range is too long for it. */
  hasWeekAgo: boolean | undefined;
  onWeekAgo: (isWanted: boolean) => void;
  onCsv: () => void;
  onPicture: () => void;
};

/** What can be done with a chart. It is zoomed with Ctrl and the wheel, too, and moved with the mouse. */
export function ChartTools(props: Props): ReactNode {
  const { isZoomed, onZoomIn, onWhole, hasWeekAgo, onWeekAgo, onCsv, onPicture } = props;
  return (
    <div className={styles['tools']} role="group" aria-label="Chart">
      {hasWeekAgo !== undefined && (
        <ToggleButton className={styles['toggle'] ?? ''} isSelected={hasWeekAgo} onChange={onWeekAgo}>
          <CalendarClock size={14} aria-hidden />A week before
        </ToggleButton>
      )}
      {isZoomed && (
        <IconButton label="Show the whole range" onPress={onWhole}>
          <Maximize2 size={14} />
        </IconButton>
      )}
      <IconButton label="Zoom in (Ctrl and wheel)" onPress={onZoomIn}>
        <ZoomIn size={14} />
      </IconButton>
      <IconButton label="Save as CSV" onPress={onCsv}>
        <FileDown size={14} />
      </IconButton>
      <IconButton label="Save as picture" onPress={onPicture}>
        <ImageDown size={14} />
      </IconButton>
    </div>
  );
}
