import type { ReactNode } from 'react';
import type { RequestName } from '../../shared/contract/contract.ts';
import { IconButton } from '../ui/IconButton.tsx';
import type { IconButtonProps } from '../ui/IconButton.tsx';
import { Permitted } from './Permitted.tsx';

/** An icon button for a command that it leads to: shown to those who may give it, disabled with the reason where it is refused. */
export function CommandIconButton({ command, ...props }: IconButtonProps & { command: RequestName }): ReactNode {
  return (
    <Permitted command={command}>
      {(refusal) => (
        <IconButton {...props} {...refusal} isDisabled={refusal !== undefined || props.isDisabled === true} />
      )}
    </Permitted>
  );
}
