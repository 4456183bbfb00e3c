import { entryId } from '../../record/logEntry.ts';
import type { Incident } from '../../incidents/incident.ts';
import { byAuthor, defined, withItem, withoutItem } from './change.ts';
import type { Change, EntryOf, EventOf } from './change.ts';

/** A link of the road is closed, or some of its lanes. */
export function closeRoad(incident: Incident, entry: EntryOf<EventOf<'incident.roadClosed'>>): Change {
  const { linkId, name, lanes, untilMs } = entry.event;
  const closure = defined({ linkId, name, lanes, untilMs, ...byAuthor(entry) });
  return {
    fields: { closures: withItem(incident.closures, 'linkId', closure) },
    text: `${name} closed${lanes === undefined ? '' : `: ${lanes}`}`,
  };
}

export function openRoad(
  incident: Incident,
  { event: { linkId, name } }: EntryOf<EventOf<'incident.roadOpened'>>,
): Change {
  return { fields: { closures: withoutItem(incident.closures, 'linkId', linkId) }, text: `${name} open again` };
}

export function setDiversion(incident: Incident, entry: EntryOf<EventOf<'incident.diversionSet'>>): Change {
  const { replaces, text, linkIds, untilMs } = entry.event;
  const diversion = defined({ id: replaces ?? entryId(entry), text, linkIds, untilMs, ...byAuthor(entry) });
  return { fields: { diversions: withItem(incident.diversions, 'id', diversion) }, text: `Diversion: ${text}` };
}

export function endDiversion(
  incident: Incident,
  { event: { diversionId } }: EntryOf<EventOf<'incident.diversionEnded'>>,
): Change {
  const known = incident.diversions?.find(({ id }) => id === diversionId);
  return {
    fields: { diversions: withoutItem(incident.diversions, 'id', diversionId) },
    text: `Diversion ended: ${known?.text ?? ''}`,
  };
}

export function setAlert(incident: Incident, entry: EntryOf<EventOf<'incident.alertSet'>>): Change {
  const { replaces, text, routeIds, untilMs } = entry.event;
  const alert = defined({ id: replaces ?? entryId(entry), text, routeIds, untilMs, ...byAuthor(entry) });
  return {
    fields: { alerts: withItem(incident.alerts, 'id', alert) },
    text: `Service alert for ${routeIds.length === 0 ? 'all routes' : `route ${routeIds.join(', ')}`}: ${text}`,
  };
}

export function endAlert(incident: Incident, { event: { alertId } }: EntryOf<EventOf<'incident.alertEnded'>>): Change {
  const known = incident.alerts?.find(({ id }) => id === alertId);
  return {
    fields: { alerts: withoutItem(incident.alerts, 'id', alertId) },
    text: `Service alert ended: ${known?.text ?? ''}`,
  };
}

export function stateOutage(_incident: Incident, entry: EntryOf<EventOf<'incident.outageStated'>>): Change {
  const { customers, source } = entry.event;
  return {
    fields: { outage: { customers, source, ...byAuthor(entry) } },
    text: customers === 0 ? `All customers restored (${source})` : `${customers} customers without service (${source})`,
  };
}

/** A file is attached; attached again, it is no longer withdrawn. */
export function attach(incident: Incident, entry: EntryOf<EventOf<'incident.attached'>>): Change {
  const { hash, name, mediaType, bytes, caption } = entry.event;
  const attachment = defined({ hash, name, mediaType, bytes, caption, ...byAuthor(entry) });
  return {
    fields: {
      attachments: withItem(incident.attachments, 'hash', attachment as NonNullable<Incident['attachments']>[number]),
    },
    text: `Attached ${name}${caption === undefined ? '' : `: ${caption}`}`,
  };
}

export function withdrawAttachment(
  incident: Incident,
  entry: EntryOf<EventOf<'incident.attachmentWithdrawn'>>,
): Change {
  const { hash, reason } = entry.event;
  const known = incident.attachments?.find((each) => each.hash === hash);
  const attachments = incident.attachments?.map((each) =>
    each === known ? { ...each, withdrawn: { reason, ...byAuthor(entry) } } : each,
  );
  return { fields: { attachments }, text: `${known?.name ?? 'An attachment'} withdrawn: ${reason}` };
}

const messageWords = {
  draft: 'Public message drafted',
  released: 'Public message released',
  withdrawn: 'Public message withdrawn',
} as const;

export function setPublicMessage(_incident: Incident, entry: EntryOf<EventOf<'incident.publicMessageSet'>>): Change {
  const { text, state } = entry.event;
  return { fields: { publicMessage: { text, state, ...byAuthor(entry) } }, text: `${messageWords[state]}: ${text}` };
}
