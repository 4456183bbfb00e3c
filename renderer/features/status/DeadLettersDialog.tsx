import type { ReactNode } from 'react';
import type { RequestOutput } from '../../../shared/contract/contract.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { Blank } from '../../ui/Blank.tsx';
import { AnswerDialog } from './AnswerDialog.tsx';
import styles from './tables.module.css';

const LIMIT = 200;

/** The newest messages that could not be decoded, with the reason and their contents. */
export function DeadLettersDialog({ onClose }: { onClose: () => void }): ReactNode {
  const answer = useAnswer('deadLetters.list', { limit: LIMIT });
  return (
    <AnswerDialog title="Refused messages" width={960} answer={answer} onClose={onClose}>
      {({ letters }) => <Letters letters={letters} />}
    </AnswerDialog>
  );
}

function Letters({ letters }: { letters: RequestOutput<'deadLetters.list'>['letters'] }): ReactNode {
  const time = useLocalTime();
  if (letters.length === 0) return <Blank title="Nothing was refused.">Every message so far could be read.</Blank>;
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Feed</th>
          <th scope="col">Topic</th>
          <th scope="col">Reason</th>
          <th scope="col">Payload</th>
        </tr>
      </thead>
      <tbody>
        {letters.map((letter, row) => (
          <tr key={`${letter.atMs}-${row}`}>
            <td>{time.clock(letter.atMs)}</td>
            <td>{letter.feed}</td>
            <td className={styles['code']}>{letter.topic}</td>
            <td>{letter.reason}</td>
            <td className={styles['code']} title={letter.payload}>
              {letter.payload}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
