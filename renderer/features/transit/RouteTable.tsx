import type { ReactNode } from 'react';
import type { RouteService } from '../../../shared/transit/transitBoard.ts';
import { Button } from '../../ui/Button.tsx';
import styles from '../../ui/PageSection.module.css';

const minutes = (seconds: number): string => `${(seconds / 60).toFixed(0)} min`;

/**
 * Each route with its vehicles beside those scheduled, punctuality, and the longest headway beside the promised one.
 */
export function RouteTable({
  routes,
  onChoose,
}: {
  routes: readonly RouteService[];
  onChoose: (routeId: string) => void;
}): ReactNode {
  if (routes.length === 0) return <p className={styles['hint']}>No route has service now.</p>;
  return (
    <table className={styles['table']} aria-label="Routes">
      <thead>
        <tr>
          <th>Route</th>
          <th>Vehicles</th>
          <th>On time</th>
          <th>Longest headway</th>
          <th>In trouble</th>
        </tr>
      </thead>
      <tbody>
        {routes.map((route) => (
          <tr key={route.routeId} data-quiet={route.troubles === 0}>
            <th scope="row">
              <Button onPress={() => onChoose(route.routeId)}>{route.routeName}</Button>
            </th>
            <td>
              {route.vehicles} of {route.scheduled}
            </td>
            <td>{route.judged === 0 ? 'not known' : `${route.onTime} of ${route.judged}`}</td>
            <td>
              {route.longestHeadwayS === undefined || route.scheduledHeadwayS === undefined
                ? ''
                : `${minutes(route.longestHeadwayS)} (scheduled ${minutes(route.scheduledHeadwayS)})`}
            </td>
            <td>{route.troubles}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
