import { createElement } from 'react';
import { defer } from '../client/defer.tsx';
import type { Page, PageProps } from './Page.ts';
import { pageScripts } from './pageScripts.ts';
import type { PageId } from './pageScripts.ts';
import { PageSkeleton } from './PageSkeleton.tsx';

/** A page whose script is loaded when it is first opened. */
function page(id: Exclude<PageId, 'wall'>, more: Omit<Page, 'id' | 'Page' | 'load'>): Page {
  const { Part, load } = defer<PageProps>({
    name: `The page “${more.label}”`,
    fetch: pageScripts[id],
    placeholder: createElement(PageSkeleton, { page: id }),
  });
  return { id, ...more, Page: Part, load };
}

/**
 * The pages of the control room's screen in the order of their tabs; the first is shown if the address names none. A
 * new page is an entry here and its script in `pageScripts`.
 */
export const pages: readonly [Page, ...Page[]] = [
  page('situation', { label: 'Situation', shortcut: '1', needs: 'county.read', isFullBleed: () => true }),
  page('alarms', { label: 'Alarms', shortcut: '2', needs: 'county.read' }),
  page('incidents', { label: 'Incidents', shortcut: '3', needs: 'county.read' }),
  page('dispatch', { label: 'Dispatch', shortcut: '4', needs: 'county.read' }),
  page('shift', { label: 'Shift', shortcut: '5', needs: 'shift.run' }),
  page('transit', { label: 'Transit', shortcut: '6', needs: 'county.read' }),
  page('timetable', { label: 'Timetable', shortcut: '7', needs: 'county.read' }),
  page('review', { label: 'Review', shortcut: '8', needs: 'county.read', isFullBleed: (path) => path !== '' }),
  page('impact', { label: 'Impact', shortcut: 'm', needs: 'impact.read' }),
  page('county', { label: 'County', shortcut: '9', needs: 'desk.administer' }),
  page('administration', { label: 'Administration', shortcut: '0', needs: 'people.administer' }),
];

/** The wall display, which is no page with a tab. */
export const wall = defer({ name: 'The wall display', fetch: pageScripts.wall, placeholder: undefined });
