import type { ReactNode } from 'react';
import type { StreamMessage } from '../../shared/contract/contract.ts';
import { Button } from '../ui/Button.tsx';
import { useStream } from './hooks.ts';
import { useCommand } from './useCommand.ts';

type Awaited = StreamMessage<'desk'>['awaited'][number];

/** Where a file is that is not here yet, in a sentence. */
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
 * Says of a file of the log that it is not here yet, and asks for it again; nothing where it is here. `name`: what it
 * is, for those who listen.
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
