import { useState } from 'react';
import type { ReactNode } from 'react';
import { createLocalTime } from '../../../shared/base/localTime.ts';
import { periodAround } from '../../../shared/shifts/reportPeriod.ts';
import type { PeriodKind } from '../../../shared/shifts/reportPeriod.ts';
import { shiftState } from '../../../shared/shifts/shift.ts';
import type { Shift } from '../../../shared/shifts/shift.ts';
import { AwaitedFile } from '../../client/AwaitedFile.tsx';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useCountyData, useStream } from '../../client/hooks.ts';
import { useCommand } from '../../client/useCommand.ts';
import { Blank } from '../../ui/Blank.tsx';
import { ReportDownloads } from './ReportDownloads.tsx';
import { ReportView } from './ReportView.tsx';
import styles from './shift.module.css';
import { ShiftList } from './ShiftList.tsx';
import { ShiftSteps } from './ShiftSteps.tsx';
import { shiftStateWords } from './shiftWords.ts';
import { useShiftReport } from './useShiftReport.ts';

const periodNames = { week: 'Weeks', month: 'Months' } as const satisfies Record<PeriodKind, string>;
/** How many periods of each kind are listed. */
const PERIODS_SHOWN = 4;

/** The weeks or months in which a shift was signed, newest first. */
function Periods({
  kind,
  shifts,
  timeZone,
}: {
  kind: PeriodKind;
  shifts: readonly Shift[];
  timeZone: string;
}): ReactNode {
  const local = createLocalTime(timeZone);
  const ids = [
    ...new Set(
      shifts
        .filter(({ signed }) => signed !== undefined)
        .map(({ opened }) => periodAround(kind, opened.fromMs, local).id),
    ),
  ].slice(0, PERIODS_SHOWN);
  return (
    <section className={styles['periods']} aria-label={periodNames[kind]}>
      <h2>{periodNames[kind]}</h2>
      {ids.length === 0 ? (
        <p className={styles['note']}>Made of signed shift reports; there is none yet.</p>
      ) : (
        ids.map((id) => (
          <div key={id} className={styles['period']}>
            <span>{id}</span>
            <ReportDownloads kind={kind} id={id} what={`${kind} ${id}`} />
          </div>
        ))
      )}
    </section>
  );
}

/** A value that changes whenever somebody does something to a shift. */
const versionOf = ({ closed, signed, takenOver, comments }: Shift): string =>
  [closed, signed, takenOver, ...comments].map((action) => action?.entry ?? '').join(' ');

function ChosenShift({ shift, timeZone }: { shift: Shift; timeZone: string }): ReactNode {
  const signedHash = shift.signed?.reportHash;
  const isAwaited = useStream('desk')?.awaited.some(({ hash }) => hash === signedHash) ?? false;
  const { document, fault } = useShiftReport(
    shift.id,
    `${versionOf(shift)} ${String(isAwaited)}`,
    shift.closed === undefined,
  );
  const isAnother = signedHash !== undefined && document !== undefined && document.hash !== signedHash;
  return (
    <>
      <main className={styles['middle']}>
        {fault !== undefined && (
          <p className={styles['conflict']} role="alert">
            {fault}
          </p>
        )}
        {isAnother && (
          <p className={styles['conflict']} role="alert">
            This is not the report that was signed, but one made anew.{' '}
            <AwaitedFile hash={signedHash} name="the signed report" />
          </p>
        )}
        {document === undefined ? (
          fault === undefined && <Blank title="Writing the report …" />
        ) : (
          <ReportView document={document} />
        )}
      </main>
      <aside className={styles['side']} aria-label={`Shift ${shift.id}`}>
        <h2>{shiftStateWords[shiftState(shift)]}</h2>
        <ShiftSteps shift={shift} timeZone={timeZone} />
        <h2>Save the report</h2>
        <ReportDownloads kind="shift" id={shift.id} what={`shift ${shift.id}`} />
      </aside>
    </>
  );
}

/** Shifts, their handover and their reports. */
export function ShiftBoard(): ReactNode {
  const shifts = useStream('shift');
  const timeZone = useCountyData().profile?.timeZone ?? 'UTC';
  const [wanted, setWanted] = useState<string>();
  const run = useCommand();
  if (shifts === undefined) return <Blank title="Looking up shifts …" />;
  const chosen = shifts.find(({ id }) => id === wanted) ?? shifts[0];
  const mayOpen = shifts[0] === undefined || shifts[0].takenOver !== undefined;
  return (
    <div className={styles['board']}>
      <nav className={styles['side']} aria-label="Shifts and periods">
        <h2>Shifts</h2>
        {mayOpen && (
          <CommandButton command="shift.open" tone="strong" onPress={() => void run('shift.open', {})}>
            Open a shift
          </CommandButton>
        )}
        {chosen !== undefined && (
          <ShiftList shifts={shifts} chosen={chosen.id} timeZone={timeZone} onChoose={setWanted} />
        )}
        <Periods kind="week" shifts={shifts} timeZone={timeZone} />
        <Periods kind="month" shifts={shifts} timeZone={timeZone} />
      </nav>
      {chosen === undefined ? (
        <Blank title="No shift has been opened yet.">Open one: from then on its report writes itself.</Blank>
      ) : (
        <ChosenShift key={chosen.id} shift={chosen} timeZone={timeZone} />
      )}
    </div>
  );
}
