import type { Proposal } from '../../../shared/proposals/proposal.ts';

const count = (n: number): string => `${n} ${n === 1 ? 'alarm' : 'alarms'}`;

/** What Beacon proposes, in one line. */
export function proposalLine({ action, incidentIds: [first = '', ...others], alarms }: Proposal): string {
  switch (action) {
    case 'open':
      return `Proposed: one incident of ${count(alarms.length)}`;
    case 'add':
      return `Proposed: ${count(alarms.length)} more for ${first}`;
    case 'merge':
      return `Proposed: ${[first, ...others].join(' and ')} are one${alarms.length === 0 ? '' : `, with ${count(alarms.length)} more`}`;
  }
}

/** The label of the button, when `taken` of the proposal's alarms are ticked. */
export function acceptLabel({ action, incidentIds: [first = ''], alarms }: Proposal, taken: number): string {
  const part = taken === alarms.length ? '' : ` with ${taken} of ${alarms.length}`;
  switch (action) {
    case 'open':
      return `Open incident${part}`;
    case 'add':
      return taken === alarms.length ? `Add to ${first}` : `Add ${taken} of ${alarms.length}`;
    case 'merge':
      return `Merge${part}`;
  }
}

export const refusalReasons = ['Different causes', 'Known already', 'False alarm'] as const;
