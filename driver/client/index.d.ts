// SPDX-License-Identifier: LGPL-2.1-or-later

/** What the driver answered a command with, when it did not do it. */
export class MullionDriverError extends Error {
  /** The error code of the WebDriver standard, such as `invalid argument`. */
  readonly error: string;
}

/** An item of a native menu. */
export interface MenuItem {
  type: 'normal' | 'separator' | 'submenu' | 'checkbox' | 'radio';
  label?: string;
  id?: string;
  role?: string;
  accelerator?: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  submenu?: MenuItem[];
}

/** What a page sent to a channel that the test answers. */
export interface MockCall {
  channel: string;
  /** `send` stands for `sendSync` and `postMessage` as well. */
  method: 'invoke' | 'send';
  webContentsId: number;
  args: any[];
}

/** A message between a page and the main process. */
export interface Message {
  direction: 'from-page' | 'to-page';
  /** `send`, `invoke`, `send-sync`… from a page; `message`, `reply`, `reply-error`… to it. */
  kind: string;
  /** An answer has that of its call. */
  channel: string;
  args?: any[];
  /** The id of the web contents. */
  contents: number;
  /** In microseconds since the app has begun. */
  time: number;
  [more: string]: any;
}

/** What Electron's promise of a dialog resolves with. */
export interface DialogAnswer {
  canceled?: boolean;
  /** Of an open dialog. */
  filePaths?: string[];
  /** Of a save dialog. */
  filePath?: string;
  /** Of a message box: the button. */
  response?: number;
  checkboxChecked?: boolean;
}

/** A dialog that there was, or that is open still. */
export interface DialogRecord {
  type: 'open' | 'save' | 'message' | 'error';
  options: Record<string, any>;
  windowId?: number;
  /** Missing while it is open. */
  answer?: DialogAnswer;
  error?: string;
}

/**
 * A session of mullion-driver, for what WebDriver has no commands for. Windows are those that the
 * WebDriver client has switched to. Every method rejects with a MullionDriverError.
 */
export class MullionSession {
  constructor(where: { url: string; sessionId: string });

  /**
   * @param client A driver of selenium-webdriver, or a browser of WebdriverIO.
   * @param url The address of mullion-driver, which WebdriverIO's browser knows itself.
   */
  static of(client: object, url?: string): Promise<MullionSession>;

  /** Sends any command below `mullion/`. */
  command(method: 'GET' | 'POST', path: string, body?: object): Promise<any>;

  /**
   * Calls a handler of the main process from the page, with the page's grants, as its preload script
   * would with `ipcRenderer.invoke`.
   */
  invoke(channel: string, ...args: any[]): Promise<any>;

  /** Sends to listeners in the main process, as `ipcRenderer.send` does in the page. */
  send(channel: string, ...args: any[]): Promise<null>;

  /**
   * Answers @channel with @value in the place of the app's handlers and listeners, which are not
   * called until `unmock`.
   */
  mock(channel: string, value?: any): Promise<null>;

  /** Has every call of @channel fail. */
  mockError(channel: string, message: string): Promise<null>;

  /** Gives a channel back to the app, or all of them. */
  unmock(channel?: string): Promise<null>;

  /** What came to mocked channels since the last time. */
  takeCalls(): Promise<MockCall[]>;

  /**
   * Waits for the next message on a channel, after the one that was waited for last: what came since
   * then is found at once. Fails with `timeout` after so many milliseconds, 30,000 by default.
   */
  waitForMessage(channel: string, options?: {
    direction?: 'from-page' | 'to-page';
    timeout?: number;
  }): Promise<Message>;

  /** Every message since the app has begun, as a file that `mullion replay` takes. */
  recording(): Promise<string>;

  /** The menu of the window; empty where it has none. */
  menu(): Promise<MenuItem[]>;

  /** Chooses an item, by its id or by the labels on the way to it. */
  activateMenu(item: string | string[]): Promise<null>;

  /** The latest hundred dialogs, the oldest first. */
  dialogs(): Promise<DialogRecord[]>;

  /** Answers the dialog that is open, or the next one, which is then never shown. */
  answerDialog(answer: DialogAnswer): Promise<null>;

  /** The latest hundred notifications, the oldest first: what was asked for, and what became of it. */
  notifications(): Promise<Record<string, any>[]>;

  readClipboard(): Promise<string>;
  writeClipboard(text: string): Promise<null>;

  /** What the app has written to its standard output and error since the last time. */
  takeLog(): Promise<string>;

  /** The window as a person sees it, with its frame and open menus, as PNG. */
  takeWindowScreenshot(): Promise<Buffer>;

  /** Ends the app and starts it as before; elements found earlier are stale. */
  restart(): Promise<null>;

  /** Sends the app a signal. */
  kill(signal?: number): Promise<null>;
}

export interface DriverOptions {
  /** The program; by default `mullion-driver` as the shell finds it. */
  path?: string;
  /** 0, the default, is any free one. */
  port?: number;
  /** More arguments of the program. */
  args?: string[];
  env?: Record<string, string | undefined>;
}

/** Starts mullion-driver, and returns once it listens. */
export function startDriver(options?: DriverOptions): Promise<{
  url: string;
  stop(): Promise<void>;
}>;
