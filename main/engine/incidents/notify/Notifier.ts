import type { CountyMs } from '../../../../shared/base/clock.ts';
import type { Incident, IncidentNotification } from '../../../../shared/incidents/incident.ts';
import { beaconPerson } from '../../../../shared/people/person.ts';
import { fillTemplate } from '../../../../shared/incidents/fillTemplate.ts';
import type { TemplateFacts } from '../../../../shared/incidents/fillTemplate.ts';
import type { RecordEvent } from '../../../../shared/record/recordEvent.ts';
import type { Log } from '../../base/engine.ts';
import type { EventLog } from '../../log/EventLog.ts';
import { postWebhook, sendMail } from './adapters.ts';
import type { Telling, TellingOutcome } from './adapters.ts';
import { withoutSecrets } from './settings.ts';
import type { NotificationSettingsFile } from './settings.ts';

type NotifierOptions = {
  eventLog: Pick<EventLog, 'perform'>;
  incidents: () => readonly Incident[];
  facts: (incident: Incident) => TemplateFacts;
  settings: NotificationSettingsFile;
  /** Only the elected engine acts without being asked. */
  isLeader: () => boolean;
  workstation: string;
  nowMs: () => CountyMs;
  log: Log;
};

/** Pauses after each failed attempt; after the last one a person has to see to it. */
const PAUSES_MS = [15_000, 60_000, 300_000, 900_000];
/** An engine that began to send and has been silent for this long will no longer report the outcome. */
const SILENT_MS = 300_000;

/**
 * Notifies people outside the control room as the playbooks ask. Each step is in the log before it is done: that an
 * attempt begins is written down first, so that an engine that dies in between, or another one that takes over, never
 * sends the same notification again; it asks a person instead. Where a channel has no settings, the notification
 * becomes a person's task at once.
 */
export class Notifier {
  readonly #options: NotifierOptions;
  /** Attempts of this process, by incident and notification. */
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  /**
   * Looks for notifications that are due, and begins to send them. Call this about once per second; it resolves when
   * all that had to be written to the log is written, not when everything has been sent.
   */
  async tend(): Promise<void> {
    await this.#options.settings.refresh();
    if (!this.#options.isLeader()) return;
    for (const incident of this.#options.incidents()) {
      if (incident.mergedInto !== undefined) continue;
      await this.#askAutomatic(incident);
      for (const notification of incident.notifications ?? []) await this.#advance(incident, notification);
    }
  }

  /** Resolves when every attempt that is under way has its outcome. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay.values());
  }

  async #askAutomatic(incident: Incident): Promise<void> {
    if (incident.status === 'resolved') return;
    for (const { id, when, name, channel, to, subject, text } of incident.playbook?.notifications ?? []) {
      const isDue = when === 'opened' || (when === 'verified' && incident.milestones.T2 !== undefined);
      if (!isDue || incident.notifications?.some((each) => each.id === id) === true) continue;
      const facts = this.#options.facts(incident);
      await this.#write({
        kind: 'incident.notificationAsked',
        incidentId: incident.id,
        notificationId: id,
        name,
        channel,
        ...(to !== undefined && { to }),
        subject: fillTemplate(subject, facts),
        text: fillTemplate(text, facts),
      });
    }
  }

  async #advance(incident: Incident, notification: IncidentNotification): Promise<void> {
    const { nowMs, workstation } = this.#options;
    const key = `${incident.id} ${notification.id}`;
    if (this.#underWay.has(key)) return;
    if (notification.state === 'sending') {
      const isLost = notification.workstation === workstation || nowMs() - notification.changedAtMs > SILENT_MS;
      if (isLost)
        await this.#failed(incident, notification, {
          reason: 'Beacon was interrupted while it was sending.',
          isUncertain: true,
        });
      return;
    }
    const isDue =
      notification.state === 'asked' || (notification.state === 'retrying' && (notification.retryAtMs ?? 0) <= nowMs());
    if (!isDue) return;
    const send = this.#adapterFor(notification);
    if (send === undefined) {
      await this.#failed(incident, notification, {
        reason: `${notification.channel === 'email' ? 'No e-mail' : `No webhook "${notification.to ?? ''}"`} is set up.`,
        isUncertain: false,
      });
      return;
    }
    await this.#write({
      kind: 'incident.notificationBegun',
      incidentId: incident.id,
      notificationId: notification.id,
      attempt: notification.attempts + 1,
    });
    const attempt = this.#send(incident, { ...notification, attempts: notification.attempts + 1 }, send)
      .catch((error: unknown) =>
        this.#options.log(
          'error',
          `How the telling of ${notification.name} went could not be written down: ${String(error)}`,
        ),
      )
      .finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, attempt);
  }

  #adapterFor({ channel, to = '' }: IncidentNotification): ((telling: Telling) => Promise<TellingOutcome>) | undefined {
    const { smtp, webhooks } = this.#options.settings.settings;
    if (channel === 'email') return smtp === undefined ? undefined : (telling) => sendMail(smtp, telling);
    const webhook = Object.hasOwn(webhooks, to) ? webhooks[to] : undefined;
    return channel === 'webhook' && webhook !== undefined ? (telling) => postWebhook(webhook, telling) : undefined;
  }

  async #send(
    incident: Incident,
    notification: IncidentNotification,
    send: (telling: Telling) => Promise<TellingOutcome>,
  ): Promise<void> {
    const { id, to = '', subject, text, askedAtMs, attempts } = notification;
    const settings = this.#options.settings.settings;
    const outcome = await send({
      key: `${incident.id}.${id}`.replaceAll('#', '.'),
      incidentId: incident.id,
      to,
      subject,
      text,
      atMs: askedAtMs,
    });
    if (outcome.isSent) {
      await this.#write({
        kind: 'incident.notificationSent',
        incidentId: incident.id,
        notificationId: id,
        attempt: attempts,
        answer: withoutSecrets(outcome.answer, settings),
      });
      return;
    }
    const pauseMs = outcome.isFinal || outcome.isUncertain ? undefined : PAUSES_MS[attempts - 1];
    const reason = withoutSecrets(outcome.reason, settings);
    await this.#failed(incident, notification, {
      reason,
      isUncertain: outcome.isUncertain,
      ...(pauseMs !== undefined && { retryAtMs: this.#options.nowMs() + pauseMs }),
    });
  }

  async #failed(
    incident: Incident,
    { id, attempts }: IncidentNotification,
    outcome: { reason: string; isUncertain: boolean; retryAtMs?: number },
  ): Promise<void> {
    await this.#write({
      kind: 'incident.notificationFailed',
      incidentId: incident.id,
      notificationId: id,
      attempt: attempts,
      ...outcome,
    });
  }

  async #write(event: RecordEvent): Promise<void> {
    await this.#options.eventLog.perform(beaconPerson, event);
  }
}
