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
    /** A file of the app, or an icon of the theme by its name. */
    icon?: string;
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

  /** Pictures are the bytes of PNG files. `{ "read": true }` and `{ "write": true }` as the capability allow one of the two. */
  export interface Clipboard {
    /** Empty where there is no text. */
    readText(type?: ClipboardType): Promise<string>;
    /** The HTML of another program: clean it before the page shows it. */
    readHTML(type?: ClipboardType): Promise<string>;
    /** Null where there is none. */
    readImage(type?: ClipboardType): Promise<Uint8Array | null>;
    writeText(text: string, type?: ClipboardType): Promise<void>;
    writeHTML(markup: string, type?: ClipboardType): Promise<void>;
    writeImage(png: Uint8Array, type?: ClipboardType): Promise<void>;
    /** One thing in two forms. */
    write(data: { text?: string; html?: string }, type?: ClipboardType): Promise<void>;
    clear(type?: ClipboardType): Promise<void>;
    /** MIME types. */
    availableFormats(type?: ClipboardType): Promise<string[]>;
    /** Whether there is something of that MIME type. */
    has(format: string, type?: ClipboardType): Promise<boolean>;
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
    /** A field for a reply, on desktops that have one: see `isReplySupported`. */
    hasReply?: boolean;
    replyPlaceholder?: string;
  }

  /** The desktop's notifications. Eight stand at a time. */
  export interface Notification {
    isSupported(): Promise<boolean>;
    /** Whether the user can write a reply: KDE's desktop lets them. */
    isReplySupported(): Promise<boolean>;
    /** Resolves with its number once the desktop shows it. */
    show(options: NotificationOptions): Promise<number>;
    /** One that is gone is no mistake. */
    close(id: number): Promise<void>;
    /** What becomes of those that this page showed. */
    on(event: 'click', listener: (id: number) => void): Promise<StopListening>;
    on(event: 'action', listener: (id: number, index: number) => void): Promise<StopListening>;
    on(event: 'reply', listener: (id: number, reply: string) => void): Promise<StopListening>;
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

  export type PathName =
    | 'home' | 'appData' | 'userData' | 'sessionData' | 'cache' | 'logs' | 'temp' | 'exe'
    | 'desktop' | 'documents' | 'downloads' | 'music' | 'pictures' | 'videos';

  export interface AboutPanelOptions {
    applicationName?: string;
    applicationVersion?: string;
    copyright?: string;
    website?: string;
    authors?: string[];
    /** A picture of the app. */
    iconPath?: string;
  }

  /**
   * The app itself. `{ "paths": ["documents"], "protocols": ["notes"] }` as the capability lists what
   * `getPath` tells, and the schemes of links that the app may take.
   */
  export interface App {
    getName(): Promise<string>;
    getVersion(): Promise<string>;
    /** Such as `de-AT`. */
    getLocale(): Promise<string>;
    /** Such as `AT`; empty where the locale names none. */
    getLocaleCountryCode(): Promise<string>;
    getPreferredSystemLanguages(): Promise<string[]>;
    getPath(name: PathName): Promise<string>;
    /** On the icon of the app, on desktops that show it; 0 is none. */
    setBadgeCount(count: number): Promise<void>;
    getBadgeCount(): Promise<number>;
    /** The same, from 0 to 1, or less than 0 for none. */
    setProgress(progress: number): Promise<void>;
    /** A file that the user chose. */
    addRecentDocument(path: string): Promise<void>;
    /** Those of this app. */
    getRecentDocuments(): Promise<string[]>;
    clearRecentDocuments(): Promise<void>;
    /** The bytes of a PNG file of 16, 32 or 48 pixels; `normal` is 32. A file that the user chose. */
    getFileIcon(
      path: string,
      options?: { size?: 'small' | 'normal' | 'large' },
    ): Promise<Uint8Array>;
    setAboutPanelOptions(options: AboutPanelOptions): Promise<void>;
    showAboutPanel(): Promise<void>;
    isDefaultProtocolClient(protocol: string): Promise<boolean>;
    /** Rejects where the app's desktop file is not installed. */
    setAsDefaultProtocolClient(protocol: string): Promise<void>;
    getLoginItemSettings(): Promise<{ openAtLogin: boolean }>;
    /** Rejects where the desktop or the user does not let an app in a sandbox do so. */
    setLoginItemSettings(settings: { openAtLogin: boolean }): Promise<void>;
    /** Once more, when this run has ended: `quit` ends it. */
    relaunch(): Promise<void>;
    quit(): Promise<void>;
    /** The user opens it with the app; who listens late hears of it then. */
    on(event: 'open-file', listener: (path: string) => void): Promise<StopListening>;
    on(event: 'open-url', listener: (url: string) => void): Promise<StopListening>;
    /** It was started once more; that start has ended, and the window is in front. */
    on(
      event: 'second-instance',
      listener: (argv: string[], workingDirectory: string) => void,
    ): Promise<StopListening>;
  }

  /** A picture of this page, and of all frames in it. */
  export interface Capture {
    /** The bytes of a PNG file: of what is visible, or of a part in pixels of CSS. */
    capturePage(area?: Rectangle): Promise<Uint8Array>;
  }

  /** A rule in WebKit's JSON for content blockers, which has more members than these. */
  export interface ContentRule {
    trigger: {
      /** A regular expression for the address. */
      'url-filter': string;
      'resource-type'?: string[];
      'load-type'?: ('first-party' | 'third-party')[];
      'if-domain'?: string[];
      'unless-domain'?: string[];
      [member: string]: any;
    };
    action: {
      type: 'block' | 'block-cookies' | 'css-display-none' | 'make-https' | 'ignore-previous-rules';
      /** What `css-display-none` does not show. */
      selector?: string;
      [member: string]: any;
    };
  }

  /** What the pages of this session shall not load, or not show, until the app ends. */
  export interface ContentFilters {
    /** Resolves when WebKit has the rules; another filter of the name is replaced. 16 at a time. */
    add(name: string, rules: ContentRule[]): Promise<void>;
    /** One that is gone is no mistake. */
    remove(name: string): Promise<void>;
  }

  /** What becomes of a file that this document downloads. */
  export interface Download {
    id: number;
    url: string;
    /** As the file is saved. */
    filename: string;
    /** Empty when the server did not say. */
    mimeType: string;
    state: 'progressing' | 'completed' | 'cancelled' | 'interrupted';
    receivedBytes: number;
    /** 0 when the server did not say. */
    totalBytes: number;
  }

  /**
   * Files that this document downloads. The manifest's `downloads` says which may come, and where they
   * go; without it every one is refused.
   */
  export interface Downloads {
    /** An address of `https:` or `http:`. */
    downloadURL(url: string): Promise<void>;
    /** While it runs; nothing of the file is left. */
    cancel(id: number): Promise<void>;
    /** `updated` comes ten times a second at most; of a download that is refused only `done` comes. */
    on(
      event: 'started' | 'updated' | 'done',
      listener: (download: Download) => void,
    ): Promise<StopListening>;
  }

  export interface DragItem {
    /**
     * Files that the user chose, or by a relative path those that pages of this app wrote with
     * `text-files`.
     */
    files: string[];
    /** A picture of the app, or an icon of the theme by its name; by the first file's type without. */
    icon?: string;
  }

  /** Files that the user drags out of the page, to another program. */
  export interface Drag {
    /**
     * To be called while the page hears `dragstart`, which it prevents. Rejects unless the user holds
     * the first button down in the page. What is dropped is copied or linked.
     */
    startDrag(item: DragItem): Promise<void>;
  }

  export interface FindOptions {
    forward?: boolean;
    /** Begins anew, instead of going on from the match that is shown. */
    findNext?: boolean;
    matchCase?: boolean;
  }

  /** Find in this page. */
  export interface Find {
    /** Resolves when the page was searched; 0 matches is no error. */
    findInPage(text: string, options?: FindOptions): Promise<{ matches: number }>;
    stopFindInPage(action: 'clearSelection' | 'keepSelection'): Promise<void>;
  }

  /** Keys that reach the app wherever the focus is; they begin with a modifier other than Shift. */
  export interface GlobalShortcut {
    /** Rejects when another program has the key, or this desktop has no such shortcuts. */
    register(accelerator: string): Promise<void>;
    unregister(accelerator: string): Promise<void>;
    unregisterAll(): Promise<void>;
    isRegistered(accelerator: string): Promise<boolean>;
    on(event: 'pressed', listener: (accelerator: string) => void): Promise<StopListening>;
  }

  /** Electron's template; what is clicked is told by its id. */
  export interface MenuItemTemplate {
    id?: string;
    label?: string;
    type?: 'normal' | 'separator' | 'submenu' | 'checkbox' | 'radio';
    role?: string;
    accelerator?: string;
    enabled?: boolean;
    visible?: boolean;
    checked?: boolean;
    submenu?: MenuItemTemplate[];
  }

  /** An item of the menu bar, as it is. */
  export interface MenuItemState {
    id: string;
    label: string;
    type: 'normal' | 'submenu' | 'checkbox' | 'radio';
    role: string | null;
    accelerator: string | null;
    enabled: boolean;
    visible: boolean;
    checked: boolean;
  }

  export interface Menu {
    /** The menu bar of the windows; null takes it away. */
    setApplicationMenu(template: MenuItemTemplate[] | null): Promise<void>;
    /** Chooses an item of the menu bar, as the user does. One with a role is for the user alone. */
    activate(id: string): Promise<void>;
    getItem(id: string): Promise<MenuItemState>;
    /** What is left out stays as it is. Resolves with what the item is then. */
    setItem(
      id: string,
      changes: { label?: string; enabled?: boolean; visible?: boolean; checked?: boolean },
    ): Promise<MenuItemState>;
    /** At the pointer without a position. Resolves with the id of what was chosen, or null. */
    popup(
      template: MenuItemTemplate[],
      position?: { x: number; y: number },
    ): Promise<string | null>;
    on(
      event: 'click',
      listener: (id: string | null, checked: boolean) => void,
    ): Promise<StopListening>;
    /** An item of the menu bar is not as it was, by the user's hand or a page's; once a turn. */
    on(event: 'changed', listener: (item: MenuItemState) => void): Promise<StopListening>;
  }

  export interface NativeThemeState {
    themeSource: 'system' | 'light' | 'dark';
    shouldUseDarkColors: boolean;
    shouldUseHighContrastColors: boolean;
    /** Red, green, blue and alpha as `rrggbbaa`; null where the desktop has none. */
    accentColor: string | null;
  }

  /** Light and dark; `prefers-color-scheme` in pages follows. */
  export interface NativeTheme {
    getState(): Promise<NativeThemeState>;
    setThemeSource(source: 'system' | 'light' | 'dark'): Promise<void>;
    on(event: 'updated', listener: () => void): Promise<StopListening>;
  }

  export type PowerEvent =
    | 'suspend' | 'resume' | 'shutdown' | 'lock-screen' | 'unlock-screen' | 'on-ac' | 'on-battery';

  export interface PowerMonitor {
    isOnBatteryPower(): Promise<boolean>;
    /** Idle from that many seconds without a touch; `unknown` where the desktop does not tell. */
    getSystemIdleState(
      idleThreshold: number,
    ): Promise<'active' | 'idle' | 'locked' | 'unknown'>;
    /** In seconds. */
    getSystemIdleTime(): Promise<number>;
    on(event: PowerEvent, listener: () => void): Promise<StopListening>;
  }

  /** Eight at a time; all end with the app. */
  export interface PowerSaveBlocker {
    /** Resolves with its number. */
    start(type: 'prevent-app-suspension' | 'prevent-display-sleep'): Promise<number>;
    /** Whether there was one. */
    stop(id: number): Promise<boolean>;
    isStarted(id: number): Promise<boolean>;
  }

  export interface PrinterInfo {
    name: string;
    displayName: string;
    description: string;
    isDefault?: boolean;
    [member: string]: any;
  }

  /**
   * This page on paper, or as a document. The options are Electron's of `print` and `printToPDF`.
   * `{ "silent": true }` as the capability allows to print without a dialog.
   */
  export interface Print {
    /** Rejects when the user does not want to. */
    print(options?: { silent?: boolean; filePath?: string; [member: string]: any }): Promise<void>;
    getPrinters(): Promise<PrinterInfo[]>;
    printToPDF(options?: object): Promise<Uint8Array>;
    /** Into a file that the user chose, by `dialog.showSaveDialog`. */
    savePDF(path: string, options?: object): Promise<void>;
  }

  /** Texts that only this app can read: the key is in the user's keyring. */
  export interface SafeStorage {
    encryptString(text: string): Promise<Uint8Array>;
    decryptString(encrypted: Uint8Array): Promise<string>;
    /** Whether a keyring is there and answers; one that is locked is there. */
    isEncryptionAvailable(): Promise<boolean>;
    /** `unknown` where no keyring answers: then nothing can be encrypted. */
    getSelectedStorageBackend(): Promise<'gnome_libsecret' | 'unknown'>;
  }

  export interface Rectangle {
    x: number;
    y: number;
    width: number;
    height: number;
  }

  /** A monitor; Electron's `Display` has the members. */
  export interface Display {
    id: number;
    label: string;
    bounds: Rectangle;
    workArea: Rectangle;
    scaleFactor: number;
    [member: string]: any;
  }

  export interface Screen {
    getAllDisplays(): Promise<Display[]>;
    getPrimaryDisplay(): Promise<Display>;
    getDisplayMatching(area: Rectangle): Promise<Display>;
    getDisplayNearestPoint(point: { x: number; y: number }): Promise<Display>;
    /** Rejects on Wayland, where nobody knows. */
    getCursorScreenPoint(): Promise<{ x: number; y: number }>;
    on(
      event: 'display-added' | 'display-removed',
      listener: (display: Display) => void,
    ): Promise<StopListening>;
    on(
      event: 'display-metrics-changed',
      listener: (display: Display, changed: string[]) => void,
    ): Promise<StopListening>;
  }

  export interface Cookie {
    name: string;
    value: string;
    domain?: string;
    path?: string;
    secure?: boolean;
    httpOnly?: boolean;
    session?: boolean;
    expirationDate?: number;
    sameSite?: string;
    [member: string]: any;
  }

  /** Why a cookie came or went. */
  export type CookieChange = 'explicit' | 'overwrite' | 'expired';

  /**
   * What the session of this page keeps, of all origins, and how it speaks to servers.
   * `{ "cookies": true }`, `{ "storage": true }`, `{ "network": true }` and `{ "spelling": true }` as
   * the capability allow a part.
   */
  export interface Session {
    /** The filter is Electron's of `cookies.get`. */
    getCookies(filter?: object): Promise<Cookie[]>;
    /** The details are Electron's of `cookies.set`. */
    setCookie(details: { url: string; name?: string; value?: string; [member: string]: any }): Promise<void>;
    removeCookie(url: string, name: string): Promise<void>;
    /** Once they are on the disk. */
    flushCookies(): Promise<void>;
    /** The options are Electron's of `clearStorageData`. */
    clearStorageData(options?: object): Promise<void>;
    clearCache(): Promise<void>;
    /** The configuration is Electron's of `setProxy`. */
    setProxy(config: object): Promise<void>;
    /** Empty for WebKit's own. */
    getUserAgent(): Promise<string>;
    setUserAgent(userAgent: string): Promise<void>;
    /** Whether misspelled words are marked, in all of the app. */
    isSpellCheckerEnabled(): Promise<boolean>;
    setSpellCheckerEnabled(enable: boolean): Promise<void>;
    /** Those in use, such as `en_GB`. */
    getSpellCheckerLanguages(): Promise<string[]>;
    /** Rejects when the machine has no dictionary of one of them; the others are in use even so. */
    setSpellCheckerLanguages(languages: string[]): Promise<void>;
    /** A cookie came, or went if `removed` is set. One that is written over goes and then comes. */
    on(event: 'changed',
      listener: (cookie: Cookie, cause: CookieChange, removed: boolean) => void):
      Promise<StopListening>;
  }

  export interface TrayOptions {
    /** A file of the app, or an icon of the theme by its name. */
    image: string;
    toolTip?: string;
    title?: string;
    /** Asks the tray to draw the user's eye to it. */
    needsAttention?: boolean;
    menu?: MenuItemTemplate[];
  }

  /** The icon of the app in the tray. */
  export interface Tray {
    /** Shown again, it is changed; what is left out stays. */
    show(options: TrayOptions): Promise<void>;
    hide(): Promise<void>;
    on(
      event: 'click' | 'middle-click' | 'right-click',
      listener: (x: number, y: number) => void,
    ): Promise<StopListening>;
    /** How far the wheel was turned above it, in steps of the tray's own. */
    on(
      event: 'scroll',
      listener: (delta: number, orientation: 'vertical' | 'horizontal') => void,
    ): Promise<StopListening>;
    on(
      event: 'menu-click',
      listener: (id: string | null, checked: boolean) => void,
    ): Promise<StopListening>;
    /** This desktop has no tray. */
    on(event: 'failed', listener: (message: string) => void): Promise<StopListening>;
  }

  export interface ViewState {
    /** Of the page that is shown, or that comes. */
    url: string;
    /** Empty where the page has none. */
    title: string;
    canGoBack: boolean;
    canGoForward: boolean;
    isLoading: boolean;
  }

  /**
   * Further pages in the window of this page, above it. They are of this document and end with it.
   * `{ "origins": ["https://example.org"], "max": 4 }` as the capability lists the origins that they
   * may show beside the app's own, and how many there are at a time, 8 without.
   */
  export interface Views {
    /**
     * Resolves with its number once it is there; its page loads then. An address may be relative to
     * this page. Bounds are in logical pixels of the window's page, beyond which nothing is seen.
     */
    create(options: { url: string; bounds: Rectangle }): Promise<number>;
    close(id: number): Promise<void>;
    setBounds(id: number, bounds: Rectangle): Promise<void>;
    getBounds(id: number): Promise<Rectangle>;
    setVisible(id: number, visible: boolean): Promise<void>;
    loadURL(id: number, url: string): Promise<void>;
    reload(id: number): Promise<void>;
    goBack(id: number): Promise<void>;
    goForward(id: number): Promise<void>;
    stop(id: number): Promise<void>;
    getState(id: number): Promise<ViewState>;
    on(event: 'navigated', listener: (id: number, url: string) => void): Promise<StopListening>;
    on(event: 'title', listener: (id: number, title: string) => void): Promise<StopListening>;
    on(event: 'loading', listener: (id: number, isLoading: boolean) => void): Promise<StopListening>;
    /** With Chromium's number and name of the reason, as Electron gives them. */
    on(
      event: 'failed',
      listener: (id: number, code: number, description: string, url: string) => void,
    ): Promise<StopListening>;
    /** Its web process is gone: `crashed`, `killed` or `oom`. */
    on(event: 'gone', listener: (id: number, reason: string) => void): Promise<StopListening>;
    on(event: 'closed', listener: (id: number) => void): Promise<StopListening>;
  }

  export type WindowEvent =
    | 'blur' | 'enter-full-screen' | 'focus' | 'leave-full-screen' | 'maximize' | 'minimize'
    | 'move' | 'moved' | 'resize' | 'resized' | 'restore' | 'unmaximize';

  export interface WindowBounds {
    x: number;
    y: number;
    width: number;
    height: number;
  }

  /** The window of this page. Lengths are in logical pixels. */
  export interface Window {
    /** Asks the page, whose `beforeunload` may keep the window. */
    close(): Promise<void>;
    /** Asks nobody. */
    destroy(): Promise<void>;
    focus(): Promise<void>;
    hide(): Promise<void>;
    show(): Promise<void>;
    /** Without the focus, where the desktop lets it. */
    showInactive(): Promise<void>;
    minimize(): Promise<void>;
    maximize(): Promise<void>;
    unmaximize(): Promise<void>;
    restore(): Promise<void>;
    isFocused(): Promise<boolean>;
    isFullScreen(): Promise<boolean>;
    isMaximized(): Promise<boolean>;
    /** Compositors of Wayland do not say so. */
    isMinimized(): Promise<boolean>;
    /** Neither maximized nor minimized nor in full screen. */
    isNormal(): Promise<boolean>;
    isVisible(): Promise<boolean>;
    setFullScreen(fullScreen: boolean): Promise<void>;
    isKiosk(): Promise<boolean>;
    /** Full screen, without buttons to leave it by. */
    setKiosk(kiosk: boolean): Promise<void>;
    isResizable(): Promise<boolean>;
    setResizable(resizable: boolean): Promise<void>;
    /** The pointer goes through the window to what is below it. */
    setIgnoreMouseEvents(ignore: boolean): Promise<void>;
    isAlwaysOnTop(): Promise<boolean>;
    /** These six reject on Wayland, which leaves it to the compositor. */
    setAlwaysOnTop(alwaysOnTop: boolean): Promise<void>;
    setVisibleOnAllWorkspaces(visible: boolean): Promise<void>;
    setSkipTaskbar(skip: boolean): Promise<void>;
    /** Calls for the user, until the window has the focus. */
    flashFrame(flash: boolean): Promise<void>;
    /** Above the other windows, without the focus. */
    moveTop(): Promise<void>;
    /** From 0 to 1, where the desktop composes its windows. */
    setOpacity(opacity: number): Promise<void>;
    getOpacity(): Promise<number>;
    isVisibleOnAllWorkspaces(): Promise<boolean>;
    isMenuBarVisible(): Promise<boolean>;
    setMenuBarVisibility(visible: boolean): Promise<void>;
    /** What is seen while the page has painted nothing; as CSS writes it. */
    setBackgroundColor(color: string): Promise<void>;
    getTitle(): Promise<string>;
    setTitle(title: string): Promise<void>;
    /** Width and height. */
    getSize(): Promise<[number, number]>;
    setSize(width: number, height: number): Promise<void>;
    /** Width and height; 0 is no limit. */
    getMinimumSize(): Promise<[number, number]>;
    setMinimumSize(width: number, height: number): Promise<void>;
    getMaximumSize(): Promise<[number, number]>;
    setMaximumSize(width: number, height: number): Promise<void>;
    /** On Wayland `x` and `y` are 0. */
    getBounds(): Promise<WindowBounds>;
    /** On Wayland it resizes the window, and rejects as it cannot move it. */
    setBounds(bounds: WindowBounds): Promise<void>;
    /** The same of the page alone. */
    getContentBounds(): Promise<WindowBounds>;
    setContentBounds(bounds: WindowBounds): Promise<void>;
    /** To which a maximized window goes back. */
    getNormalBounds(): Promise<WindowBounds>;
    /** These three reject on Wayland, where the compositor decides. */
    getPosition(): Promise<[number, number]>;
    setPosition(x: number, y: number): Promise<void>;
    center(): Promise<void>;
    /** Of this window. */
    on(event: WindowEvent, listener: () => void): Promise<StopListening>;
  }

  export interface WindowInfo {
    id: number;
    title: string;
    /** Of the page that asks. */
    isOwn: boolean;
    isFocused: boolean;
    isVisible: boolean;
  }

  /** All windows of the app. `window.open()` opens one, as the manifest's `windows` allows. */
  export interface Windows {
    /** The oldest first. */
    getAllWindows(): Promise<WindowInfo[]>;
    /** Brings it to the front. */
    focus(id: number): Promise<void>;
    /** Asks its page first, as the close button does. */
    close(id: number): Promise<void>;
    on(event: 'created' | 'closed', listener: (id: number) => void): Promise<StopListening>;
  }

  /** 1 is the natural size. */
  export interface Zoom {
    getZoomFactor(): Promise<number>;
    /** From 0.25 to 5. */
    setZoomFactor(factor: number): Promise<void>;
    /** 0 is the natural size; each step is a fifth more. */
    getZoomLevel(): Promise<number>;
    setZoomLevel(level: number): Promise<void>;
  }

  /** The same as of `mullion`: what the app's C, or its manifest, shares. */
  export { actions } from 'mullion';
  export const app: App;
  export const capture: Capture;
  export const clipboard: Clipboard;
  export const contentFilters: ContentFilters;
  export const dialog: Dialog;
  export const downloads: Downloads;
  export const drag: Drag;
  export const find: Find;
  export const globalShortcut: GlobalShortcut;
  export const menu: Menu;
  export const nativeTheme: NativeTheme;
  export const notification: Notification;
  export const powerMonitor: PowerMonitor;
  export const powerSaveBlocker: PowerSaveBlocker;
  export const print: Print;
  export const safeStorage: SafeStorage;
  export const screen: Screen;
  export const session: Session;
  export const shell: Shell;
  export const tray: Tray;
  export const views: Views;
  export const window: Window;
  export const windows: Windows;
  export const zoom: Zoom;
}

interface Window {
  /** Where the manifest has `"preload": "mullion/desktop"`. */
  readonly desktop?: typeof import('mullion/desktop');
}
