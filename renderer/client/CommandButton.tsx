import type { ReactNode } from 'react';
import type { RequestName } from '../../shared/contract/contract.ts';
import { Button } from '../ui/Button.tsx';
import type { ButtonProps } from '../ui/Button.tsx';
import { Permitted } from './Permitted.tsx';

/** A button with words for a command that it leads to: shown to those who may give it, disabled with the reason where it is refused. */
export function CommandButton({ command, ...props }: ButtonProps & { command: RequestName }): ReactNode {
  return (
    <Permitted command={command}>
      {(refusal) => <Button {...props} {...refusal} isDisabled={refusal !== undefined || props.isDisabled === true} />}
    </Permitted>
  );
}
