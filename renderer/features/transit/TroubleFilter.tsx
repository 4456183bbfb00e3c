import type { ReactNode } from 'react';
import { tripTroubles } from '../../../shared/transit/transitBoard.ts';
import type { RouteService } from '../../../shared/transit/transitBoard.ts';
import { SelectInput } from '../../ui/SelectInput.tsx';
import { ALL, troubleLabels } from './troubleRows.ts';
import styles from './TransitView.module.css';

type Props = {
  routes: readonly RouteService[];
  routeId: string;
  onRoute: (routeId: string) => void;
  trouble: string;
  onTrouble: (trouble: string) => void;
};

/** Which trips the list shows. */
export function TroubleFilter({ routes, routeId, onRoute, trouble, onTrouble }: Props): ReactNode {
  const isGone = routeId !== ALL && !routes.some((route) => route.routeId === routeId);
  const named = [
    { id: ALL, label: 'All routes' },
    ...routes.map((route) => ({ id: route.routeId, label: `Route ${route.routeName}` })),
    ...(isGone ? [{ id: routeId, label: `Route ${routeId}` }] : []),
  ];
  const troubles = [
    { id: ALL, label: 'All troubles' },
    ...tripTroubles.map((each) => ({ id: each, label: troubleLabels[each] })),
  ];
  return (
    <div className={styles['filter']}>
      <SelectInput label="Route" isLabelHidden options={named} value={routeId} onChange={onRoute} />
      <SelectInput label="Trouble" isLabelHidden options={troubles} value={trouble} onChange={onTrouble} />
    </div>
  );
}
