import { attacks } from './attacks.ts';
import type { AttackName, Target } from './attacks.ts';

/** An order to the attacker, which answers with `true` when the attack is over. */
export type AttackOrder = { attack: AttackName; target: Target };

process.on('message', ({ attack, target }: AttackOrder) => {
  void attacks[attack](target).then(() => process.send?.(true));
});
