import type { ReactNode } from 'react';
import type { RequestName } from '../../shared/contract/contract.ts';
import { Button } from '../ui/Button.tsx';
import type { ButtonProps } from '../ui/Button.tsx';
import { Permitted } from './Permitted.tsx';

/**
 * A button with words that leads to a command: it is shown to people who may give the command, and disabled with the
 * reason while the command would be refused.
 */
export function CommandButton({ command, ...props }: ButtonProps & { command: RequestName }): ReactNode {
  return (
    <Permitted command={command}>
      {(refusal) => <Button {...props} {...refusal} isDisabled={refusal !== undefined || props.isDisabled === true} />}
    </Permitted>
  );
}
