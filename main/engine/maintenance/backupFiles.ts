/**
 * What a backup does with a file or folder of the data folder.
 *
 * - `record`, `database`: copied by what knows them, and replaced by a restoration.
 * - `file`, `folder`: copied as they are, and replaced.
 * - `shared`: files named by the hash of their content; those of the folder and of the backup are both kept.
 * - `key`: the desk's keys; those of the folder and of the backup are both kept where both are of one desk.
 * - `identity`: which workstation this is, and of which desk.
 * - `left`: not in a backup, because it is made again or belongs to one machine alone.
 */
type Treatment = 'record' | 'database' | 'file' | 'folder' | 'shared' | 'key' | 'identity' | 'left';

type DataFile = {
  name: RegExp;
  treatment: Treatment;
  /** A person who reads it can pass for this workstation, or read what is encrypted. */
  isSecret?: true;
};

/** Where a backup, and a folder restored from one, have the county's files. */
export const COUNTY_COPY = 'county';

/** Every file and folder that Beacon makes in its data folder. A test holds that none is missing here. */
const dataFiles: readonly DataFile[] = [
  { name: /^record(-\d+)?\.db$/, treatment: 'record' },
  { name: /^(telemetry|ledger)\.db$/, treatment: 'database' },
  {
    name: /^(alarms\.json|alarm-history\.json|alarm-times\.txt|standing-facts\.jsonl|county-log\.jsonl|acknowledging-peers\.json)$/,
    treatment: 'file',
  },
  { name: /^(notifications\.json|wall-token|broker-password)$/, treatment: 'file', isSecret: true },
  { name: /^county-in-use\.json$/, treatment: 'file' },
  { name: /^(playbooks|county)$/, treatment: 'folder' },
  { name: /^(reports|attachments|impact)$/, treatment: 'shared' },
  { name: /^desk-key\.json$/, treatment: 'key', isSecret: true },
  { name: /^(workstation|desk)\.json$/, treatment: 'identity', isSecret: true },
  // Two engines with one name would disconnect each other at the broker.
  { name: /^engine-id$/, treatment: 'left' },
  { name: /^(engine\.lock.*|engine\.pid|reserve|broker-session\.json)$/, treatment: 'left' },
  { name: /\.db-(wal|shm|journal)$/, treatment: 'left' },
  { name: /^(broker|shell|restoring|county-\d+-[\d.]+)$/, treatment: 'left' },
  { name: /^(replaced-.*|before-joining-.*|.*\.damaged-.*)$/, treatment: 'left' },
];

/** Undefined for what Beacon did not make. */
export const treatmentOf = (name: string): Treatment | undefined =>
  dataFiles.find((each) => each.name.test(name))?.treatment;

export const isSecretFile = (name: string): boolean => dataFiles.some((each) => each.isSecret && each.name.test(name));

/** The mode of files that only their owner may read; Windows has no such modes. */
export const SECRET_MODE = 0o600;
/** The mode of a folder that only its owner may enter. */
export const SECRET_FOLDER_MODE = 0o700;
