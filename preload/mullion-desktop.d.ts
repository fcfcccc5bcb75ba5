// SPDX-License-Identifier: LGPL-2.1-or-later

// Types of `require('mullion/desktop')`: the native desktop for pages, without a line of C. With
// "preload": "mullion/desktop" in the manifest, the page has it as `window.desktop`.
//
// Every function returns a promise. It rejects with a GError (see mullion.d.ts) whose domain is
// `mullion-error-quark`: with code 3 when the manifest does not name the capability, which is then
// `error.details.capability`; with code 9 when this desktop lacks a service. Arguments of the wrong
// shape are a plain Error that says where, and what was expected.

declare module 'mullion/desktop' {
  /** Ends what `on` began. */
  export type StopListening = () => Promise<void>;

  export interface FileFilter {
    name: string;
    /** Such as `txt`, or `*`. */
    extensions: string[];
  }

  export interface OpenDialogOptions {
    title?: string;
    defaultPath?: string;
    buttonLabel?: string;
    filters?: FileFilter[];
    properties?: ('openFile' | 'openDirectory' | 'multiSelections')[];
  }

  export interface SaveDialogOptions {
    title?: string;
    defaultPath?: string;
    buttonLabel?: string;
    filters?: FileFilter[];
  }

  export interface MessageBoxOptions {
    type?: 'none' | 'info' | 'error' | 'question' | 'warning';
    title?: string;
    message: string;
    detail?: string;
    buttons?: string[];
    defaultId?: number;
    cancelId?: number;
    checkboxLabel?: string;
    checkboxChecked?: boolean;
  }

  /** Native dialogs, modal to the window of the page. A page has one at a time. */
  export interface Dialog {
    /** The files that the user chose can be named to `shell` and to the text files of this run. */
    showOpenDialog(options?: OpenDialogOptions): Promise<{ canceled: boolean; filePaths: string[] }>;
    /** `filePath` is empty when the user closed it. */
    showSaveDialog(options?: SaveDialogOptions): Promise<{ canceled: boolean; filePath: string }>;
    /** `response` is the index of the button. */
    showMessageBox(
      options: MessageBoxOptions,
    ): Promise<{ response: number; checkboxChecked: boolean }>;
    /** Resolves when the user has closed it. */
    showErrorBox(title: string, content: string): Promise<void>;
  }

  /** What is selected, which the middle button pastes, or what was copied: the default. */
  export type ClipboardType = 'clipboard' | 'selection';

  /** `{ "read": true }` and `{ "write": true }` as the capability allow one of the two. */
  export interface Clipboard {
    /** Empty where there is no text. */
    readText(type?: ClipboardType): Promise<string>;
    /** The HTML of another program: clean it before the page shows it. */
    readHTML(type?: ClipboardType): Promise<string>;
    writeText(text: string, type?: ClipboardType): Promise<void>;
    writeHTML(markup: string, type?: ClipboardType): Promise<void>;
    /** One thing in two forms. */
    write(data: { text?: string; html?: string }, type?: ClipboardType): Promise<void>;
    clear(type?: ClipboardType): Promise<void>;
    /** MIME types. */
    availableFormats(type?: ClipboardType): Promise<string[]>;
  }

  export interface NotificationOptions {
    title?: string;
    body?: string;
    /** A file of the app, or an icon of the theme by its name. */
    icon?: string;
    silent?: boolean;
    urgency?: 'normal' | 'critical' | 'low';
    timeoutType?: 'default' | 'never';
    actions?: { type: 'button'; text: string }[];
  }

  /** The desktop's notifications. Eight stand at a time. */
  export interface Notification {
    isSupported(): Promise<boolean>;
    /** Resolves with its number once the desktop shows it. */
    show(options: NotificationOptions): Promise<number>;
    /** One that is gone is no mistake. */
    close(id: number): Promise<void>;
    /** What becomes of those that this page showed. */
    on(event: 'click', listener: (id: number) => void): Promise<StopListening>;
    on(event: 'action', listener: (id: number, index: number) => void): Promise<StopListening>;
    on(event: 'close', listener: (id: number, reason: string) => void): Promise<StopListening>;
  }

  /**
   * Other programs. `{ "schemes": ["https", "mailto"] }` as the capability says which links are
   * opened; `https` alone is without. Files are those that the user chose in a dialog of this run.
   */
  export interface Shell {
    openExternal(url: string): Promise<void>;
    openPath(path: string): Promise<void>;
    showItemInFolder(path: string): Promise<void>;
    trashItem(path: string): Promise<void>;
    beep(): Promise<void>;
  }

  export const clipboard: Clipboard;
  export const dialog: Dialog;
  export const notification: Notification;
  export const shell: Shell;
}

interface Window {
  /** Where the manifest has `"preload": "mullion/desktop"`. */
  readonly desktop?: typeof import('mullion/desktop');
}
