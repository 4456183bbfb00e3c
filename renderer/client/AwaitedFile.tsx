import type { ReactNode } from 'react';
import type { StreamMessage } from '../../shared/contract/contract.ts';
import { Button } from '../ui/Button.tsx';
import { useStream } from './hooks.ts';
import { useCommand } from './useCommand.ts';

type Awaited = StreamMessage<'desk'>['awaited'][number];

/** Says in a sentence where a file is that has not arrived yet. */
function placeOf({ at, state }: Awaited): string {
  switch (state) {
    case 'coming':
      return `Still at ${at}; it is on its way.`;
    case 'waiting':
      return `Still at ${at}; it comes after others.`;
    case 'nobody':
      return `Still at ${at}, and no workstation that is connected has it.`;
  }
}

/**
 * Says that a file of the log has not arrived at this workstation yet, and requests it again; draws nothing for a file
 * that has arrived. `name` says what the file is, for screen readers.
 */
export function AwaitedFile({ hash, name }: { hash: string; name: string }): ReactNode {
  const awaited = useStream('desk')?.awaited.find((each) => each.hash === hash);
  const run = useCommand();
  if (awaited === undefined) return null;
  return (
    <span role="status">
      {placeOf(awaited)}{' '}
      {awaited.state !== 'coming' && (
        <Button
          tone="quiet"
          aria-label={`Try again to fetch ${name}`}
          onPress={() => void run('desk.fetchFile', { hash })}
        >
          Try again
        </Button>
      )}
    </span>
  );
}
