import { z } from 'zod';

/** The kinds of things about which the public can be informed. */
export const publicSubjects = ['incidents', 'closures', 'outages', 'waterWorks', 'serviceAlerts'] as const;
/** One of these kinds. */
export type PublicSubject = (typeof publicSubjects)[number];

/**
 * When things of a kind become public. `released`: after a person released a text about the incident. `automatic`: at
 * once, in the words of a template that contains nothing that a person wrote.
 */
export const publicationModes = ['never', 'released', 'automatic'] as const;
/** One of these modes. */
export type PublicationMode = (typeof publicationModes)[number];

/** What is published of each kind. */
export const publicationPolicySchema = z.record(z.enum(publicSubjects), z.enum(publicationModes));
/** What is published of each kind. */
export type PublicationPolicy = z.infer<typeof publicationPolicySchema>;

/** The policy of a county that has not chosen another: nothing becomes public unless a person says so. */
export const safePolicy: PublicationPolicy = {
  incidents: 'released',
  closures: 'released',
  outages: 'released',
  waterWorks: 'released',
  serviceAlerts: 'released',
};
