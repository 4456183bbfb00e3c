import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { GridList, GridListItem } from 'react-aria-components';
import { describeMany } from '../../../shared/base/display.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { usePictureNow } from '../../client/hooks.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { Blank } from '../../ui/Blank.tsx';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import styles from './ReviewLog.module.css';
import { reachedLine } from './reviewTimes.ts';
import type { ReviewLine } from './reviewTimes.ts';
import type { Travel } from './travel.ts';
import type { Review } from './useReview.ts';

type Props = { incident: Incident; /** Its own page. */ incidentHref: string; review: Review; travel: Travel };

/**
 * What people did, in step with the picture: entries that the picture has reached stand out, the last of them is
 * highlighted, and pressing a line moves the picture to its time.
 */
export function ReviewLog({ incident, incidentHref, review, travel }: Props): ReactNode {
  const [isFolded, setFolded] = useState(false);
  const { scope, setScope, lines, isCut } = review;
  return (
    <Panel
      title={`Review ${incident.id}`}
      aside={describeMany(lines.length, 'entry', 'entries')}
      isFolded={isFolded}
      onFold={setFolded}
    >
      <div className={styles['head']}>
        <p className={styles['title']}>
          <a href={incidentHref} title="The incident’s own page">
            {incident.title}
          </a>
        </p>
        <p className={styles['outcome']}>{incident.outcome ?? incident.place}</p>
        <div className={styles['scopes']}>
          <Button
            tone={scope === 'incident' ? 'plain' : 'quiet'}
            aria-pressed={scope === 'incident'}
            onPress={() => setScope('incident')}
          >
            This incident
          </Button>
          <Button
            tone={scope === 'room' ? 'plain' : 'quiet'}
            aria-pressed={scope === 'room'}
            onPress={() => setScope('room')}
          >
            Everything in the room
          </Button>
        </div>
      </div>
      {isCut && <p className={styles['outcome']}>Only the first {lines.length} are shown.</p>}
      {lines.length === 0 ? (
        <Blank title="Nothing was written in this time." />
      ) : (
        <Lines lines={lines} incidentId={scope === 'room' ? incident.id : undefined} onGo={travel.goTo} />
      )}
    </Panel>
  );
}

function Lines({
  lines,
  incidentId,
  onGo,
}: {
  lines: readonly ReviewLine[];
  incidentId: string | undefined;
  onGo: (atMs: number) => void;
}): ReactNode {
  const time = useLocalTime();
  const pictureMs = usePictureNow(500) ?? 0;
  const reached = reachedLine(lines, pictureMs + 500);
  const litId = lines[reached]?.id;
  useEffect(() => {
    if (litId !== undefined)
      document.querySelector(`[data-line="${CSS.escape(litId)}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [litId]);
  const rows = lines.map((line, index) => ({
    ...line,
    step: index === reached ? 'now' : index < reached ? 'done' : 'ahead',
  }));
  return (
    <GridList
      aria-label="What was done"
      className={styles['lines'] ?? ''}
      items={rows}
      dependencies={[reached]}
      onAction={(key) => onGo(lines.find(({ id }) => id === key)?.atMs ?? pictureMs)}
    >
      {(line) => (
        <GridListItem
          id={line.id}
          textValue={`${time.clock(line.atMs)} ${line.text}`}
          className={styles['line'] ?? ''}
          data-testid="review-line"
          data-line={line.id}
          data-step={line.step}
        >
          <time>{time.clock(line.atMs)}</time>
          <p>
            {line.text}
            <span>
              {' '}
              written by {line.actor}
              {line.incidentId !== undefined && line.incidentId !== incidentId ? ` · ${line.incidentId}` : ''}
            </span>
          </p>
        </GridListItem>
      )}
    </GridList>
  );
}
