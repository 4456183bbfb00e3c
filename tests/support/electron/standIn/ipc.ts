import { EventEmitter } from 'node:events';

type RequestHandler = (contents: unknown, permission: string, answer: (isGranted: boolean) => void) => void;
type CheckHandler = (contents: unknown, permission: string) => boolean;

export const ipcMain = new EventEmitter();

/** As in Electron, a permission is granted unless a handler refuses it. */
export class Permissions extends EventEmitter {
  #request: RequestHandler = (_contents, _permission, answer) => answer(true);
  #check: CheckHandler = () => true;

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#request = handler;
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#check = handler;
  }

  async isGranted(contents: unknown, permission: string): Promise<boolean> {
    return (
      this.#check(contents, permission) &&
      (await new Promise<boolean>((resolve) => this.#request(contents, permission, resolve)))
    );
  }
}

export const permissions: Permissions = new Permissions();
