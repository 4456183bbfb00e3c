import type { PublicationMode, PublicSubject } from '../../../shared/citizens/publicationPolicy.ts';
import type { answerStates, RequestState } from '../../../shared/citizens/serviceRequest.ts';

/** The states of a service request in words for the control room. */
export const requestStateNames: Readonly<Record<RequestState, string>> = {
  received: 'Received',
  accepted: 'Accepted',
  underWay: 'Under way',
  reopened: 'Reopened',
  done: 'Done',
  declined: 'Declined',
  redirected: 'Passed on',
  merged: 'Same as another',
  spam: 'Spam',
};

/** What a request can be answered with. */
export const answerOptions: readonly { id: (typeof answerStates)[number]; label: string }[] = [
  { id: 'accepted', label: 'Accepted: it will be taken care of' },
  { id: 'underWay', label: 'Under way: somebody works on it' },
  { id: 'done', label: 'Done' },
  { id: 'declined', label: 'Declined: the county does nothing about it' },
  { id: 'redirected', label: 'Passed on: somebody else is responsible' },
  { id: 'merged', label: 'The same as another request' },
  { id: 'spam', label: 'Spam: not shown to anybody' },
];

/** The kinds of things of the policy in words. */
export const subjectNames: Readonly<Record<PublicSubject, string>> = {
  incidents: 'Incidents on roads, and others',
  closures: 'Closed roads',
  outages: 'Power outages',
  waterWorks: 'Work on water mains',
  serviceAlerts: 'Bus service',
};

/** When things of a kind become public. */
export const modeOptions: readonly { id: PublicationMode; label: string }[] = [
  { id: 'never', label: 'Never' },
  { id: 'released', label: 'After a person’s release' },
  { id: 'automatic', label: 'At once, by template' },
];
