import type { ReactNode } from 'react';
import type { Answer } from '../../client/useAnswer.ts';
import { Blank } from '../../ui/Blank.tsx';
import { ModalDialog } from '../../ui/ModalDialog.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './tables.module.css';

type Props<T> = {
  title: string;
  width: number;
  answer: Answer<T>;
  onClose: () => void;
  children: (value: T) => ReactNode;
};

/** A dialog with a list that it requests from the engine. */
export function AnswerDialog<T>({ title, width, answer, onClose, children }: Props<T>): ReactNode {
  return (
    <ModalDialog title={title} width={width} onClose={onClose}>
      <div className={styles['scroll']}>
        {answer.state === 'loading' && <Skeleton rows={6} height={28} />}
        {answer.state === 'failed' && <Blank title="The list could not be read.">{answer.message}</Blank>}
        {answer.state === 'done' && children(answer.value)}
      </div>
    </ModalDialog>
  );
}
