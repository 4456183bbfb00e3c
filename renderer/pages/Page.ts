import type { ReactNode } from 'react';
import type { Permission } from '../../shared/people/permissions.ts';
import type { IncidentDraft } from '../features/incidents/draftIncident.ts';

/** What the control room's frame passes to the page that it shows. */
export type PageProps = {
  /** Opens the dialog, or says why no incident can be opened now. */
  openIncident: (draft: IncidentDraft) => void;
  /** The part of the address after the page's name, without the slash: `#/incidents/7` gives "7". */
  path: string;
};

/**
 * One page of the control room's screen: a tab in the bar, an address `#/id`, a command in the palette and a key of its
 * own.
 */
export type Page = {
  /** Its name in the address. */
  id: string;
  label: string;
  /** One character, pressed outside of fields and dialogs. */
  shortcut: string;
  Page: (props: PageProps) => ReactNode;
  /** Loads the page's script, so that the page opens at once, and also after the engine has gone. */
  load: () => Promise<void>;
  /**
   * Whether the page, at a path, fills the whole area below the bar, with the messages that must be seen floating above
   * it; otherwise those stand above the page.
   */
  isFullBleed?: (path: string) => boolean;
  /** Only people with this permission have a use for it. The rights themselves are checked in the engine. */
  needs: Permission;
};
