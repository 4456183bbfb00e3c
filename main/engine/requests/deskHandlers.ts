import type { ScheduledBackups } from '../maintenance/ScheduledBackups.ts';
import type { ReloadOutcome, RightsReport } from '../../../shared/contract/deskRequests.ts';
import type { SharedLog } from '../sync/openReplication.ts';
import type { Handlers } from '../base/Handlers.ts';

/** Answers requests about the desk that the workstations share. */
export function deskHandlers(
  { replication, join, renewIdentity, rename }: SharedLog,
  backups: ScheduledBackups,
  { testRights, reloadCounty }: { testRights: () => Promise<RightsReport>; reloadCounty: () => Promise<ReloadOutcome> },
): Pick<Handlers, Extract<keyof Handlers, `desk.${string}`>> {
  return {
    'desk.backups': () => backups.state(),
    'desk.backUp': async () => {
      await backups.make();
      return {};
    },
    'desk.reloadCounty': () => reloadCounty(),
    'desk.testRights': async () => {
      const report = await testRights();
      const ofDesk = replication.refusedTopics().map((refusal) => ({ ...refusal, isRefused: true }));
      return { ...report, topics: [...report.topics, ...ofDesk] };
    },
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
    'desk.rename': async ({ workstationId, name }, person) => {
      await rename(person, workstationId, name);
      return {};
    },
    'desk.revoke': async ({ workstationId, reason }, person) => {
      await replication.revoke(person, workstationId, reason);
      return {};
    },
  };
}
