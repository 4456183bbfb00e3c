import type { ReactNode } from 'react';
import { awaitedText, listNames } from '../../client/freshness.ts';
import type { Freshness } from '../../client/freshness.ts';
import { useFeedFreshness } from '../../client/useFreshness.ts';
import { Blank } from '../../ui/Blank.tsx';

type Props = { title: string; children?: ReactNode };

/**
 * Stands in place of an empty list of alarms. That there are none is good news only where there is data to judge:
 * otherwise it says what is missing.
 */
export function NoAlarms({ title, children }: Props): ReactNode {
  const freshness = useFeedFreshness();
  const missing = freshness && missingText(freshness);
  if (freshness !== undefined && freshness.oldestAtMs === undefined)
    return <Blank title="Nothing can be judged yet.">{awaitedText(freshness)}</Blank>;
  return <Blank title={title}>{missing ?? children}</Blank>;
}

function missingText({ silent, awaited }: Freshness): string | undefined {
  const sentences = [
    ...(silent.length === 0 ? [] : [`Silent: ${listNames(silent)}.`]),
    ...(awaited.length === 0 ? [] : [`Never heard: ${listNames(awaited)}.`]),
  ];
  return sentences.length === 0 ? undefined : `${sentences.join(' ')} What only they show is not judged.`;
}
