import type { LocalTime } from '../../ui/formatTime.ts';
import type { Health } from './health.ts';

/** The text for a state that is not healthy; undefined if nothing needs to be said. */
export function bannerText(
  { state, sinceMs, reason }: Health,
  time: LocalTime,
  broker: string | undefined,
): { title: string; detail: string } | undefined {
  const since = sinceMs === undefined ? '' : ` since ${time.clock(sinceMs)}`;
  const because = reason === undefined ? '' : ` ${sentence(reason)}`;
  switch (state) {
    case 'live':
    // One silent feed of several has an alarm, and its name stands on each tile and figure that needs it.
    case 'partlySilent':
      return undefined;
    case 'connecting':
      return {
        title: 'Connecting to the engine',
        detail:
          'The county appears with its first answer. If it does not, see whether the engine runs and start Beacon again.',
      };
    case 'frozen':
      return {
        title: `No connection to the engine${since}`,
        detail: 'The picture is frozen. Beacon is trying to reconnect.',
      };
    case 'brokerLost':
      return {
        title: `Broker lost${since}`,
        detail: `No data arrives from ${broker ?? 'the field'}.${because} Beacon is trying to reconnect.`,
      };
    case 'brokerConnecting':
      return {
        title: `Connecting to the broker${since}`,
        detail: `No data arrives from ${broker ?? 'the field'} yet.${because}`,
      };
    case 'storeFailed':
      return { title: 'The store cannot write', detail: `What arrives now is shown, but not kept.${because}` };
    case 'silent':
      return { title: `No data${since}`, detail: 'The broker is connected, but every feed is silent.' };
    case 'waiting':
      return {
        title: 'No data yet',
        detail: `The broker ${broker ?? ''} is connected${since}, and nothing has arrived.${because}`,
      };
    default:
      return state satisfies never;
  }
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
