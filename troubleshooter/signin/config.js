// The page's configuration and id; inserted into the functions that need them.
// Both names are in use, as a property of the window or as a name of the page's own.
const config = {};
for (const found of [
  typeof ServerData === 'undefined' ? null : ServerData, typeof $Config === 'undefined' ? null : $Config,
]) if (found && typeof found === 'object') Object.assign(config, found);
const meta = document.querySelector('meta[name="PageID" i]');
const page = String((meta && meta.content) || config.pgid || '').trim();
