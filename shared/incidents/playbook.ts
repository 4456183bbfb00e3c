import { z } from 'zod';
import { needSchema } from './need.ts';
import { unknownPlaceholders } from './fillTemplate.ts';

/** The id under which ticks, calls and notifications are recorded; it stays the same when the words change. */
const itemId = z.string().regex(/^[a-zA-Z0-9-]{1,60}$/, 'An id has letters, digits and hyphens.');
const words = z.string().trim().min(1).max(500);

const template = z
  .string()
  .trim()
  .min(1)
  .max(2000)
  .superRefine((text, context) => {
    for (const name of unknownPlaceholders(text))
      context.addIssue({ code: 'custom', message: `There is no placeholder {${name}}.` });
  });

/** The parts of the work, in their order. */
export const checkPhases = ['verify', 'respond', 'restore', 'close'] as const;
const checkItemSchema = z.strictObject({ id: itemId, phase: z.enum(checkPhases), text: words });

const contactSchema = z.strictObject({
  id: itemId,
  name: words,
  phone: z.string().trim().min(1).max(60).optional(),
  email: z.email().optional(),
  /** When to call: "with injured people". */
  when: words.optional(),
});

/**
 * A notification that the playbook asks for. `email` and `webhook` are sent by the adapters that are set up, and are a
 * person's task where there is none; `hand` always is. `to` is an address, or the name of a webhook in the settings.
 */
const notificationSchema = z
  .strictObject({
    id: itemId,
    name: words,
    channel: z.enum(['email', 'webhook', 'hand']),
    to: z.string().trim().min(1).max(200).optional(),
    /** `asked`: sent when a person asks for it; the others are sent once without a person. */
    when: z.enum(['asked', 'opened', 'verified']),
    subject: template,
    text: template,
  })
  .superRefine(({ channel, to }, context) => {
    if (channel === 'email' && !z.email().safeParse(to).success)
      context.addIssue({ code: 'custom', path: ['to'], message: 'An e-mail needs an address in "to".' });
    if (channel === 'webhook' && to === undefined)
      context.addIssue({ code: 'custom', path: ['to'], message: 'A webhook needs its name in "to".' });
  });

const targetMin = z.number().positive().max(100_000);
/** Minutes for incidents of priority 1, 2, 3 and 4. */
const targetsMin = z.tuple([targetMin, targetMin, targetMin, targetMin]);

/**
 * The service level: how long each part may take, in minutes by priority. What is measured stands in
 * shared/incidents/serviceLevels.ts.
 */
const serviceLevelSchema = z.strictObject({
  verification: targetsMin.optional(),
  response: targetsMin.optional(),
  roadwayClearance: targetsMin.optional(),
  incidentClearance: targetsMin.optional(),
});
export type ServiceLevel = z.infer<typeof serviceLevelSchema>;

const list = <T extends z.ZodType<{ id: string }>>(item: T) =>
  z
    .array(item)
    .max(100)
    .default([])
    .superRefine((items, context) => {
      const seen = new Set<string>();
      for (const [index, { id }] of items.entries()) {
        if (seen.has(id))
          context.addIssue({ code: 'custom', path: [index, 'id'], message: `The id "${id}" is there twice.` });
        seen.add(id);
      }
    });

/** What people have to do about incidents of one type, as written in a file that is named after the type. */
export const playbookSchema = z.strictObject({
  title: words,
  checkList: list(checkItemSchema),
  contacts: list(contactSchema),
  resources: z.array(needSchema).max(50).default([]),
  notifications: list(notificationSchema),
  publicMessage: template.optional(),
  serviceLevel: serviceLevelSchema.default({}),
});
/**
 * A playbook. A snapshot of it goes into each incident when it is opened, so that a later edit does not change what was
 * asked of people then.
 */
export type Playbook = z.infer<typeof playbookSchema>;
/** A notification that a playbook asks for. */
export type PlaybookNotification = Playbook['notifications'][number];
