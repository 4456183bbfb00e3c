import { MapPin, X } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Alarm, Subject } from '../../../shared/alarms/alarm.ts';
import { toDisplay } from '../../../shared/base/display.ts';
import type { Detail } from '../../../shared/contract/historyRequests.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import { useDisplayUnits } from '../../client/useDisplayUnits.ts';
import { useShow } from '../../client/useShow.ts';
import { Blank } from '../../ui/Blank.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { SelectInput } from '../../ui/SelectInput.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { deferredHistory } from './deferredHistory.tsx';
import { FactList } from './FactList.tsx';
import { factsBeside } from './factsBeside.ts';
import { drawnUnit } from './historyOption.ts';
import { RelatedThings } from './RelatedThings.tsx';
import styles from './SubjectDetail.module.css';

const REFRESH_MS = 5000;

type Props = {
  subject: Subject;
  onClose: () => void;
  /** The alarm that led here, which is drawn as a child. */ alarm?: Alarm;
  /** Content beside the facts. */ children?: ReactNode;
};

/** One thing of the county: present values with quality and age, history, and what it belongs to. */
export function SubjectDetail({ subject, alarm, onClose, children }: Props): ReactNode {
  const answer = useAnswer('entity.detail', { subject }, REFRESH_MS);
  const detail = answer.state === 'done' ? answer.value : undefined;
  return (
    <section
      className={styles['panel']}
      data-testid="detail-panel"
      data-kind={subject.kind}
      data-history={detail?.series.length !== 0}
      aria-label="Selected"
    >
      <DetailHead subject={subject} detail={detail} onClose={onClose} />
      <div className={styles['body']}>
        {children}
        {answer.state === 'loading' && <Skeleton rows={4} height={36} />}
        {answer.state === 'failed' && <Blank title="Nothing more is known of it.">{answer.message}</Blank>}
        {detail !== undefined && (
          <>
            <FactList facts={alarm === undefined ? detail.facts : factsBeside(alarm, detail.facts)} />
            {detail.series.length > 0 && <History series={detail.series} />}
          </>
        )}
      </div>
    </section>
  );
}

function DetailHead({
  subject,
  detail,
  onClose,
}: {
  subject: Subject;
  detail: Detail | undefined;
  onClose: () => void;
}): ReactNode {
  const show = useShow();
  return (
    <header className={styles['head']}>
      <h2>{detail?.title ?? subject.id}</h2>
      <p>{detail?.subtitle ?? ''}</p>
      <RelatedThings related={detail?.related ?? []} />
      {detail?.lon !== undefined && (
        <IconButton label="Show on the map" onPress={() => show(subject, detail)}>
          <MapPin size={16} />
        </IconButton>
      )}
      <IconButton label="Close" shortcut="Esc" onPress={onClose}>
        <X size={16} />
      </IconButton>
    </header>
  );
}

const ranges = [
  { id: '3', label: '3 h' },
  { id: '24', label: 'Day' },
  { id: '168', label: 'Week' },
  { id: '720', label: 'Month' },
  { id: '8760', label: 'Year' },
] as const;

function History({ series }: { series: Detail['series'] }): ReactNode {
  const [chosen, setChosen] = useState('0');
  const [hours, setHours] = useState<string>('24');
  const shown = series[Number(chosen)] ?? series[0];
  const units = useDisplayUnits();
  if (shown === undefined) return null;
  const drawn = drawnUnit(shown.quantity, shown.asRate);
  return (
    <div className={styles['history']}>
      <div className={styles['tools']}>
        {series.length === 1 ? (
          <b>{shown.label}</b>
        ) : (
          <SelectInput
            label="Series"
            isLabelHidden
            options={series.map(({ label }, index) => ({ id: String(index), label }))}
            value={chosen}
            onChange={setChosen}
          />
        )}
        <span className={styles['unit']}>{toDisplay(0, drawn.unit, drawn.digits, units).unit}</span>
        <ToggleButtonGroup
          aria-label="Span"
          className={styles['ranges'] ?? ''}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[hours]}
          onSelectionChange={(keys) => setHours(String([...keys][0]))}
        >
          {ranges.map(({ id, label }) => (
            <ToggleButton key={id} id={id} className={styles['range'] ?? ''}>
              {label}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </div>
      <deferredHistory.Part series={shown} hours={Number(hours)} />
    </div>
  );
}
