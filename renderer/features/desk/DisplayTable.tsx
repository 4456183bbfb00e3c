import { useState } from 'react';
import type { ReactNode } from 'react';
import type { RequestInput } from '../../../shared/contract/contract.ts';
import type { DisplayState } from '../../../shared/contract/displayRequests.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useAnswer } from '../../client/useAnswer.ts';
import { useCommand } from '../../client/useCommand.ts';
import { formatAge } from '../../ui/formatTime.ts';
import styles from '../../ui/PageSection.module.css';
import { PageSection } from '../../ui/PageSection.tsx';

const REFRESH_MS = 3000;

/** For administrators: the wall displays of this workstation, what each shows, and when it reported last. */
export function DisplayTable(): ReactNode {
  const run = useCommand();
  const [version, setVersion] = useState(0);
  const answer = useAnswer('display.list', {}, REFRESH_MS, version);
  if (answer.state !== 'done') return null;
  const { displays, nowMs } = answer.value;
  const act = async (
    name: 'display.reload' | 'display.forget',
    input: RequestInput<'display.reload'>,
  ): Promise<void> => {
    await run(name, input);
    setVersion((before) => before + 1);
  };
  return (
    <PageSection title="Wall displays">
      <p className={styles['hint']}>
        {displays.length === 0
          ? 'None has reported yet. A display comes in by its token; ?display=NAME in its address names it.'
          : 'One that does not report for ten seconds is an alarm.'}
      </p>
      {displays.length > 0 && (
        <table className={styles['table']} aria-label="Wall displays">
          <thead>
            <tr>
              <th>Display</th>
              <th>Scene</th>
              <th>Size</th>
              <th>Version</th>
              <th>Last report</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {displays.map((display) => (
              <DisplayRow
                key={display.id}
                display={display}
                nowMs={nowMs}
                onAct={(name) => void act(name, { id: display.id })}
              />
            ))}
          </tbody>
        </table>
      )}
    </PageSection>
  );
}

type RowProps = { display: DisplayState; nowMs: number; onAct: (command: 'display.reload' | 'display.forget') => void };

function DisplayRow({ display, nowMs, onAct }: RowProps): ReactNode {
  const { name, scene, widthPx, heightPx, version, lastAtMs, isDead } = display;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{scene}</td>
      <td>{widthPx === 0 ? '–' : `${widthPx} × ${heightPx}`}</td>
      <td>{version === '' ? '–' : version}</td>
      <td>{`${formatAge(nowMs - lastAtMs)} ago${isDead ? ', does not report' : ''}`}</td>
      <td>
        <CommandButton command="display.reload" tone="quiet" onPress={() => onAct('display.reload')}>
          Reload
        </CommandButton>
        <CommandButton command="display.forget" tone="quiet" onPress={() => onAct('display.forget')}>
          Forget
        </CommandButton>
      </td>
    </tr>
  );
}
