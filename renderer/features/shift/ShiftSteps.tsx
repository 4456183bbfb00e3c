import { useState } from 'react';
import type { ReactNode } from 'react';
import { createReportTime } from '../../../shared/shifts/reportTime.ts';
import type { Shift } from '../../../shared/shifts/shift.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { DraftInput } from '../../client/DraftInput.tsx';
import { draftKey, useDraft } from '../../client/useDraft.ts';
import { useCommand } from '../../client/useCommand.ts';
import styles from './shift.module.css';
import { SignDialog } from './SignDialog.tsx';

type Step = { label: string; done?: string | undefined; action?: ReactNode };

function StepLine({ label, done, action }: Step): ReactNode {
  return (
    <li data-done={done !== undefined}>
      <span className={styles['step']}>{label}</span>
      <span className={styles['by']}>{done ?? action ?? 'Not yet'}</span>
    </li>
  );
}

function CommentForm({ shiftId }: { shiftId: string }): ReactNode {
  const run = useCommand();
  const draft = useDraft(draftKey('shift.comment', shiftId), { text: '' });
  const { text } = draft.values;
  const send = async (): Promise<void> => {
    if ((await run('shift.comment', { shiftId, text })) !== undefined) draft.end();
  };
  return (
    <div className={styles['comment']}>
      <DraftInput
        label="Comment for the report"
        draft={draft}
        name="text"
        maxLength={4000}
        isMultiline
        placeholder="What the figures do not tell"
      />
      <CommandButton command="shift.comment" isDisabled={text.trim() === ''} onPress={() => void send()}>
        Add comment
      </CommandButton>
    </div>
  );
}

type Action = { by: { name: string }; atMs: number };
/** Says who did something, and when. */
type DescribeAction = (action: Action | undefined) => string | undefined;

/** The steps of a shift from its opening to the handover to the next one: who did what, and what to do now. */
export function ShiftSteps({ shift, timeZone }: { shift: Shift; timeZone: string }): ReactNode {
  const [isSigning, setSigning] = useState(false);
  const time = createReportTime(timeZone);
  const by: DescribeAction = (action) => action && `${action.by.name}, ${time.dayClock(action.atMs)}`;
  return (
    <>
      <Steps shift={shift} by={by} onSign={() => setSigning(true)} />
      {shift.conflicts.map(({ field, rivals }) => (
        <p key={field} className={styles['conflict']} role="alert">
          Done at two workstations without knowing of each other ({field}): also by{' '}
          {rivals.map((rival) => by(rival)).join('; ')}.
        </p>
      ))}
      <ul className={styles['comments']} aria-label="Comments">
        {shift.comments.map(({ entry, text, isLate, ...action }) => (
          <li key={entry}>
            <p>{text}</p>
            <small>
              {by(action)}
              {isLate ? ', after the signing and not covered by it' : ''}
            </small>
          </li>
        ))}
      </ul>
      {shift.signed === undefined && <CommentForm shiftId={shift.id} />}
      {isSigning && <SignDialog shift={shift} onClose={() => setSigning(false)} />}
    </>
  );
}

function Steps({ shift, by, onSign }: { shift: Shift; by: DescribeAction; onSign: () => void }): ReactNode {
  const run = useCommand();
  const { id: shiftId, opened, closed, signed, takenOver } = shift;
  return (
    <ol className={styles['steps']}>
      <StepLine label="Opened" done={by(opened)} />
      <StepLine
        label="Closed"
        done={by(closed)}
        action={
          <CommandButton command="shift.close" tone="strong" onPress={() => void run('shift.close', { shiftId })}>
            Close the shift
          </CommandButton>
        }
      />
      <StepLine
        label="Signed"
        done={by(signed)}
        action={
          closed && (
            <CommandButton command="shift.sign" tone="strong" onPress={onSign}>
              Sign the report …
            </CommandButton>
          )
        }
      />
      <StepLine
        label="Taken over"
        done={by(takenOver)}
        action={
          closed && (
            <CommandButton
              command="shift.takeOver"
              tone={signed === undefined ? 'plain' : 'strong'}
              onPress={() => void run('shift.takeOver', { shiftId })}
            >
              Take over
            </CommandButton>
          )
        }
      />
    </ol>
  );
}
