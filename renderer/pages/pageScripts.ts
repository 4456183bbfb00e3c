import type { ComponentType } from 'react';
import type { PageProps } from './Page.ts';

type PageScript = () => Promise<ComponentType<PageProps>>;

/** The script of each page by the page's id, so that nobody waits for a page that is not shown. */
export const pageScripts = {
  situation: async () => (await import('./SituationPage.tsx')).SituationPage,
  alarms: async () => (await import('./AlarmsPage.tsx')).AlarmsPage,
  incidents: async () => (await import('./IncidentsPage.tsx')).IncidentsPage,
  dispatch: async () => (await import('./DispatchPage.tsx')).DispatchPage,
  shift: async () => (await import('./ShiftPage.tsx')).ShiftPage,
  review: async () => (await import('./ReviewPage.tsx')).ReviewPage,
  administration: async () => (await import('./AdministrationPage.tsx')).AdministrationPage,
  county: async () => (await import('./CountyPage.tsx')).CountyPage,
  impact: async () => (await import('./ImpactPage.tsx')).ImpactPage,
  transit: async () => (await import('./TransitPage.tsx')).TransitPage,
  timetable: async () => (await import('./TimetablePage.tsx')).TimetablePage,
  wall: async () => (await import('./WallView.tsx')).WallView,
} satisfies Record<string, PageScript>;

export type PageId = keyof typeof pageScripts;

/** The page that an address names; the first page where it names none. */
export const pageIdOf = (name: string): PageId => (Object.hasOwn(pageScripts, name) ? (name as PageId) : 'situation');
