import type { ReactNode } from 'react';
import { lackingSentence } from '../../shared/people/permissions.ts';
import { useConnection } from '../client/hooks.ts';
import { Blank } from '../ui/Blank.tsx';
import { addressOf } from './address.ts';
import type { Page } from './Page.ts';

type Props = {
  /** What the address names. */
  address: string;
  /** The page of that name, which this person has no permission for; undefined where there is none. */
  page: Page | undefined;
  first: Page;
};

/** Stands where the address leads to no page that this person may see. Another page in its place would mislead. */
export function NoPage({ address, page, first }: Props): ReactNode {
  const { person } = useConnection();
  const [title, reason] =
    page === undefined
      ? [`There is no page “${address}”.`, 'The address may be mistyped, or from another version of Beacon.']
      : [
          `The page “${page.label}” is not open to you.`,
          person === undefined ? '' : lackingSentence(person, page.needs),
        ];
  return (
    <Blank title={title}>
      {reason} <a href={addressOf(first.id)}>Go to {first.label}</a>
    </Blank>
  );
}
