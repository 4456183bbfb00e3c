import type { ReactNode } from 'react';
import { ViewTabs } from '../../ui/ViewTabs.tsx';
import { AuditTable } from './AuditTable.tsx';
import { PlanList } from './PlanList.tsx';
import { ResultList } from './ResultList.tsx';

const views = [
  { id: 'audit', label: 'Audit' },
  { id: 'plans', label: 'Plans' },
  { id: 'results', label: 'Results' },
] as const;
type ViewId = (typeof views)[number]['id'];

/** The view that an address names; the first one where it names none. */
export const impactViewOf = (path: string): ViewId => views.find(({ id }) => id === path)?.id ?? 'audit';

/** The three views of impact. */
export function ImpactView({ shown, onShow }: { shown: ViewId; onShow: (view: ViewId) => void }): ReactNode {
  return (
    <>
      <ViewTabs label="Views of impact" tabs={views} chosen={shown} onChange={onShow} />
      {shown === 'audit' && <AuditTable />}
      {shown === 'plans' && <PlanList />}
      {shown === 'results' && <ResultList />}
    </>
  );
}
