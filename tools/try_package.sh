#!/bin/sh
# Install the Debian package that `make package` made, let it work, remove it, and look for anything left. As root.
set -eu
deb=$(ls -t dist/casefile_*.deb | head -n 1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export HOME="$work/home" XDG_RUNTIME_DIR="$work" QT_QPA_PLATFORM=offscreen DEBIAN_FRONTEND=noninteractive
mkdir -p "$HOME"
here=$(pwd)
apt-get install -y -qq "$here/$deb" >"$work/install.log" 2>&1 || { cat "$work/install.log"; exit 1; }
dpkg -L casefile | sort >"$work/files"
cd "$work"
casefile --version
casefile self-test
casefile demo --out "$work/demo"
find demo -type f | sort | tee "$work/printed"
test -s "$work/printed" || { echo "The demo printed nothing."; exit 1; }
desktop=/usr/share/applications/casefile.desktop
if command -v desktop-file-validate >/dev/null; then desktop-file-validate "$desktop"; fi
apt-get purge -y -qq casefile >"$work/purge.log" 2>&1 || { cat "$work/purge.log"; exit 1; }
left=$(while read -r path; do [ -f "$path" ] || [ -L "$path" ] && echo "$path" || true; done <"$work/files")
if [ -n "$left" ] || [ -e /opt/casefile ]; then
  echo "Left behind:"; echo "$left"; ls -R /opt/casefile 2>/dev/null | head; exit 1
fi
echo "Installed, worked, removed; nothing left behind."
