// SPDX-License-Identifier: LGPL-2.1-or-later

// Types of what a preload script of Mullion has: `require('electron')`, which is also
// `require('mullion')`. It can also require `events`, `timers` and `url`, with and without `node:`,
// and has `process`, `global`, `setImmediate` and `clearImmediate` in its scope. `Buffer` is
// undefined: use Uint8Array and its kin.

declare module 'mullion' {
  /** Hands APIs of the preload script to the page. */
  export interface ContextBridge {
    /**
     * Sets a frozen copy of `api` on the page's `window`. Functions and promises are proxied at any
     * depth; everything else is copied.
     *
     * @throws Error when `window` has a property of that name.
     */
    exposeInMainWorld(apiKey: string, api: any): void;

    /** The same for a world by its id: 0 is the page's, 999 the preload script's, others from 1000. */
    exposeInIsolatedWorld(worldId: number, apiKey: string, api: any): void;

    /** Runs the text of a function in the page's world, with copies of `args`. */
    executeInMainWorld<A extends any[], R>(script: { func: (...args: A) => R; args?: A }): R;
  }

  /** What a listener of `ipcRenderer` is told about a message. */
  export interface IpcRendererEvent {
    /** `ipcRenderer` itself. */
    readonly sender: IpcRenderer;
    /** The id of the web contents that sent it with `sendTo`, or 0 for the main process. */
    readonly senderId: number;
    /**
     * The ports that came with the message. They hold what comes to them until `start()` is called or
     * `onmessage` is set.
     */
    readonly ports: MessagePort[];
  }

  /** How long a call may wait. */
  export interface InvokeLimits {
    /** Ends the call when it is aborted. A signal of the page comes through contextBridge. */
    signal?: AbortSignal | null;
    /** Ends the call after so many milliseconds, up to 2147483647. */
    timeout?: number;
  }

  /** `ipcRenderer.invoke` within limits. */
  export interface LimitedIpcRenderer {
    /**
     * Calls a handler as `ipcRenderer.invoke` does.
     *
     * @returns Its answer. Also rejects with the reason of the signal, as `fetch` does, or with a
     *   DOMException named `TimeoutError`; the handler is told, and what it still answers is dropped.
     */
    invoke(channel: string, ...args: any[]): Promise<any>;
  }

  /**
   * The error that a call rejects with, or that `sendSync` throws, when a handler answered with a
   * GError. It comes through contextBridge as it is.
   */
  export interface GError extends Error {
    readonly name: 'Error';
    /** The text of the error's domain, for example `g-io-error-quark`. */
    readonly domain: string;
    readonly code: number;
    /** What the handler said besides, if anything. */
    readonly details?: any;
  }

  /** What a handler of `ipcRenderer` is told about a call of the main process. */
  export interface IpcRendererInvokeEvent extends IpcRendererEvent {
    /** Aborted when the main process does not wait for the answer any more. */
    readonly signal: AbortSignal;
  }

  export type IpcRendererHandler = (event: IpcRendererInvokeEvent, ...args: any[]) => any;

  export type IpcRendererListener = (event: IpcRendererEvent, ...args: any[]) => void;

  /**
   * Messages to the main process and from it. What is sent is copied, as by a structured clone:
   * everything that one takes crosses, but for an ImageBitmap and a CryptoKey. A Blob or File is
   * read before the call returns.
   *
   * A ReadableStream or WritableStream is handed over: it is locked here, and is a stream there. It
   * carries bytes: what comes is Uint8Array, what goes may also be another view, an ArrayBuffer, or a
   * string, which is sent as UTF-8. Either end's errors reach the other. A ReadableStream that comes
   * can be read with `for await`, in the page too.
   */
  export interface IpcRenderer {
    /**
     * Sends a message.
     *
     * @throws Error `An object could not be cloned.` for functions, symbols, promises, DOM nodes …
     * @throws RangeError when it is nested too deeply or too long.
     * @throws TypeError when the channel is no string, or for a stream that is locked.
     * @throws Error when the document has more than 256 ports and streams open.
     */
    send(channel: string, ...args: any[]): void;

    /**
     * Calls a handler of the main process.
     *
     * @returns Its answer. Rejects with `Error invoking remote method 'CHANNEL': …` when it fails:
     *   with a GError when the handler answered with one, else with a plain Error.
     */
    invoke(channel: string, ...args: any[]): Promise<any>;

    /**
     * Sets limits to calls: `ipcRenderer.with({ signal, timeout }).invoke(channel, ...args)`.
     *
     * @throws TypeError for what is no signal or no number.
     * @throws RangeError for a timeout that is negative, not finite or too long.
     */
    with(limits: InvokeLimits): LimitedIpcRenderer;

    /**
     * Answers calls of the main process: mullion_web_contents_invoke_async (). What the handler
     * returns, or what its promise resolves with, is the answer.
     *
     * @throws Error `Attempted to register a second handler for 'CHANNEL'`
     * @throws TypeError when the handler is no function.
     */
    handle(channel: string, handler: IpcRendererHandler): void;

    /** The same for one call. */
    handleOnce(channel: string, handler: IpcRendererHandler): void;

    /** Removes the handler of a channel, if there is one. */
    removeHandler(channel: string): void;

    /** Sends a message, without streams, and blocks the page until its answer is there. */
    sendSync(channel: string, ...args: any[]): any;

    /**
     * Sends one message with ports, which cannot be used here any more.
     *
     * @throws TypeError `Invalid value for transfer` for what is no port, is there twice, or was sent
     *   away before.
     * @throws Error when the message cannot be cloned, or the document has more than 256 ports and
     *   streams open.
     */
    postMessage(channel: string, message: any, transfer?: MessagePort[]): void;

    /** Sends a message to the page of another web contents. */
    sendTo(webContentsId: number, channel: string, ...args: any[]): void;

    /** Throws always: there is no `<webview>`. */
    sendToHost(channel: string, ...args: any[]): never;

    on(channel: string, listener: IpcRendererListener): this;
    once(channel: string, listener: IpcRendererListener): this;
    addListener(channel: string, listener: IpcRendererListener): this;
    prependListener(channel: string, listener: IpcRendererListener): this;
    prependOnceListener(channel: string, listener: IpcRendererListener): this;
    off(channel: string, listener: (...args: any[]) => void): this;
    removeListener(channel: string, listener: (...args: any[]) => void): this;
    removeAllListeners(channel?: string): this;
    emit(channel: string, ...args: any[]): boolean;
    eventNames(): (string | symbol)[];
    listenerCount(channel: string, listener?: (...args: any[]) => void): number;
    listeners(channel: string): ((...args: any[]) => void)[];
    rawListeners(channel: string): ((...args: any[]) => void)[];
    setMaxListeners(limit: number): this;
    getMaxListeners(): number;
  }

  /** What a preload script can do to its own frame. */
  export interface WebFrame {
    /** 1 is the natural size. Kept between 0.25 and 5. */
    setZoomFactor(factor: number): void;
    getZoomFactor(): number;
    /** 0 is the natural size; each level is a fifth more. */
    setZoomLevel(level: number): void;
    getZoomLevel(): number;

    /** Runs a script in the page's world. Resolves with a copy of what it comes to. */
    executeJavaScript(code: string): Promise<any>;
    /** Runs scripts in a world by its id. Resolves with a copy of what the last one comes to. */
    executeJavaScriptInIsolatedWorld(
      worldId: number,
      scripts: { code: string; url?: string }[],
    ): Promise<any>;

    /** Adds a style sheet to the document. Returns the key that removes it. */
    insertCSS(css: string): string;
    removeInsertedCSS(key: string): void;
  }

  export interface WebUtils {
    /** The path of a file that the user chose in an `<input type=file>` of the document or dropped on it;
     * '' for any other, and for one of an input in a closed shadow tree, which no script outside sees. */
    getPathForFile(file: File): string;
    /** The paths of the files that came with the last `drop`, also where WebKit gives no File for them. */
    getPathsForDrop(event: DragEvent): string[];
  }

  /** How an action is. */
  export interface ActionState {
    /** Whether it can be activated and changed. */
    readonly enabled: boolean;
    /** As JSON; null where it has none. */
    readonly state: any;
    /** The type of its parameter as GVariant writes it, such as `s`; null where it takes none. */
    readonly parameterType: string | null;
  }

  /**
   * The GActions that the app shares with its pages: mullion_app_share_action (). The menu, the
   * keys and C have the same ones. A name has its prefix: `app.save`, `win.zoom`, `menu.wrap`.
   *
   * Each returns a promise. It rejects with a GError of the domain `mullion-error-quark`: with code
   * 2 when there is no such action, 1 when a value has not the type of the action, 3 when the
   * action is not enabled; and with a plain Error when it is not shared.
   */
  export interface Actions {
    /** Does what the menu item or the keys do. */
    activate(name: string, parameter?: any): Promise<void>;
    getState(name: string): Promise<ActionState>;
    /** Asks the action to take another state; it may refuse. */
    setState(name: string, state: any): Promise<void>;
    /**
     * Listens to changes, whoever makes them: once a turn, with how the action is then, or with
     * null when it is gone. It ends with the document.
     *
     * @returns The function that ends it.
     */
    on(
      name: string,
      listener: (action: ActionState | null) => void,
    ): Promise<() => Promise<void>>;
  }

  /** The legacy shared object of the main process. Each access blocks the page. */
  export interface Remote {
    /** The object that main shares under that name, or undefined. */
    getGlobal(name: string): any;
  }

  export const actions: Actions;
  export const contextBridge: ContextBridge;
  export const ipcRenderer: IpcRenderer;
  export const webFrame: WebFrame;
  export const webUtils: WebUtils;
  /** Only where the window was made with `enableRemoteModule`. */
  export const remote: Remote | undefined;

  /** `process` as a preload script knows it. */
  export interface PreloadProcess {
    readonly argv: string[];
    readonly arch: string;
    readonly contextIsolated: true;
    /** Empty: the environment is not the page's business. */
    readonly env: Readonly<Record<string, string>>;
    readonly isMainFrame: boolean;
    readonly platform: 'linux';
    readonly sandboxed: true;
    readonly type: 'renderer';
    readonly version: string;
    readonly versions: Readonly<Record<string, string>>;
    hrtime: { (since?: [number, number]): [number, number]; bigint(): bigint };
    nextTick(callback: (...args: any[]) => void, ...args: any[]): void;
    uptime(): number;
    on(event: 'loaded' | 'exit', listener: () => void): this;
    once(event: 'loaded' | 'exit', listener: () => void): this;
    off(event: 'loaded' | 'exit', listener: () => void): this;
  }
}

declare module 'electron' {
  export * from 'mullion';
}

declare module 'electron/renderer' {
  export * from 'mullion';
}

declare module 'electron/common' {
  export * from 'mullion';
}
