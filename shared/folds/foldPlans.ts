import { dayOfText } from '../impact/dayText.ts';
import type { Frozen, Plan, PlanText } from '../impact/plan.ts';
import { orderEntries } from '../record/logEntry.ts';
import type { LogEntry } from '../record/logEntry.ts';
import type { RecordEvent } from '../record/recordEvent.ts';

type PlanEvent = Extract<RecordEvent, { planId: string }>;
type Look = { measureId: string; place: string; toDay: string };

/** Whether an entry of the log is about a plan. */
export const isPlanEntry = (entry: LogEntry): entry is LogEntry & { event: PlanEvent } =>
  entry.event.kind.startsWith('plan.');

/** Whether somebody has looked at data of a plan's measure and place from its start on. */
const hasLooked = (looks: readonly Look[], { measureId, place, startDay }: PlanText): boolean =>
  looks.some(
    (look) => look.measureId === measureId && look.place === place && dayOfText(look.toDay) >= dayOfText(startDay),
  );

/** Why what comes of a plan is exploratory; undefined where it was fixed in time. */
function exploratory(plan: Plan, frozen: Frozen, looks: readonly Look[]): string | undefined {
  if (hasLooked(looks, plan.plan))
    return 'Data after the start had been looked at through this measure before the plan was registered.';
  if (dayOfText(frozen.onDay) > dayOfText(plan.plan.startDay))
    return `The plan was registered on ${frozen.onDay}, after its start on ${plan.plan.startDay}.`;
  return undefined;
}

function take(plan: Plan, entry: LogEntry & { event: PlanEvent }, looks: readonly Look[]): Plan {
  const { author: by, atMs, event } = entry;
  switch (event.kind) {
    case 'plan.written':
      return plan;
    case 'plan.amended': {
      const hadSeen = plan.evaluations.length > 0 || hasLooked(looks, plan.plan);
      const { registered: _registered, ...rest } = plan;
      const earlier = [...plan.earlier, { plan: plan.plan, reason: event.reason, hadSeen, by, atMs }];
      return { ...rest, plan: event.plan, written: { by, atMs }, earlier };
    }
    case 'plan.registered': {
      // Nobody registers the own text, whichever workstation let it pass.
      if (by.id === plan.written.by.id) return plan;
      const { kind: _kind, planId: _planId, ...frozen } = event;
      const hadSeen = plan.earlier.some((each) => each.hadSeen);
      const because = hadSeen ? 'The plan was amended after results had been seen.' : exploratory(plan, frozen, looks);
      const { exploratoryBecause: _before, ...rest } = plan;
      return {
        ...rest,
        registered: { ...frozen, by, atMs },
        ...(because !== undefined && { exploratoryBecause: because }),
      };
    }
    case 'plan.evaluated': {
      const { reportHash, toDay, finding } = event;
      const evaluations = [...plan.evaluations, { reportHash, toDay, finding, by, atMs }];
      return plan.registered === undefined
        ? { ...plan, evaluations, exploratoryBecause: 'The plan was evaluated before it was registered.' }
        : { ...plan, evaluations };
    }
  }
}

/**
 * All plans that the entries make, the oldest first, also those that came to nothing. Pure, and the same for the same
 * entries in whatever order they come.
 */
export function foldPlans(all: Iterable<LogEntry>): Plan[] {
  const plans = new Map<string, Plan>();
  const looks: Look[] = [];
  for (const entry of orderEntries([...all].filter(isPlanEntry)).filter(isPlanEntry)) {
    const { event, author, atMs } = entry;
    const known = plans.get(event.planId);
    if (event.kind === 'plan.written' && known === undefined)
      plans.set(event.planId, {
        id: event.planId,
        plan: event.plan,
        written: { by: author, atMs },
        earlier: [],
        evaluations: [],
      });
    if (known !== undefined) plans.set(event.planId, take(known, entry, looks));
    if (event.kind === 'plan.evaluated') looks.push(event);
  }
  return [...plans.values()];
}
