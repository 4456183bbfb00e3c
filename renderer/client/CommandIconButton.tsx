import type { ReactNode } from 'react';
import type { RequestName } from '../../shared/contract/contract.ts';
import { IconButton } from '../ui/IconButton.tsx';
import type { IconButtonProps } from '../ui/IconButton.tsx';
import { Permitted } from './Permitted.tsx';

/**
 * An icon button that leads to a command: it is shown to people who may give the command, and disabled with the reason
 * while the command would be refused.
 */
export function CommandIconButton({ command, ...props }: IconButtonProps & { command: RequestName }): ReactNode {
  return (
    <Permitted command={command}>
      {(refusal) => (
        <IconButton {...props} {...refusal} isDisabled={refusal !== undefined || props.isDisabled === true} />
      )}
    </Permitted>
  );
}
