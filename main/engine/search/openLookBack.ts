import type { County } from '../../../shared/county/county.ts';
import type { AlarmBook } from '../alarms/AlarmBook.ts';
import type { Domains } from '../domains/createDomains.ts';
import type { Log } from '../base/engine.ts';
import type { IncidentDesk } from '../incidents/IncidentDesk.ts';
import type { DeskLog } from '../log/DeskLog.ts';
import type { SearchStore } from '../store/store.ts';
import { liveHits } from './liveHits.ts';
import { LogLines } from './LogLines.ts';
import { SearchBook } from './SearchBook.ts';

/** What looks back into the record: search, and what was done when. */
export type LookBack = {
  search: SearchBook;
  logLines: LogLines;
  /** To be called when the county is alive: from then on its things are found too. */ meet: (living: {
    county: County;
    domains: Domains;
    alarms: AlarmBook;
  }) => void;
};

/** Listens from now on: the log is loaded afterwards. */
export function openLookBack(store: SearchStore, deskLog: DeskLog, desk: IncidentDesk, log: Log): LookBack {
  const search = new SearchBook(store, log);
  const logLines = new LogLines();
  deskLog.onEntries((entries) => {
    search.noteEntries(entries);
    logLines.note(entries);
  });
  desk.onChange((changed) => search.noteIncidents(changed));
  return {
    search,
    logLines,
    meet({ county, ...living }) {
      search.live = () => liveHits(living);
      void search.learn(county);
    },
  };
}
