import { z } from 'zod';
import { describeMany } from '../../base/display.ts';
import { DAY_MS } from '../../base/durations.ts';
import { nothing, text } from '../../commands/declare.ts';
import { defined, withItem, withoutItem } from '../fields.ts';
import {
  about,
  byAuthor,
  handedOnTo,
  id,
  incidentCommand,
  incidentRef,
  untilClosed,
  untilMs,
  whileOpen,
} from './incidentCommand.ts';
import type { CommandContext } from './incidentCommand.ts';

/** An end that is farther away than this is a slip of the hand. */
const LONGEST_MS = 366 * DAY_MS;

/** Refuses an end that is no end: one that lies in the past, or more than a year away. */
function checkUntil({ nowMs, refuse }: CommandContext, endMs: number | undefined): void {
  if (endMs === undefined) return;
  if (endMs <= nowMs) refuse('The end that was given has passed already.');
  if (endMs > nowMs + LONGEST_MS) refuse('The end that was given is more than a year away.');
}

/** Refuses where one of the ids is none of the county's. */
function checkKnown(
  ids: readonly string[],
  nameOf: (id: string) => string | undefined,
  kind: string,
  { refuse }: CommandContext,
): void {
  const unknown = ids.filter((each) => nameOf(each) === undefined);
  if (unknown.length > 0) refuse(`The county has no ${kind} ${unknown.join(', ')}.`);
}

const handedOn = (ending: string, toId: string | undefined): string =>
  toId === undefined ? ending : `handed on to ${toId}`;

const closures = {
  /** Closes a road link, or some of its lanes. */
  'incident.closeRoad': incidentCommand({
    needs: 'incident.handle',
    allowedIn: whileOpen,
    input: z.object({ ...incidentRef, linkId: id, lanes: text(200).optional(), untilMs }),
    event: z.object({
      kind: z.literal('incident.roadClosed'),
      ...about,
      linkId: z.string(),
      name: z.string(),
      lanes: z.string().optional(),
      untilMs,
    }),
    toEvent: (input, context) => {
      checkUntil(context, input.untilMs);
      return {
        ...input,
        name: context.linkName(input.linkId) ?? context.refuse(`The county has no link ${input.linkId}.`),
      };
    },
    change: (incident, entry) => {
      const { linkId, name, lanes, untilMs: until } = entry.event;
      const closure = defined({ linkId, name, lanes, untilMs: until, ...byAuthor(entry) });
      return { closures: withItem(incident.closures, 'linkId', closure) };
    },
    line: (_incident, { event: { name, lanes } }) => `${name} closed${lanes === undefined ? '' : `: ${lanes}`}`,
  }),
  /** Closes several links by one command, each of which can be opened by itself: all of them, or none. */
  'incident.closeRoads': {
    audience: 'desk',
    needs: 'incident.handle',
    allowedIn: whileOpen,
    isCommand: true,
    input: z.object({ ...incidentRef, linkIds: z.array(id).min(1).max(200), lanes: text(200).optional(), untilMs }),
    output: nothing,
    alsoWrites: ['incident.roadClosed'],
  },
  'incident.openRoad': incidentCommand({
    needs: 'incident.handle',
    allowedIn: untilClosed,
    input: z.object({ ...incidentRef, linkId: id }),
    event: z.object({
      kind: z.literal('incident.roadOpened'),
      ...about,
      linkId: z.string(),
      name: z.string(),
      handedOnTo,
    }),
    toEvent: ({ linkId }, { incident, holderOf, refuse }) => {
      const closure = incident.closures?.find((each) => each.linkId === linkId) ?? refuse('It is not closed.');
      const holder = holderOf((own) => own.closures?.some((each) => each.linkId === linkId) ?? false);
      return { linkId, name: closure.name, incidentId: holder ?? incident.id };
    },
    change: (incident, { event }) => ({ closures: withoutItem(incident.closures, 'linkId', event.linkId) }),
    line: (_incident, { event }) =>
      event.handedOnTo === undefined
        ? `${event.name} open again`
        : `${event.name} stays closed, handed on to ${event.handedOnTo}`,
  }),
} as const;

const diversions = {
  'incident.setDiversion': incidentCommand({
    needs: 'incident.handle',
    allowedIn: whileOpen,
    input: z.object({
      ...incidentRef,
      replaces: id.optional(),
      text: text(1000),
      linkIds: z.array(id).max(500),
      untilMs,
    }),
    /** `replaces`: the diversion of which it is a new version. */
    event: z.object({
      kind: z.literal('incident.diversionSet'),
      ...about,
      replaces: z.string().optional(),
      text: z.string(),
      linkIds: z.array(z.string()),
      untilMs,
    }),
    toEvent: (input, context) => {
      checkUntil(context, input.untilMs);
      checkKnown(input.linkIds, context.linkName, 'link', context);
      if (input.replaces === undefined) return input;
      const holder = context.holderOf((own) => own.diversions?.some((each) => each.id === input.replaces) ?? false);
      return { ...input, incidentId: holder ?? context.refuse('There is no such diversion to replace.') };
    },
    change: (incident, entry) => {
      const { replaces, text: words, linkIds, untilMs: until } = entry.event;
      const diversion = defined({ id: replaces ?? entry.id, text: words, linkIds, untilMs: until, ...byAuthor(entry) });
      return { diversions: withItem(incident.diversions, 'id', diversion) };
    },
    line: (_incident, { event }) => `Diversion: ${event.text}`,
  }),
  'incident.endDiversion': incidentCommand({
    needs: 'incident.handle',
    allowedIn: untilClosed,
    input: z.object({ ...incidentRef, diversionId: id }),
    event: z.object({ kind: z.literal('incident.diversionEnded'), ...about, diversionId: z.string(), handedOnTo }),
    toEvent: (input, { holderOf, refuse }) => ({
      ...input,
      incidentId:
        holderOf((own) => own.diversions?.some((each) => each.id === input.diversionId) ?? false) ??
        refuse('There is no such diversion.'),
    }),
    change: (incident, { event }) => ({ diversions: withoutItem(incident.diversions, 'id', event.diversionId) }),
    line: (incident, { event }) =>
      `Diversion ${handedOn('ended', event.handedOnTo)}: ${incident.diversions?.find((each) => each.id === event.diversionId)?.text ?? ''}`,
  }),
} as const;

const alerts = {
  'incident.setAlert': incidentCommand({
    needs: 'incident.handle',
    allowedIn: whileOpen,
    input: z.object({
      ...incidentRef,
      replaces: id.optional(),
      text: text(1000),
      routeIds: z.array(id).max(200),
      untilMs,
    }),
    event: z.object({
      kind: z.literal('incident.alertSet'),
      ...about,
      replaces: z.string().optional(),
      text: z.string(),
      routeIds: z.array(z.string()),
      untilMs,
    }),
    toEvent: (input, context) => {
      checkUntil(context, input.untilMs);
      checkKnown(input.routeIds, context.routeName, 'route', context);
      if (input.replaces === undefined) return input;
      const holder = context.holderOf((own) => own.alerts?.some((each) => each.id === input.replaces) ?? false);
      return { ...input, incidentId: holder ?? context.refuse('There is no such service alert to replace.') };
    },
    change: (incident, entry) => {
      const { replaces, text: words, routeIds, untilMs: until } = entry.event;
      const alert = defined({ id: replaces ?? entry.id, text: words, routeIds, untilMs: until, ...byAuthor(entry) });
      return { alerts: withItem(incident.alerts, 'id', alert) };
    },
    line: (_incident, { event: { routeIds, text: words } }) =>
      `Service alert for ${routeIds.length === 0 ? 'all routes' : `route ${routeIds.join(', ')}`}: ${words}`,
  }),
  'incident.endAlert': incidentCommand({
    needs: 'incident.handle',
    allowedIn: untilClosed,
    input: z.object({ ...incidentRef, alertId: id }),
    event: z.object({ kind: z.literal('incident.alertEnded'), ...about, alertId: z.string(), handedOnTo }),
    toEvent: (input, { holderOf, refuse }) => ({
      ...input,
      incidentId:
        holderOf((own) => own.alerts?.some((each) => each.id === input.alertId) ?? false) ??
        refuse('There is no such service alert.'),
    }),
    change: (incident, { event }) => ({ alerts: withoutItem(incident.alerts, 'id', event.alertId) }),
    line: (incident, { event }) =>
      `Service alert ${handedOn('ended', event.handedOnTo)}: ${incident.alerts?.find((each) => each.id === event.alertId)?.text ?? ''}`,
  }),
} as const;

const outage = {
  'incident.stateOutage': incidentCommand({
    needs: 'incident.handle',
    allowedIn: untilClosed,
    input: z.object({ ...incidentRef, customers: z.number().int().min(0).max(10_000_000) }),
    event: z.object({
      kind: z.literal('incident.outageStated'),
      ...about,
      customers: z.number().int(),
      source: z.string(),
      handedOnTo,
    }),
    toEvent: (input) => ({ ...input, source: 'operator' }),
    change: (_incident, entry) => {
      const { customers, source } = entry.event;
      return { outage: { customers, source, ...byAuthor(entry) } };
    },
    line: (_incident, { event: { customers, source, handedOnTo: toId } }) => {
      if (toId !== undefined) return `Customers without service handed on to ${toId}`;
      return customers === 0
        ? `All customers restored (${source})`
        : `${describeMany(customers, 'customer')} without service (${source})`;
    },
    claims: (event) => [['customers', event.customers]],
    settles: {
      isFor: (field) => field === 'customers',
      toEvent: ({ incidentId, value }) => ({ incidentId, customers: Number(value), source: 'operator' }),
    },
  }),
} as const;

/** The commands on what an incident means for roads, passengers and customers. */
export const effectCommands = { ...closures, ...diversions, ...alerts, ...outage } as const;
