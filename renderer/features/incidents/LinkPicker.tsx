import { ArrowLeftRight, X } from 'lucide-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { useCountyData, useSelection } from '../../client/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import lines from './lines.module.css';
import { linkWords, toggled, twinsOf } from './linkChoice.ts';

type Props = { label: string; linkIds: readonly string[]; onChange: (linkIds: string[]) => void };

/**
 * The links that a form is about: chosen by clicks on the map, each with the direction in which it is driven, and taken
 * out here or by another click.
 */
export function LinkPicker({ label, linkIds, onChange }: Props): ReactNode {
  const { linkChoice } = useSelection();
  const links = useCountyData().network?.links ?? [];
  const twins = twinsOf(links, linkIds);
  useEffect(() => {
    linkChoice.set({ linkIds, onToggle: (linkId) => onChange(toggled(linkIds, linkId)) });
  });
  useEffect(() => () => linkChoice.set(undefined), [linkChoice]);
  return (
    <div role="group" aria-label={label}>
      <p className={lines['none']} role="status">
        {linkIds.length === 0
          ? `${label}: click the roads on the map, one after the other.`
          : `${label}: ${linkIds.length} chosen. A click on the map adds or removes one.`}
      </p>
      <ul className={lines['lines']} aria-label={label}>
        {linkIds.map((id) => (
          <li key={id}>
            <p>{linkWords(links, id)}</p>
            <IconButton label={`Take out ${linkWords(links, id)}`} onPress={() => onChange(toggled(linkIds, id))}>
              <X size={14} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      {twins.length > 0 && (
        <Button tone="quiet" onPress={() => onChange([...linkIds, ...twins])}>
          <ArrowLeftRight size={14} aria-hidden /> The other direction as well
        </Button>
      )}
    </div>
  );
}
