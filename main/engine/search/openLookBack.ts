import type { County } from '../../../shared/county/county.ts';
import type { ActiveAlarms } from '../alarms/ActiveAlarms.ts';
import type { DomainSet } from '../domains/DomainSet.ts';
import type { Log } from '../base/engine.ts';
import type { IncidentCommands } from '../incidents/IncidentCommands.ts';
import type { EventLog } from '../log/EventLog.ts';
import type { SearchStore } from '../store/store.ts';
import { liveHits } from './liveHits.ts';
import { LogLines } from './LogLines.ts';
import { SearchService } from './SearchService.ts';

/** Looks back into the record: search, and what was done when. */
export type LookBack = {
  search: SearchService;
  logLines: LogLines;
  /** Must be called when the alarms are open: from then on the county's things are found, too. */
  begin: (sources: { county: County; domains: DomainSet; alarms: ActiveAlarms }) => void;
};

/** Listens to the log from this call on, so it must be called before the log is loaded. */
export function openLookBack(
  store: SearchStore,
  eventLog: EventLog,
  incidentCommands: IncidentCommands,
  log: Log,
): LookBack {
  const search = new SearchService(store, log);
  const logLines = new LogLines();
  eventLog.onEntries((entries) => {
    search.noteEntries(entries);
    logLines.note(entries);
  });
  incidentCommands.onChange((changed) => search.noteIncidents(changed));
  return {
    search,
    logLines,
    begin({ county, domains, alarms }) {
      void search.learn({ county, things: domains.indexedHits(), live: () => liveHits({ domains, alarms }) });
    },
  };
}
