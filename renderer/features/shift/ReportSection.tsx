import { Children, useId } from 'react';
import type { ReactNode } from 'react';
import styles from './shift.module.css';

type Props = {
  title: string;
  heads: readonly string[];
  /** The columns that hold numbers, by index. */ numbers?: readonly number[];
  empty: string;
  before?: ReactNode;
  children: ReactNode;
};

/** A titled table of the report; `empty` is the text that it shows without rows. */
export function ReportSection({ title, heads, numbers = [], empty, before, children }: Props): ReactNode {
  const id = useId();
  return (
    <section className={styles['part']} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {before}
      {Children.count(children) === 0 ? (
        <p className={styles['note']}>{empty}</p>
      ) : (
        <table data-numbers={numbers.join(' ')} aria-labelledby={id}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      )}
    </section>
  );
}
