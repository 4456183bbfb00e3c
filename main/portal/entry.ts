import { PORTAL_VARIABLE, portalSettingsSchema } from '../../shared/public/publicContract.ts';
import { stopWithParent } from '../stopWithParent.ts';
import { EngineClient } from './EngineClient.ts';
import { startPortalServer } from './startPortalServer.ts';

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

async function run(text: string): Promise<void> {
  const settings = portalSettingsSchema.parse(JSON.parse(text));
  // What a page could make this process print should not have the secret in it.
  Reflect.deleteProperty(process.env, PORTAL_VARIABLE);
  const engine = new EngineClient(settings.line, () => performance.now());
  engine.start();
  const server = await startPortalServer(settings, engine);
  process.stdout.write(`${JSON.stringify({ listening: server.port })}\n`);
  stopWithParent(() => {
    engine.stop();
    void server.close().finally(() => process.exit(0));
  });
}

const text = process.env[PORTAL_VARIABLE];
if (text === undefined) fail('The portal is started by Beacon, beside an engine.');
run(text).catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
