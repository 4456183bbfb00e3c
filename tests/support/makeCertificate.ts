import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import type { ServerTls } from '../../main/listenOptions.ts';

/** Writes a certificate for a name and an address, signed by itself, and its key into a folder. */
export async function makeCertificate(
  folder: string,
  name = 'beacon.example.org',
  ip = '127.0.0.2',
): Promise<ServerTls> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: name }], {
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: name },
          { type: 7, ip },
        ],
      },
    ],
  });
  const files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
  writeFileSync(files.certFile, cert);
  writeFileSync(files.keyFile, key);
  return { cert, key, ...files };
}
