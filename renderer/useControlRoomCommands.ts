import type { Alarm } from '../shared/alarms/alarm.ts';
import { isUnacknowledged } from '../shared/alarms/alarmStates.ts';
import { useSelection, useStream } from './client/hooks.ts';
import { layerNames } from './client/selection.ts';
import type { LayerName } from './client/selection.ts';
import { useMay } from './client/useMay.ts';
import { useShow } from './client/useShow.ts';
import type { Overlay } from './ControlRoom.tsx';
import { compareAlarms } from './features/alarms/alarmOrder.ts';
import { viewOf } from './features/alarms/alarmViews.ts';
import { emptyDraft } from './features/incidents/draftIncident.ts';
import type { Command } from './features/search/matchCommands.ts';
import { setPreferences, usePreferences } from './ui/preferences.ts';
import { useReadable } from './ui/useReadable.ts';

const layerWords: Record<LayerName, string> = {
  traffic: 'traffic',
  heatmap: 'traffic heatmap',
  vehicles: 'vehicles',
  routes: 'bus routes',
  units: 'response units',
  dma: 'water zones',
  feeder: 'feeders',
  meters: 'meters',
  detectors: 'detectors',
  alarms: 'alarm marks',
  incidents: 'incident marks',
  closures: 'closures and diversions',
  reports: 'citizens’ reports',
  labels: 'names',
};

/** The palette's commands, which it offers beside the things of the county. */
export function useControlRoomCommands(open: (overlay: Overlay) => void): Command[] {
  const selection = useSelection();
  const layers = useReadable(selection.layers);
  const worst = worstWaiting(useStream('alarms')?.values() ?? []);
  const { theme } = usePreferences();
  const show = useShow();
  const mayOpen = useMay('incident.open');
  const maySeeSystem = useMay('deadLetters.list');
  return [
    ...(worst === undefined
      ? []
      : [
          {
            id: 'alarm',
            label: 'Go to the most urgent alarm',
            run: () => show({ kind: 'alarm', id: worst.id }, worst),
          },
        ]),
    ...(mayOpen.state === 'hidden'
      ? []
      : [
          {
            id: 'incident',
            label: 'Open an incident',
            shortcut: 'N',
            ...(mayOpen.state === 'refused' && { refusal: mayOpen.reason }),
            run: () => open({ kind: 'incident', draft: emptyDraft }),
          },
        ]),
    ...layerNames.map((name) => ({
      id: `layer:${name}`,
      label: `${layers[name] ? 'Hide' : 'Show'} ${layerWords[name]}`,
      run: () => selection.switchLayer(name, !layers[name]),
    })),
    {
      id: 'theme',
      label: theme === 'dark' ? 'Use the daylight theme' : 'Use the dark theme',
      run: () => setPreferences({ theme: theme === 'dark' ? 'daylight' : 'dark' }),
    },
    { id: 'units:us', label: 'Units: miles and gallons', run: () => setPreferences({ units: 'us' }) },
    { id: 'units:metric', label: 'Units: metric', run: () => setPreferences({ units: 'metric' }) },
    { id: 'units:county', label: 'Units: local custom', run: () => setPreferences({ units: 'county' }) },
    { id: 'help', label: 'Help and keys', shortcut: '?', run: () => open({ kind: 'help' }) },
    { id: 'settings', label: 'Settings: theme, units, keys', run: () => open({ kind: 'settings' }) },
    ...(maySeeSystem.state === 'allowed'
      ? [
          { id: 'deadLetters', label: 'Show refused messages', run: () => open({ kind: 'deadLetters' }) },
          { id: 'unplaced', label: 'Show unplaced devices', run: () => open({ kind: 'unplaced' }) },
        ]
      : []),
    { id: 'thirdParty', label: 'Third-party notices', run: () => open({ kind: 'thirdParty' }) },
    { id: 'wall', label: 'Go to the wall display', run: () => window.location.assign('#/wall') },
  ];
}

const worstWaiting = (alarms: Iterable<Alarm>): Alarm | undefined =>
  [...alarms].filter((alarm) => isUnacknowledged(alarm) && viewOf(alarm) === 'current').sort(compareAlarms)[0];
