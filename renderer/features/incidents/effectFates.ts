import type { DecidedEffect, EffectFate, EffectKind, OpenEffect } from '../../../shared/incidents/openEffects.ts';

type Option = { id: EffectFate; label: string };

const endWords: Record<EffectKind, string> = {
  unit: 'Stand down',
  closure: 'Open the road',
  diversion: 'End',
  alert: 'End',
  outage: 'All restored',
  publicMessage: 'Withdraw',
};

/** What can become of an open effect when its incident is resolved, in words; the first choice is the usual one. */
export const effectFates = (kind: EffectKind): Option[] => [
  { id: 'end', label: endWords[kind] },
  { id: 'handOn', label: kind === 'unit' ? 'Send to another incident' : 'Hand on to another incident' },
  ...(kind === 'publicMessage' ? [{ id: 'keep' as const, label: 'Keep it released' }] : []),
];

/** The name under which the choice for an effect is kept in the form. */
export const fateName = ({ kind, id }: Pick<OpenEffect, 'kind' | 'id'>): string => `${kind} ${id}`;

type Resolution = { outcome: string; effects: DecidedEffect[]; handOnTo?: string };

/** What is sent to resolve an incident; undefined while the outcome or the incident that takes over is missing. */
export function resolution(
  open: readonly OpenEffect[],
  values: Readonly<Record<string, string>>,
): Resolution | undefined {
  const outcome = values['outcome']?.trim() ?? '';
  const effects = open.map((effect): DecidedEffect => {
    const { kind, id } = effect;
    const chosen = effectFates(kind).find((fate) => fate.id === values[fateName(effect)]);
    return { kind, id, fate: chosen?.id ?? 'end' };
  });
  const handOnTo = values['handOnTo'] ?? '';
  const isHandedOn = effects.some(({ fate }) => fate === 'handOn');
  if (outcome === '' || (isHandedOn && handOnTo === '')) return undefined;
  return { outcome, effects, ...(isHandedOn && { handOnTo }) };
}
