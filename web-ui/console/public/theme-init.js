// Before the first paint, so that a dark page never flashes white. A file of its own: the policy allows no inline script.
(function () {
  let choice = 'system';
  let contrast = false;
  try {
    choice = localStorage.getItem('weft.theme') || 'system';
    contrast = localStorage.getItem('weft.contrast') === 'high';
  } catch {
    // storage may be off; the system's choice is good then
  }
  const dark = choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.classList.toggle('pf-v6-theme-dark', dark);
  document.documentElement.classList.toggle('pf-v6-theme-high-contrast', contrast || matchMedia('(prefers-contrast: more)').matches);
})();
