import { useState } from 'react';
import type { ReactNode } from 'react';
import { FileTrigger } from 'react-aria-components';
import { allowedActions } from '../../../shared/incidents/allowedActions.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { AwaitedFile } from '../../client/AwaitedFile.tsx';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useClient } from '../../client/hooks.ts';
import { draftKey, useFormOpen } from '../../client/useDraft.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { Button } from '../../ui/Button.tsx';
import { useTell } from '../../ui/Toasts.tsx';
import { fetchFile, sendFile } from './fileTransfer.ts';
import { InlineForm } from './InlineForm.tsx';
import lines from './lines.module.css';
import { Section } from './Section.tsx';
import { useAsk } from './useAsk.ts';

type Attachment = NonNullable<Incident['attachments']>[number];
const kilobytes = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1024))} kB`;

/** Pictures and documents of the incident. */
export function Attachments({ incident }: { incident: Incident }): ReactNode {
  const client = useClient();
  const tell = useTell();
  const [isSending, setIsSending] = useState(false);
  const attach = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    setIsSending(true);
    await sendFile(client, incident.id, file).catch((error: unknown) =>
      tell(error instanceof Error ? error.message : String(error)),
    );
    setIsSending(false);
  };
  const shown = incident.attachments?.filter(({ withdrawn }) => withdrawn === undefined) ?? [];
  return (
    <Section title="Pictures and documents" aside={shown.length === 0 ? '' : shown.length}>
      <ul className={lines['lines']} aria-label="Pictures and documents">
        {shown.map((attachment) => (
          <AttachmentRow key={attachment.hash} incident={incident} attachment={attachment} />
        ))}
      </ul>
      {allowedActions(incident).includes('attach') && (
        <FileTrigger onSelect={(files) => void attach(files?.[0])}>
          <CommandButton command="incident.attach" tone="quiet" isDisabled={isSending}>
            {isSending ? 'Being sent …' : 'Attach a file …'}
          </CommandButton>
        </FileTrigger>
      )}
    </Section>
  );
}

function AttachmentRow({ incident, attachment }: { incident: Incident; attachment: Attachment }): ReactNode {
  const client = useClient();
  const tell = useTell();
  const ask = useAsk();
  const time = useLocalTime();
  const { hash, name, bytes, by, atMs, caption } = attachment;
  const formKey = draftKey('incident.withdrawAttachment', incident.id, hash);
  const [isAsking, setIsAsking] = useFormOpen(formKey);
  const open = (): void =>
    void fetchFile(client, attachment).catch((error: unknown) =>
      tell(error instanceof Error ? error.message : String(error)),
    );
  return (
    <li>
      <p>
        <b>
          <bdi>{name}</bdi>
        </b>{' '}
        {kilobytes(bytes)}
        <span>
          {caption !== undefined && <bdi>{caption}</bdi>} {time.short(atMs)} <bdi>{by}</bdi>
        </span>
        <AwaitedFile hash={hash} name={name} />
      </p>
      <div className={lines['actions']}>
        <Button tone="quiet" aria-label={`Save ${name}`} onPress={open}>
          Save
        </Button>
        {allowedActions(incident).includes('withdrawAttachment') && (
          <CommandButton
            command="incident.withdrawAttachment"
            tone="quiet"
            aria-label={`Withdraw ${name}`}
            onPress={() => setIsAsking(true)}
          >
            Withdraw
          </CommandButton>
        )}
      </div>
      {isAsking && (
        <InlineForm
          command="incident.withdrawAttachment"
          formKey={formKey}
          fields={[{ name: 'reason', label: 'Why is it withdrawn?' }]}
          submit="Withdraw"
          onSend={({ reason = '' }) => ask('incident.withdrawAttachment', { incidentId: incident.id, hash, reason })}
          onClose={() => setIsAsking(false)}
        />
      )}
    </li>
  );
}
