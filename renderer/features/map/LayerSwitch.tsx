import { Layers as LayersIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, CheckboxButton, CheckboxField, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useSelection } from '../../client/hooks.ts';
import type { LayerName } from '../../client/selection.ts';
import { CheckMark } from '../../ui/CheckMark.tsx';
import { useReadable } from '../../ui/useReadable.ts';
import styles from './LayerSwitch.module.css';

const groups: readonly { title: string; layers: readonly [LayerName, string][] }[] = [
  {
    title: 'Traffic',
    layers: [
      ['traffic', 'Speed on roads'],
      ['heatmap', 'Delay heatmap'],
      ['detectors', 'Detectors'],
    ],
  },
  {
    title: 'Transit',
    layers: [
      ['vehicles', 'Vehicles'],
      ['routes', 'Routes'],
    ],
  },
  {
    title: 'Utilities',
    layers: [
      ['dma', 'Water zones'],
      ['feeder', 'Feeders'],
      ['meters', 'Meters'],
    ],
  },
  {
    title: 'Operations',
    layers: [
      ['alarms', 'Alarms'],
      ['incidents', 'Incidents'],
      ['closures', 'Closures and diversions'],
      ['units', 'Units'],
      ['reports', 'Citizens’ reports'],
    ],
  },
  { title: 'Map', layers: [['labels', 'Names']] },
];

/** Chooses what the map shows; the choice is kept for the next start. */
export function LayerSwitch(): ReactNode {
  const selection = useSelection();
  const layers = useReadable(selection.layers);
  return (
    <DialogTrigger>
      <Button className={styles['open'] ?? ''} data-testid="layer-switch">
        <LayersIcon size={16} aria-hidden />
        Layers
      </Button>
      <Popover className={styles['popover'] ?? ''} placement="top start" offset={8}>
        <Dialog className={styles['dialog'] ?? ''} aria-label="Layers of the map">
          {groups.map(({ title, layers: names }) => (
            <section key={title} className={styles['group']}>
              <h3 className={styles['title']}>{title}</h3>
              {names.map(([name, label]) => (
                <CheckboxField
                  key={name}
                  isSelected={layers[name]}
                  onChange={(isOn) => selection.switchLayer(name, isOn)}
                >
                  <CheckboxButton className={styles['layer'] ?? ''}>
                    <CheckMark />
                    {label}
                  </CheckboxButton>
                </CheckboxField>
              ))}
            </section>
          ))}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
