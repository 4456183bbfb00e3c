import type { IncidentNotification } from '../../../shared/incidents/incident.ts';

/** The state of a notification, in words; `time` formats a time of day. */
export function notificationWords(
  { state, changedAtMs, attempts, reason = '', retryAtMs, doneBy = '' }: IncidentNotification,
  time: (atMs: number) => string,
): string {
  switch (state) {
    case 'asked':
      return 'Waits to be sent';
    case 'sending':
      return `Being sent, attempt ${attempts}`;
    case 'retrying':
      return `Not sent: ${reason} Tried again at ${time(retryAtMs ?? changedAtMs)}`;
    case 'sent':
      return `Sent, ${time(changedAtMs)}`;
    case 'byHand':
      return reason === '' ? 'To be told by a person' : `Not sent: ${reason} To be told by a person`;
    case 'uncertain':
      return `May have arrived: ${reason} Ask, and tell by hand if not`;
    case 'done':
      return `Told by hand, ${time(changedAtMs)} ${doneBy}`;
  }
}
