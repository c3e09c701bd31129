// Finds what puts a registration off where no known id stands for it; inserted into the functions that need it.
// By the names that its authors gave it, else by its words, else as all that is left: of each kind there must be one.
const registering = location.hostname === 'mysignins.microsoft.com' || [...document.querySelectorAll(at.proof_up)].some(visible)
  || 'iRemainingDaysToSkipMfaRegistration' in config || Boolean(config.urlSkipMfaRegistration)
  || /proofup|regist|campaign/i.test(page);
// A page of this kind is small; to look at every link of a home page would take time: the first tells that there are some.
const small = document.getElementsByTagName('*').length < 800;
const selectable = [...document.querySelectorAll(at.option)];
const choices = small ? selectable.filter(usable) : [];
const options = small ? choices.length : Number(selectable.some(usable));
const SKIPS = new RegExp([
  'skip\\b', 'not now', 'ask (me )?later', '\\blater\\b', 'überspringen', 'später', 'nicht jetzt', 'jetzt nicht', 'ignorer',
  'passer', 'plus tard', 'pas maintenant', 'omitir', 'más tarde', 'ahora no', 'ignora', 'salta', 'più tardi', 'non ora',
  'ignorar', 'pular', 'mais tarde', 'agora não', 'overslaan', 'niet nu', 'omite', 'mai târziu', 'nu acum', 'ignoră',
  '(?<!\\p{L})s[aă]ri(?:[tțţ]i)?(?!\\p{L})', 'pomiń', 'później', 'nie teraz', 'スキップ', '後で', '跳过', '跳過', '稍后', '稍後', '건너뛰기', '나중에', 'пропустить', 'позже', 'не сейчас',
  'пропустити', 'пізніше', 'تخطي', 'لاحق', 'ليس الآن', 'atla', 'daha sonra', 'hoppa över', 'senare', 'spring over',
  'senere', 'hopp over', 'ohita', 'myöhemmin', 'přeskočit', 'později', 'kihagy', 'később', 'παράλειψη', 'αργότερα', 'דלג',
].join('|'), 'iu');
const skipping = () => {
  const days = config.iRemainingDaysToSkipMfaRegistration;
  if (days !== undefined && Number(days) === 0) return { how: '', element: null };
  // A link to another part of this page is for keyboards: "Skip to main content".
  const within = (e) => /^#./.test(e.getAttribute('href') || '') && document.querySelector(`#${CSS.escape(e.getAttribute('href').slice(1))}`);
  const able = choices.filter((e) => !within(e) && !e.closest(at.footer) && !choices.some((o) => o !== e && o.contains(e)));
  const words = (e) => (e.value || e.innerText || e.getAttribute('aria-label') || '').trim();
  const names = (e) => ['id', 'name', 'data-testid', 'data-bind', 'data-report-event', 'data-automation-id', 'href', 'formaction']
    .map((name) => e.getAttribute(name) || '').join(' ');
  const main = (e) => e.matches(`${at.primary}, ${at.proof_up}, ${at.back}, [type="submit"], .primary, .ms-Button--primary`);
  const kinds = {
    name: able.filter((e) => /skip|ask_?-?later|not_?-?now|snooze|remind_?-?(me)?_?-?later/i.test(names(e))),
    words: able.filter((e) => words(e).length <= 60 && SKIPS.test(words(e))),
    structure: !registering ? [] : location.hostname === 'mysignins.microsoft.com' ? able.filter((e) => e.matches('.ms-Link'))
      : able.filter((e) => !main(e) && !e.matches(`${at.proof_up_other}, a:not([role="button"])`)),
  };
  for (const [how, found] of Object.entries(kinds)) {
    if (found.length === 1) return { how, element: found[0] };
    if (found.length) return { how: '', element: null };
  }
  return { how: '', element: null };
};
