import { AdministrationPage } from './AdministrationPage.tsx';
import { AlarmsPage } from './AlarmsPage.tsx';
import { DispatchPage } from './DispatchPage.tsx';
import { IncidentsPage } from './IncidentsPage.tsx';
import type { Page } from './Page.ts';
import { ReviewPage } from './ReviewPage.tsx';
import { ShiftPage } from './ShiftPage.tsx';
import { SituationPage } from './SituationPage.tsx';

/**
 * The pages of the desk in the order of their tabs; the first is shown where the address names none. A new page is one
 * entry.
 */
export const pages: readonly [Page, ...Page[]] = [
  { id: 'situation', label: 'Situation', shortcut: '1', Page: SituationPage, isFullBleed: () => true },
  { id: 'alarms', label: 'Alarms', shortcut: '2', Page: AlarmsPage },
  { id: 'incidents', label: 'Incidents', shortcut: '3', Page: IncidentsPage },
  { id: 'dispatch', label: 'Dispatch', shortcut: '4', Page: DispatchPage },
  { id: 'shift', label: 'Shift', shortcut: '5', Page: ShiftPage, least: 'operator' },
  { id: 'review', label: 'Review', shortcut: '8', Page: ReviewPage, isFullBleed: (path) => path !== '' },
  { id: 'administration', label: 'Administration', shortcut: '0', Page: AdministrationPage, least: 'administrator' },
];
