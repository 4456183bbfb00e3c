import { useState } from 'react';
import type { ReactNode } from 'react';
import type { RequestOutput } from '../../../shared/contract/contract.ts';
import { placeOf } from '../../../shared/county/countyFault.ts';
import type { CountyFault } from '../../../shared/county/countyFault.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useClient } from '../../client/hooks.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import { Blank } from '../../ui/Blank.tsx';
import styles from '../../ui/PageSection.module.css';
import { PageSection } from '../../ui/PageSection.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';

const levels: Record<CountyFault['level'], string> = { error: 'Error', leftOut: 'Left out', warning: 'Warning' };

/** For administrators: which county is in use, what was loaded from its files, and what is wrong in them. */
export function CountyFiles(): ReactNode {
  const answer = useAnswer('county.files', {});
  if (answer.state === 'loading') return <Skeleton rows={8} />;
  if (answer.state === 'failed') return <Blank title="The county cannot be shown.">{answer.message}</Blank>;
  const { folder, files, faults } = answer.value;
  return (
    <>
      <PageSection title="County" action={<ReloadButton />}>
        <p className={styles['hint']}>
          Loaded from {folder}. What is changed there is used when the files are read again; where they have an error,
          everything stays as it is.
        </p>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th>File</th>
              <th>Loaded</th>
            </tr>
          </thead>
          <tbody>
            {files.map(({ name, holds }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{holds}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </PageSection>
      <PageSection title="Faults in the files">
        {faults.length === 0 ? <p className={styles['hint']}>None were found.</p> : <FaultTable faults={faults} />}
      </PageSection>
    </>
  );
}

/** Reads the files again. Where something changed, the engine starts again, and this page with it. */
function ReloadButton(): ReactNode {
  const client = useClient();
  const [outcome, setOutcome] = useState<RequestOutput<'desk.reloadCounty'>>();
  const { isBusy, fault, run } = useAttempt();
  const isReloading = outcome !== undefined && outcome.changes.length > 0;
  const said =
    outcome === undefined
      ? undefined
      : isReloading
        ? `${outcome.changes.join(' ')} The engine starts again with them.`
        : 'Nothing in the files has changed.';
  return (
    <span>
      <span role="status">{fault ?? said}</span>{' '}
      <CommandButton
        command="desk.reloadCounty"
        isDisabled={isBusy || isReloading}
        onPress={() => void run(async () => setOutcome(await client.request('desk.reloadCounty', {})))}
      >
        Read the files again
      </CommandButton>
    </span>
  );
}

function FaultTable({ faults }: { faults: readonly CountyFault[] }): ReactNode {
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th>Place</th>
          <th>What it means</th>
          <th>Fault</th>
        </tr>
      </thead>
      <tbody>
        {faults.map((fault) => (
          <tr key={`${placeOf(fault)} ${fault.text}`}>
            <th scope="row">{placeOf(fault)}</th>
            <td>{levels[fault.level]}</td>
            <td>{fault.text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
