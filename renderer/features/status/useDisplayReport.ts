import { useEffect, useState } from 'react';
import { useClient, useConnection } from '../../client/hooks.ts';

const EVERY_MS = 3000;
const KEY = 'beacon.display';
const nameInAddress = (hash: string): string | undefined =>
  new URLSearchParams(/\?(.*)$/s.exec(hash)?.[1] ?? '').get('display') ?? undefined;

/** An id that the display keeps over restarts; displays of one browser differ in their names. */
function ownId(name: string | undefined): string {
  const key = name === undefined ? KEY : `${KEY}.${name}`;
  const known = window.localStorage.getItem(key) ?? crypto.randomUUID();
  window.localStorage.setItem(key, known);
  return known;
}

/**
 * Reports this display every few seconds, so that a dark one is missed, and loads the page again when that is wanted.
 */
export function useDisplayReport(scene: string): void {
  const client = useClient();
  const { version, person } = useConnection();
  // The page stays that of the engine which served it, also when a newer engine answers.
  const [pageVersion] = useState(version);
  const isDisplay = person?.role === 'display';
  useEffect(() => {
    if (!isDisplay) return undefined;
    const name = nameInAddress(window.location.hash)?.trim().slice(0, 60);
    const id = ownId(name === '' ? undefined : name);
    const report = (): void => {
      const [widthPx, heightPx] = [window.innerWidth, window.innerHeight];
      client
        .request('display.report', {
          id,
          scene,
          version: pageVersion,
          widthPx,
          heightPx,
          ...(name !== undefined && name !== '' && { name }),
        })
        .then(
          ({ isReloadWanted }) => isReloadWanted && window.location.reload(),
          // The next report follows; that none arrives is what the engine has to notice.
          () => undefined,
        );
    };
    report();
    const timer = window.setInterval(report, EVERY_MS);
    return () => window.clearInterval(timer);
  }, [client, isDisplay, scene, pageVersion]);
}
