import { requests } from './contract.ts';
import type { RequestName } from './contract.ts';
import { roles } from '../people/person.ts';
import type { Role } from '../people/person.ts';
import type { RecordEvent } from '../record/recordEvent.ts';

type Kind = RecordEvent['kind'];
/**
 * `by`: the requests that write an event for a person, of which the least role is that of the event; none: people never
 * do. `isOwn`: Beacon writes it for nobody, too.
 */
type Right = { by: readonly RequestName[]; isOwn?: true };

const beacon: Right = { by: [], isOwn: true };
const by = (...names: RequestName[]): Right => ({ by: names });

/** Who may write which event. The role of each request stands in the contract, and nowhere else. */
export const eventRights: { readonly [K in Kind]: Right } = {
  'incident.opened': by('incident.open', 'proposal.accept'),
  'incident.acknowledged': by('incident.acknowledge'),
  'incident.edited': by('incident.edit'),
  'incident.noted': by('incident.note'),
  'incident.milestone': by('incident.milestone'),
  'incident.milestoneWithdrawn': by('incident.withdrawMilestone'),
  'incident.resolved': by('incident.resolve'),
  'incident.reopened': by('incident.reopen'),
  'incident.reviewed': by('incident.review'),
  'incident.assigned': by('incident.assign'),
  'incident.handoverOffered': by('incident.offerHandover'),
  'incident.handoverAnswered': by('incident.answerHandover'),
  'incident.handoverWithdrawn': by('incident.withdrawHandover'),
  'incident.unitOrdered': by('incident.orderUnit', 'incident.resolve'),
  'incident.unitReported': beacon,
  'incident.linked': by('incident.linkAlarm', 'proposal.accept'),
  'incident.unlinked': by('incident.unlinkAlarm'),
  'incident.madeSecondary': by('incident.makeSecondary'),
  'incident.madeIndependent': by('incident.makeIndependent'),
  // A proposal to merge is accepted by who may merge.
  'incident.merged': by('incident.merge'),
  'incident.unmerged': by('incident.unmerge'),
  'incident.split': by('incident.split'),
  'incident.checked': by('incident.check'),
  'incident.contactCalled': by('incident.callContact'),
  'incident.notificationAsked': { by: ['incident.notify'], isOwn: true },
  'incident.notificationBegun': beacon,
  'incident.notificationSent': beacon,
  'incident.notificationFailed': beacon,
  'incident.notificationDone': by('incident.notificationDone'),
  'incident.roadClosed': by('incident.closeRoad'),
  'incident.roadOpened': by('incident.openRoad'),
  'incident.diversionSet': by('incident.setDiversion'),
  'incident.diversionEnded': by('incident.endDiversion'),
  'incident.alertSet': by('incident.setAlert'),
  'incident.alertEnded': by('incident.endAlert'),
  'incident.outageStated': by('incident.stateOutage'),
  'incident.attached': by('incident.attach'),
  'incident.attachmentWithdrawn': by('incident.withdrawAttachment'),
  'incident.publicMessageSet': by('incident.setPublicMessage'),
  'playbook.saved': by('playbook.save'),
  'alarm.acknowledged': by('alarm.acknowledge'),
  'alarm.shelved': by('alarm.shelve'),
  'alarm.unshelved': by('alarm.unshelve'),
  'alarm.takenOutOfService': by('alarm.takeOutOfService'),
  'alarm.returnedToService': by('alarm.returnToService'),
  'position.taken': by('position.take'),
  'position.released': by('position.release'),
  'account.created': { by: ['people.create'], isOwn: true },
  'account.changed': by('people.change'),
  'account.revoked': by('people.revoke'),
  'account.restored': by('people.restore'),
  'account.passwordSet': { by: ['people.setPassword', 'people.changePassword'], isOwn: true },
  'account.locked': beacon,
  'account.lockLifted': by('people.liftLock'),
  'token.issued': { by: ['token.issue'], isOwn: true },
  'token.revoked': by('token.revoke'),
  'session.opened': by('people.setUp', 'people.signIn'),
  'session.closed': by('people.signOut'),
  'session.refused': beacon,
  'people.idleLockSet': by('people.setIdleLock'),
  'shift.opened': by('shift.open'),
  'shift.closed': by('shift.close'),
  'shift.commented': by('shift.comment'),
  'shift.signed': by('shift.sign'),
  'shift.takenOver': by('shift.takeOver'),
  'system.noted': beacon,
  'log.begun': beacon,
  'desk.founded': beacon,
  'workstation.joined': by('desk.makeCode'),
  'workstation.revoked': by('desk.revoke'),
  'workstation.keyTold': beacon,
  'desk.keyRenewed': { by: ['desk.revoke'], isOwn: true },
  'act.begun': beacon,
  'proposal.accepted': by('proposal.accept'),
  'proposal.refused': by('proposal.refuse'),
  'proposal.split': by('proposal.accept'),
};

const ranks = new Map(
  Object.entries(eventRights).map(([kind, right]) => [
    kind,
    Math.min(...right.by.map((name) => roles.indexOf(requests[name].role))),
  ]),
);

/** The least role that a person needs to write an event; undefined where people never do. */
export const leastRoleFor = (kind: Kind): Role | undefined => roles[ranks.get(kind) ?? -1];
