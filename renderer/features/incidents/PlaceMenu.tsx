import { Siren } from 'lucide-react';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { Menu, MenuItem, Popover, Text } from 'react-aria-components';
import { useSelection } from '../../client/hooks.ts';
import { useMay } from '../../client/useMay.ts';
import fields from '../../ui/fields.module.css';
import { useReadable } from '../../ui/useReadable.ts';
import type { IncidentDraft } from './draftIncident.ts';
import { draftAtPlace } from './draftIncident.ts';
import styles from './PlaceMenu.module.css';

/** The map's context menu, shown at the spot for which it was opened. */
export function PlaceMenu({ onOpenIncident }: { onOpenIncident: (draft: IncidentDraft) => void }): ReactNode {
  const selection = useSelection();
  const may = useMay('incident.open');
  const place = useReadable(selection.place);
  const anchor = useRef<HTMLSpanElement>(null);
  const close = (): void => selection.openPlace(undefined);
  return (
    <>
      <span ref={anchor} className={styles['anchor']} style={{ left: place?.pageX ?? 0, top: place?.pageY ?? 0 }} />
      <Popover
        key={`${place?.pageX},${place?.pageY}`}
        triggerRef={anchor}
        isOpen={place !== undefined && may.state !== 'hidden'}
        onOpenChange={(isOpen) => !isOpen && close()}
        placement="bottom start"
        className={fields['popover'] ?? ''}
      >
        <Menu
          aria-label="At this place"
          autoFocus="first"
          className={fields['list'] ?? ''}
          onAction={() => {
            if (place !== undefined) onOpenIncident(draftAtPlace(place.lon, place.lat));
            close();
          }}
        >
          <MenuItem id="open" isDisabled={may.state !== 'allowed'} className={`${fields['option']} ${styles['item']}`}>
            <Siren size={16} aria-hidden />
            <Text slot="label">Open an incident here</Text>
            {may.state === 'refused' && <Text slot="description">{may.reason}</Text>}
          </MenuItem>
        </Menu>
      </Popover>
    </>
  );
}
