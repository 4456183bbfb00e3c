import type { SharedLog } from '../sync/openReplication.ts';
import type { Handlers } from '../base/Handlers.ts';

/** Answers requests about the desk that the workstations share. */
export function deskHandlers({
  replication,
  join,
  renewIdentity,
}: SharedLog): Pick<Handlers, Extract<keyof Handlers, `desk.${string}`>> {
  return {
    'desk.state': () => replication.state(),
    'desk.fetchFile': async ({ hash }) => {
      await replication.fetchFile(hash);
      return {};
    },
    'desk.makeCode': (_, person) => replication.makeCode(person),
    'desk.join': async ({ code }) => {
      await join(code);
      return {};
    },
    'desk.renewIdentity': async (_, person) => {
      await renewIdentity(person);
      return {};
    },
    'desk.revoke': async ({ workstationId, reason }, person) => {
      await replication.revoke(person, workstationId, reason);
      return {};
    },
  };
}
