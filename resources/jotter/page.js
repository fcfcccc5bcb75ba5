// SPDX-License-Identifier: LGPL-2.1-or-later
// A whole app without C and without a preload script: package.json names what of the desktop it may
// use, and window.desktop has it.
const { clipboard, dialog, nativeTheme, print, shell, window: frame } = window.desktop;

const text = document.getElementById('text');
const status = document.getElementById('status');
let saved = null;

function tell(message, kind = 'ok') {
  status.textContent = message;
  status.dataset.kind = kind;
}

/** Ties a button to what it does; what goes wrong is said in the words that came. */
function press(id, action) {
  document.getElementById(id).addEventListener('click', async () => {
    try {
      await action();
    } catch (error) {
      tell(error.message.replace(/^Error invoking remote method '[^']*': Error: /, ''), 'error');
    }
  });
}

press('save', async () => {
  const { canceled, filePath } = await dialog.showSaveDialog({
    defaultPath: 'note.pdf', filters: [{ name: 'PDF', extensions: ['pdf'] }],
  });
  if (canceled) {
    tell('Not saved');
    return;
  }
  await print.savePDF(filePath, { pageSize: 'A5' });
  saved = filePath;
  await frame.setTitle(filePath.split('/').at(-1));
  tell(`Saved as ${filePath}`);
});

press('show', async () => {
  await shell.showItemInFolder(saved ?? '/nothing/saved');
  tell('It is in the file manager');
});

press('copy', async () => {
  await clipboard.writeText(text.value);
  tell('Copied');
});

press('theme', async () => {
  const { shouldUseDarkColors } = await nativeTheme.getState();
  await nativeTheme.setThemeSource(shouldUseDarkColors ? 'light' : 'dark');
});

press('forget', async () => {
  const { response } = await dialog.showMessageBox({
    type: 'question', message: 'Clear the note?', buttons: ['Keep it', 'Clear'], cancelId: 0,
  });
  if (response === 1) {
    text.value = '';
    tell('Cleared');
  }
});

await nativeTheme.on('updated', async () => {
  const { shouldUseDarkColors } = await nativeTheme.getState();
  tell(shouldUseDarkColors ? 'Dark' : 'Light');
});
document.documentElement.dataset.ready = '';
