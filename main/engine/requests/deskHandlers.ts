import type { SharedDesk } from '../sync/openDesk.ts';
import type { Handlers } from '../live/Session.ts';

/** What is asked of the desk that the workstations share. */
export function deskHandlers({ desk, join }: SharedDesk): Pick<Handlers, Extract<keyof Handlers, `desk.${string}`>> {
  return {
    'desk.state': () => desk.state(),
    'desk.fetchFile': async ({ hash }) => {
      await desk.fetchFile(hash);
      return {};
    },
    'desk.makeCode': (_, person) => desk.makeCode(person),
    'desk.join': async ({ code }) => {
      await join(code);
      return {};
    },
    'desk.revoke': async ({ workstationId, reason }, person) => {
      await desk.revoke(person, workstationId, reason);
      return {};
    },
  };
}
