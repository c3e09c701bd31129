#!/bin/sh
# Finds an installed browser, or else installs Playwright's Chromium, or else Debian's chromium package with fonts for
# emoji, CJK and Romanian. Usage: tools/browser.sh VENV_BIN
set -u
bin=$1

found() { "$bin/troubleshooter" doctor 2>/dev/null | grep -q '^ok   browser'; }

if found; then exit 0; fi

echo 'No browser that starts was found; trying to install Chromium …' >&2
if "$bin/playwright" install chromium >/dev/null 2>&1; then
  if found; then exit 0; fi
  # The browser was downloaded, but a system library is missing.
  "$bin/playwright" install-deps chromium >/dev/null 2>&1
  if found; then exit 0; fi
fi

if command -v apt-get >/dev/null 2>&1; then
  run=''
  if [ "$(id -u)" -ne 0 ]; then run='sudo -n'; fi
  if $run apt-get update -qq >/dev/null 2>&1 &&
    DEBIAN_FRONTEND=noninteractive $run apt-get install -y -qq --no-install-recommends \
      chromium fonts-dejavu-core fonts-noto-cjk fonts-noto-color-emoji >/dev/null 2>&1; then
    if found; then exit 0; fi
  fi
fi

echo 'No browser could be installed. Install Google Chrome, Microsoft Edge or Chromium, then run make again.' >&2
exit 1
