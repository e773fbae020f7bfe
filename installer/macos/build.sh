#!/bin/sh
# macOS recipe. Begun, not run: see installer/README.md.
# Run on a Mac with Python 3.11 or newer, from the top of the project: sh installer/macos/build.sh
# SIGN_AS is a Developer ID; without it the image is not signed and opens only by a right click.
set -eu
python3 installer/build.py
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' casefile/__init__.py)
app=build/Casefile.app
rm -rf "$app"
mkdir -p "$app/Contents/MacOS" "$app/Contents/Resources"
cp -R dist/casefile/ "$app/Contents/MacOS/"
cat > "$app/Contents/Info.plist" <<PLIST
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
  <key>CFBundleName</key><string>Casefile</string>
  <key>CFBundleIdentifier</key><string>org.example.casefile</string>
  <key>CFBundleShortVersionString</key><string>$version</string>
  <key>CFBundleExecutable</key><string>open-casefile</string>
  <key>CFBundlePackageType</key><string>APPL</string>
  <key>NSHighResolutionCapable</key><true/>
</dict></plist>
PLIST
printf '#!/bin/sh\nexec "$(dirname "$0")/casefile" open\n' > "$app/Contents/MacOS/open-casefile"
chmod +x "$app/Contents/MacOS/open-casefile"
if [ -n "${SIGN_AS:-}" ]; then
  codesign --deep --force --options runtime --sign "$SIGN_AS" "$app"
fi
QT_QPA_PLATFORM=offscreen "$app/Contents/MacOS/casefile" self-test
hdiutil create -volname Casefile -srcfolder "$app" -ov -format UDZO "dist/casefile-$version.dmg"
