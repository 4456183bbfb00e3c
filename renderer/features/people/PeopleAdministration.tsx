import type { ReactNode } from 'react';
import { Blank } from '../../ui/Blank.tsx';
import { AccountTable } from './AccountTable.tsx';
import { IdleLockChoice } from './IdleLockChoice.tsx';
import { TokenTable } from './TokenTable.tsx';
import { usePeopleList } from './usePeopleList.ts';

/** For administrators: who may sign in (accounts), which displays are let in, and when a screen locks itself. */
export function PeopleAdministration(): ReactNode {
  const { list, fault, act } = usePeopleList();
  if (list === undefined) return <Blank title={fault ?? 'Looking up accounts …'} />;
  return (
    <>
      <AccountTable accounts={list.accounts} act={act} />
      <TokenTable tokens={list.tokens} act={act} />
      <IdleLockChoice minutes={list.idleLockMinutes} act={act} />
    </>
  );
}
