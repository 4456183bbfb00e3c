import { z } from 'zod';
import type { Incident } from './incident.ts';

/** What an incident may still have open when the work ends. A unit that is engaged is one of these. */
export const effectKindSchema = z.enum(['unit', 'closure', 'diversion', 'alert', 'outage', 'publicMessage']);
/** The kind of an open effect. */
export type EffectKind = z.infer<typeof effectKindSchema>;

/** An effect of an incident that nobody has ended yet: its kind, its id among those of its kind, and its words. */
export type OpenEffect = { kind: EffectKind; id: string; text: string };

/**
 * What becomes of an open effect when its incident is resolved. `handOn`: another incident takes it over. `keep`: it
 * stays as it is, which is possible for a message to the public only, because everything else needs an open incident.
 */
export const effectFateSchema = z.enum(['end', 'handOn', 'keep']);
/** What becomes of an open effect. */
export type EffectFate = z.infer<typeof effectFateSchema>;

/** The decision about one open effect, as the command that resolves the incident carries it. */
export const decidedEffectSchema = z.object({
  kind: effectKindSchema,
  id: z.string().min(1).max(100),
  fate: effectFateSchema,
});
/** The decision about one open effect. */
export type DecidedEffect = z.infer<typeof decidedEffectSchema>;

/** The id of effects of which an incident has at most one. */
export const THE_ONLY_ONE = 'only';

type WithEffects = Pick<
  Incident,
  'unitIds' | 'closures' | 'diversions' | 'alerts' | 'outage' | 'publicMessage' | 'engagements'
>;

/** The effects of an incident that are open, units first. */
export function openEffects(incident: WithEffects): OpenEffect[] {
  const { unitIds, closures = [], diversions = [], alerts = [], outage, publicMessage } = incident;
  return [
    ...unitIds.map((id): OpenEffect => ({ kind: 'unit', id, text: id })),
    ...closures.map(({ linkId, name, lanes }): OpenEffect => ({
      kind: 'closure',
      id: linkId,
      text: `${name} closed${lanes === undefined ? '' : ` (${lanes})`}`,
    })),
    ...diversions.map(({ id, text }): OpenEffect => ({ kind: 'diversion', id, text: `diversion: ${text}` })),
    ...alerts.map(({ id, text }): OpenEffect => ({ kind: 'alert', id, text: `service alert: ${text}` })),
    ...(outage === undefined || outage.customers === 0
      ? []
      : [{ kind: 'outage' as const, id: THE_ONLY_ONE, text: `${outage.customers} customers without service` }]),
    ...(publicMessage?.state === 'released'
      ? [{ kind: 'publicMessage' as const, id: THE_ONLY_ONE, text: `public message: ${publicMessage.text}` }]
      : []),
  ];
}

/** The open effects about which nothing was decided. */
export const undecidedEffects = (incident: WithEffects, decided: readonly DecidedEffect[]): OpenEffect[] =>
  openEffects(incident).filter(({ kind, id }) => !decided.some((each) => each.kind === kind && each.id === id));
