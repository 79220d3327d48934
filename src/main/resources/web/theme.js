// Light or dark: as the system has it, until someone chooses.
const THEMES = ['auto', 'light', 'dark'];

/** @returns {string} auto, light or dark */
export function theme() {
  return document.documentElement.dataset.theme ?? 'auto';
}

/** Chooses the next of them, also for the next time. */
export function nextTheme() {
  const next = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length];
  choose(next);
  try {
    localStorage.setItem('theme', next);
  } catch {
    // A browser that keeps nothing keeps no theme.
  }
}

/** @param {string | null} name */
function choose(name) {
  if (name === 'light' || name === 'dark') {
    document.documentElement.dataset.theme = name;
  } else {
    delete document.documentElement.dataset.theme;
  }
}

try {
  choose(localStorage.getItem('theme'));
} catch {
  choose('auto');
}
